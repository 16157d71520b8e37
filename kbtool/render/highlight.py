"""Code in colours, each block once: translations show the same code, and articles show it again and again."""

from __future__ import annotations

from typing import Any

from pymdownx.highlight import Highlight, HighlightExtension

COUNT = "kbtool-block-number"  # stands for the number of a block, which its lines bear
MOST = 4_000  # characters of code that is kept
KEPT = 5_000  # blocks

Blocks = dict[object, str]


class RememberingExtension(HighlightExtension):  # type: ignore[misc]
    """The extension `pymdownx.highlight`, with a memory that renderers share."""

    def __init__(self, blocks: Blocks, **options: Any) -> None:
        super().__init__(**options)
        self._blocks = blocks

    def get_pymdownx_highlighter(self) -> Any:
        """What superfences asks to colour a block."""
        blocks = self._blocks

        class Remembering(Highlight):  # type: ignore[misc]
            def highlight(self, src: str, language: str, *args: Any, **options: Any) -> Any:
                """A block in colours, from memory if it was seen."""
                number = options.pop("code_block_count", 0)
                simple = not options.get("inline") and not options.get("title") and not args[1:]
                if not simple or len(src) > MOST or COUNT in src or COUNT in str(options):
                    return super().highlight(src, language, *args, code_block_count=number, **options)
                key = (src, language, args, repr(sorted(options.items())), repr(sorted(_own(self).items())))
                if key not in blocks:
                    made = super().highlight(src, language, *args, code_block_count=COUNT, **options)
                    if len(blocks) >= KEPT:
                        blocks.clear()
                    blocks[key] = made
                return blocks[key].replace(COUNT, str(number))

        return Remembering


def _own(highlight: Highlight) -> dict[str, Any]:
    """Its options."""
    return {name: value for name, value in vars(highlight).items() if name != "md"}
