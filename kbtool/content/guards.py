"""Keys and words with which people and other systems say that a page is not for everybody, or not yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.content.lookalikes import folded
from kbtool.yamlfile import Node

PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
WORDS = frozenset(
    re.findall(
        r"\w+",
        """access acl agent agents archived audience audiences available before confidential draft drafts
        groups hidden hide internal live noindex password permissions private protected pub readers
        restricted robots roles secret staff unlisted until viewers visibility visible""",
    )
)
STARTS = re.compile(r"(?:un)?publi(?:c|sh(?!er))|expir|embargo")
VALUES = frozenset(
    ("agent", "agents", "agents-only", "agents only", "archived", "draft", "internal", "private", "staff")
)


def guards(name: str, value: Node) -> bool:
    """Whether an unknown key, or anything below it, seems to hold the page back from somebody."""
    return _guarding(name) or any(
        _guarding(text) if is_key else folded(text).strip().lower() in VALUES
        for text, is_key in _texts(value)
    )


def _guarding(name: str) -> bool:
    """Whether one of the words of a key is a guarding one: `isDraft` and `kb_audience` are two words each."""
    plain = folded(name)
    words = [word.lower() for word in PARTS.findall(plain)]
    return any(word in WORDS or STARTS.match(word) for word in (*words, plain.strip().lower()))


def _texts(value: Node) -> Iterator[tuple[str, bool]]:
    """Every text of a value, and whether it is a key."""
    if isinstance(value.value, dict):
        for key, (_, inner) in value.value.items():
            yield key, True
            yield from _texts(inner)
    elif isinstance(value.value, list):
        for inner in value.value:
            yield from _texts(inner)
    else:
        yield str(value.value), False
