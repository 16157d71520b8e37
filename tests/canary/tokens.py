"""Words that stand nowhere else: letters only, so that a slug, a stem or an index keeps them as they are.

A word is a fixed head, syllables drawn by its seed, and a tail that no stemmer takes off. Its first
syllables name it alone, so that a word which was cut short is still known. The head of the Devanagari
words is a letter with a nukta: composed, decomposed and (in an index) bare, it is written in three ways.
"""

from __future__ import annotations

import re
from hashlib import blake2b

SYLLABLES, NAMING = 6, 4
LATIN = ("zq", "bdgklmnprstv", "aou", "k")
HINDI = ("\u0934घ", "कखगचटडतदनपबमरलवसह", "ािुेो", "ट")
HINDI_HEADS = (HINDI[0], "\u0933घ")  # as written, and as the index has it: without the nukta

_LATIN = rf"zq(?:[{LATIN[1]}][{LATIN[2]}]){{{NAMING}}}"
_HINDI = rf"(?:{'|'.join(HINDI_HEADS)})((?:[{HINDI[1]}][{HINDI[2]}]){{{NAMING}}})"
PATTERN = re.compile(f"{_LATIN}|{_HINDI}")


def latin(seed: str) -> str:
    """The Latin word of a seed."""
    return _word(seed, LATIN)


def hindi(seed: str) -> str:
    """The Devanagari word of a seed, composed (NFC)."""
    return _word(seed, HINDI)


def name_of(word: str) -> str:
    """The part of a word that names it alone, the same for all ways of writing its head."""
    match = PATTERN.match(word)
    return (match[1] or match[0]) if match else ""


def names_in(text: str) -> set[str]:
    """The names of all such words in a text."""
    return {match[1] or match[0] for match in PATTERN.finditer(text)}


def _word(seed: str, alphabet: tuple[str, str, str, str]) -> str:
    head, consonants, vowels, tail = alphabet
    drawn = iter(blake2b(f"{head} {seed}".encode(), digest_size=2 * SYLLABLES).digest())
    syllables = (
        consonants[next(drawn) % len(consonants)] + vowels[next(drawn) % len(vowels)]
        for _ in range(SYLLABLES)
    )
    return head + "".join(syllables) + tail
