"""Inline Markdown, as the library does it, without trying patterns on texts that they cannot match.

Most of the time of rendering goes into some twenty patterns that are tried on every piece of text. A text
without a `[` holds no link; so patterns that are known by heart are tried where their characters are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# Regular expression -> texts of which a match holds at least one. Others are always tried.
NEEDS: dict[str, tuple[str, ...]] = {
    r"\\(.)": ("\\",),
    r"\[\^([^\]]*)\]": ("[^",),
    r"(?<!\!)\[": ("[",),
    r"\!\[": ("![",),
    "  \\n": ("  \n",),
    r"\*|_": ("*", "_"),
    r"\^|=|\~": ("^", "=", "~"),
    r"(:[+\-\w]+:)": (":",),
}
# The same for patterns that are long to write down, by the name under which they are registered, as long as
# the library's own class handles them.
NAMED: dict[tuple[str, str], tuple[str, ...]] = {
    ("backtick", "InlineHilitePattern"): ("`",),
    ("keys-custom", "KeysPattern"): ("++",),
    ("keys", "KeysPattern"): ("++",),
    ("autolink", "AutolinkInlineProcessor"): ("<",),
    ("automail", "AutomailInlineProcessor"): ("<",),
    ("html", "HtmlInlineProcessor"): ("<",),
    ("entity", "HtmlInlineProcessor"): ("&",),
}


class QuickInlineProcessor(InlineProcessor):
    """The library's processor with a quicker way through its patterns; the result is the same."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._tried: list[tuple[Any, str, Sequence[str]]] = []

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns to a tree."""
        self._tried = []
        for item in _ordered(self):
            need, *others = _needs(self, item.name)
            self._tried.append((self.inlinePatterns[item.name], need, others))
        return super().run(tree, ancestors)

    # The library calls this by the name that Python gives to a private method of its class.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        for number in range(patternIndex, len(self._tried)):
            pattern, need, others = self._tried[number]
            if need not in data and not (others and any(other in data for other in others)):
                continue
            matched, start = True, 0
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, number, start
                )
        return data


def _ordered(processor: InlineProcessor) -> list[Any]:
    """The patterns with their names, in their order."""
    registry: Any = processor.inlinePatterns
    len(registry), registry[0]  # sorts it
    return list(registry._priority)  # noqa: SLF001


def _needs(processor: InlineProcessor, name: str) -> tuple[str, ...]:
    pattern: Any = processor.inlinePatterns[name]
    named = NAMED.get((name, type(pattern).__name__))
    return named or NEEDS.get(pattern.getCompiledRegExp().pattern, ("",))
