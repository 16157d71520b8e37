"""The class and the case folding of every character, decoded from the shared tables.

Nothing here asks the running Python what a letter is: its version of Unicode may differ from
the browser's.
"""

from __future__ import annotations

import re

from kbtool.lang import tables

NOT_ASSIGNED, NOT_A_WORD, MARK, OTHER, CJK, HANGUL, SEA, DEVANAGARI = range(8)
"""Classes of characters; from MARK upwards they are part of words, and a mark takes the class
of the character before it. Surrogates and private characters count as not assigned."""


def _classes() -> bytes:
    runs = re.findall(r"([A-H])([0-9a-z]*)", tables.CLASS_RUNS)
    return b"".join(bytes([ord(name) - ord("A")]) * int(length or "1", 36) for name, length in runs)


def _folds() -> dict[int, str]:
    folds: dict[int, str] = {}
    start = code = 0
    for run in tables.FOLD_RUNS.split(" "):
        further, count, step, delta = (int(number, 36) for number in run.split("."))
        start += further
        folds.update((code, chr(code + delta)) for code in range(start, start + count * step, step))
    for word in tables.FOLD_WORDS.split(" "):
        further, *folded = (int(number, 36) for number in word.split("."))
        code += further
        folds[code] = "".join(map(chr, folded))
    return folds


CLASS = _classes()
"""Code point -> class, for all 1,114,112 code points."""

FOLD = _folds()
"""Code point -> its full case folding, where that differs from the character itself."""

INVISIBLE = (
    *(0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD),
    # Variation selectors choose a glyph (❤ and ❤️ are one character), never another letter;
    # the keycap is a frame around a digit.
    0x20E3,
    *(0x180B, 0x180C, 0x180D, 0x180F),
    *range(0xFE00, 0xFE10),
    *range(0xE0100, 0xE01F0),
)
"""Code points that never make another word: joiners, zero-width spaces, variation selectors."""


def assigned(text: str) -> str:
    """The text with a space in place of every character that the tables do not know.

    Unicode promises that normalisation of all others is the same in every later version.
    """
    unknown = [char for char in set(text) if CLASS[ord(char)] == NOT_ASSIGNED]
    return text.translate({ord(char): " " for char in unknown}) if unknown else text
