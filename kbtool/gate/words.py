"""Words and phrases in the one form in which they are compared, whatever way they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from kbtool.lang.analyze import fold
from kbtool.lang.chars import CJK, CLASS, DEVANAGARI, HANGUL, MARK, OTHER, SEA
from kbtool.lang.normalise import normalise

PHRASE = 6  # words in a row
WINDOW = 6  # characters of a script that is written without spaces
SHORTEST = 4  # letters of a word that tells something by itself
SHORTEST_MIXED = 3  # letters and digits, such as an id
SHORTEST_NUMBER = 7  # digits: shorter numbers stand everywhere
TELLING = 3  # words with letters that a phrase has at least
CUT = "\0"
"""Stands where one text ends and another begins. Among the words it is one that is in no phrase."""

LONGEST_CACHED = 64  # characters
APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ＇"))


def _ranges(*classes: int) -> str:
    """The characters of these classes, as a set in a regular expression."""
    runs = re.finditer(b"[" + bytes(classes) + b"]+", CLASS)
    return "".join(f"{re.escape(chr(run.start()))}-{re.escape(chr(run.end() - 1))}" for run in runs)


# As the index cuts them: a mark belongs to what stands before it.
WORD = re.compile(
    "|".join(f"[{_ranges(kind)}][{_ranges(kind, MARK)}]*" for kind in (OTHER, CJK, SEA, HANGUL, DEVANAGARI))
    + f"|{CUT}"
)
UNSPACED = re.compile(f"[{_ranges(CJK, SEA, MARK)}]+")
# Bytes of UTF-8: plain letters and digits stay, other plain characters part them.
LEVELLED = bytes(
    code if code >= 128 or chr(code).isalnum() or code == ord(CUT) else ord(" ") for code in range(256)
)


def words(text: str) -> list[str]:
    """The words of a text, levelled as the search levels them, and every CUT."""
    if CUT in text:
        text = text.replace(CUT, f" {CUT} ")
    if not text.isascii():  # nothing composes across white space
        parts = text.split()
        levelled = {part: _levelled(part) for part in set(parts) if not part.isascii()}
        text = " ".join([levelled.get(part, part) for part in parts])
    return text.encode().lower().translate(LEVELLED).decode().split()


def _levelled(part: str) -> str:
    """A part without white space; beyond plain Latin only its letters, marks, digits and CUT are left."""
    return _cached(part) if len(part) <= LONGEST_CACHED else _words(part)


def _words(part: str) -> str:
    found = WORD.findall(normalise(part, ""))
    return " ".join([word if word.isascii() else fold(word) for word in found])


_cached = lru_cache(maxsize=1 << 17)(_words)


def joined(text: str) -> list[str]:
    """The words with an apostrophe as they stand in the index: `publishers` for `publisher's`."""
    chunks = (chunk for chunk in text.split() if "'" in chunk or "’" in chunk or "ʼ" in chunk)
    return words(" ".join(chunks).translate(APOSTROPHES))


def needles(found: Sequence[str]) -> Iterator[str]:
    """What of these words tells something by itself: no short word, and pieces of long unspaced runs."""
    yield from filter(_tells, found)
    yield from windows(found)


def _tells(word: str) -> bool:
    if word.isdigit():
        return len(word) >= SHORTEST_NUMBER
    is_mixed = word.isascii() and not word.isalpha() and word != CUT
    return len(word) >= (SHORTEST_MIXED if is_mixed else SHORTEST)


def windows(found: Iterable[str]) -> Iterator[str]:
    """Every piece of six characters of the words that are written without spaces between."""
    for word in found:
        if len(word) > WINDOW and not word.isascii() and UNSPACED.fullmatch(word):
            yield from (word[at : at + WINDOW] for at in range(len(word) - WINDOW + 1))


def phrases(found: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every run of six words."""
    return zip(*(found[at:] for at in range(PHRASE)), strict=False)


def telling_words(found: Iterable[Sequence[str]]) -> frozenset[str]:
    """Words one of which is in each of these phrases: of every phrase the longest."""
    return frozenset(max(phrase, key=lambda word: (len(word), word)) for phrase in found)


def is_telling(phrase: Iterable[str]) -> bool:
    """Whether a phrase is more than a row of numbers and single letters."""
    return CUT not in phrase and sum(len(word) > 1 and not word.isdigit() for word in phrase) >= TELLING
