"""Titles in the order of the alphabet, under the letters by which people look for them.

Upper and lower case, accents and signs at the beginning make no difference, nor do the ways in which a
Hindi or an Arabic letter is written. A Thai word stands under its first consonant, a Korean one under its
first sound; Chinese characters have no letters and share one heading.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kbtool.lang.chars import CJK, CLASS, HANGUL, MARK, SEA
from kbtool.lang.locales import autonym
from kbtool.lang.normalise import normalise

ACCENT = re.compile("[\u0300-\u036f]")
KANA = range(0x3040, 0x3100)
BEFORE_CONSONANT = "เแโใไ"  # Thai vowels that are written before the consonant they follow in speech
SOUNDS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
PER_SOUND = 588  # syllables that begin with one sound
FIRST_SYLLABLE = 0xAC00
DIGITS, CHARACTERS, OTHER = "0–9", "漢字", "#"


@dataclass(frozen=True, order=True)
class Place:
    """Where a title stands: sort key, first the rank of its script."""

    rank: int
    heading: str
    key: str


def place(title: str, locale: str) -> Place:
    """The place of a title among others of that locale: its own script comes first, then the others."""
    key = normalise(title, locale)
    key = unicodedata.normalize("NFC", ACCENT.sub("", unicodedata.normalize("NFD", key)))
    start = next((n for n, char in enumerate(key) if CLASS[ord(char)] > MARK), len(key))
    key = key[start:]
    heading = letter(key)
    if heading in (DIGITS, OTHER):
        return Place(3, heading, key)
    own = _script(next((char for char in autonym(locale) if char.isalpha()), "a"))
    script = _script(key[0])
    return Place(0 if script == own else 1 if script == "LATIN" else 2, heading, key)


def letter(key: str) -> str:
    """The heading for a sort key."""
    if not key:
        return OTHER
    first = key[0]
    if first.isdigit():
        return DIGITS
    kind = CLASS[ord(first)]
    if kind == HANGUL:
        return SOUNDS[min((ord(first) - FIRST_SYLLABLE) // PER_SOUND, len(SOUNDS) - 1)]
    if kind == CJK and ord(first) not in KANA:
        return CHARACTERS
    if kind == SEA and first in BEFORE_CONSONANT and len(key) > 1:
        return key[1]
    return first.upper()[:1]


def _script(char: str) -> str:
    """The first word of the character's name in Unicode: LATIN, DEVANAGARI, ..."""
    return unicodedata.name(char, "").partition(" ")[0]
