"""Other words for the same: `synonyms.<locale>.yml` in the folder that `search.synonyms` names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kbtool.lang.analyze import surfaces
from kbtool.model import Finding
from kbtool.typed import TEXTS, attempt
from kbtool.yamlfile import YamlReader

RULE = "bad-synonyms"
Synonyms = Mapping[str, tuple[str, ...]]


def read_synonyms(path: Path, shown: str, locale: str) -> tuple[dict[str, tuple[str, ...]], list[Finding]]:
    """What readers type -> the words of the articles, both analysed, and what is wrong with the file.

    Each line is `typed: [word, word]`. A missing file means none.
    """
    if not path.is_file():
        return {}, []
    reader = YamlReader(shown, path.read_text(encoding="utf-8-sig", errors="replace"), RULE)
    node = reader.read()
    found: dict[str, tuple[str, ...]] = {}
    if node is not None and not isinstance(node.value, dict):
        reader.problem(node.line, node.column, "synonyms are a mapping", "write each as typed: [word, word]")
    elif node is not None:
        for typed, (at, value) in node.value.items():
            words = attempt(TEXTS, value, reader) or ()
            own = surfaces(typed, locale)
            if len(own) != 1:
                reader.problem(
                    at.line, at.column, f"'{typed}' is not one word", "write one word before the colon"
                )
            else:
                found[own[0]] = tuple(surface for word in words for surface in surfaces(word, locale))
    return found, reader.findings
