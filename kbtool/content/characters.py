"""Characters that turn the order of what is read: a text must read as it is stored."""

from __future__ import annotations

import re

# Embeddings, overrides and isolates. The marks U+200E and U+200F, and the joiners U+200C and U+200D that
# Hindi and Persian are written with, are no such characters.
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
ENTITY = re.compile(r"&#(?:0*(?P<decimal>823[4-8]|829[4-7])|[xX]0*(?P<hex>202[a-eA-E]|206[6-9]))(?!\w);?")
MEND = "delete it; the words of right-to-left languages need none, or write <bdi>…</bdi> around them"


def turning(text: str) -> tuple[int, str] | None:
    """Where the first such character is in a text, and which; also where HTML writes it by its number."""
    found = BIDI.search(text)
    if "&#" in text and (named := ENTITY.search(text[: found.start()] if found else text)):
        number = int(named["decimal"]) if named["decimal"] else int(named["hex"], 16)
        return named.start(), chr(number)
    return (found.start(), found[0]) if found else None


def turned(char: str) -> str:
    """The message for such a character."""
    return f"the character U+{ord(char):04X} makes what follows show in another order than it is written"
