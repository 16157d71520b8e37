"""From a word of the query to the words of the index that it may mean.

The same word, a synonym, a misspelt one, or one in the other script. Only integers, so that the browser
comes to the same numbers (`theme/scripts/expand.js`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbtool.lang.grams import grams
from kbtool.lang.roman import roman_key, romanise
from kbtool.nearest import distance
from kbtool.search.format import UNIT

MOST = 8  # candidates of an unknown word
SYNONYM = 700  # thousandths that a synonym counts
LEAST = 250  # thousandths of likeness below which a word is not meant
BEST_GUESS = 900  # an unknown word's best candidate never counts as much as a known word
SHORTEST = 3  # characters of a word that can be misspelt, or be the start of another
PER_CONSONANT, SUREST_KEY = 100, 450  # what equal consonants are worth, whatever the vowels
OTHER_KEY = 600  # thousandths that remain when a consonant differs
KEY_LETTERS = "abcdghiklnprstuvz"


@dataclass(frozen=True)
class Candidate:
    """A word of the index that a word of the query may mean: its number, and how surely (of 1000)."""

    surface: int
    likeness: int


class Dictionary:
    """The words of an index, arranged for expansion. Everything is derived from the words alone."""

    def __init__(self, surfaces: Sequence[str], synonyms: Mapping[str, Sequence[int]] | None = None) -> None:
        self.surfaces = surfaces
        self.synonyms = synonyms or {}
        self.numbers = {surface: number for number, surface in enumerate(surfaces)}
        self._grams: dict[str, list[int]] | None = None
        self._keys: dict[str, list[int]] | None = None

    def candidates(self, word: str) -> list[Candidate]:
        """What the word may mean, the surest first; a word of the index means itself."""
        own = self.numbers.get(word)
        found: dict[int, int] = dict.fromkeys(self.synonyms.get(word, ()), SYNONYM)
        if own is not None:
            found[own] = UNIT
        for number, likeness in self._across_scripts(word):
            found[number] = max(found.get(number, 0), likeness)
        if own is None and len(word) >= SHORTEST:
            for number, likeness in self._alike(word):
                found[number] = max(found.get(number, 0), likeness)
        ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Candidate(number, likeness) for number, likeness in ranked[:MOST]]

    def _alike(self, word: str) -> list[tuple[int, int]]:
        """Words spelt like it, or starting with it; the best is raised to at most `BEST_GUESS`."""
        index = self._gram_index()
        own = _gram_set(word)
        shared: dict[int, int] = {}
        for gram in own:
            for number in index.get(gram, ()):
                shared[number] = shared.get(number, 0) + 1
        scored = []
        for number, common in shared.items():
            surface = self.surfaces[number]
            if common * 4 < len(own):
                continue
            likeness = _likeness(word, surface, common, len(own))
            if surface.startswith(word):
                likeness = max(likeness, UNIT * len(word) // len(surface))
            if likeness:
                scored.append((number, likeness))
        best = max((likeness for _, likeness in scored), default=0)
        raised = min(BEST_GUESS, best * 8 // 5)
        return [(n, s) for n, likeness in scored if (s := likeness * raised // best) >= LEAST]

    def _across_scripts(self, word: str) -> list[tuple[int, int]]:
        """Words of the other script that sound like it, by consonant key and romanised letters."""
        key = roman_key(word)
        if not key:
            return []
        latin = word.isascii()
        spelt = romanise(word)
        found = []
        for near in (key, *_one_edit_away(key)):
            sure = min(SUREST_KEY, PER_CONSONANT * (len(key) - 1)) if near == key else 0
            share = UNIT if near == key else OTHER_KEY
            for number in self._key_index().get(near, ()):
                surface = self.surfaces[number]
                if surface.isascii() == latin:
                    continue
                likeness = max(sure, _likeness_of(spelt, romanise(surface)) * share // UNIT)
                if (likeness := min(BEST_GUESS, likeness * 8 // 5)) >= LEAST:
                    found.append((number, likeness))
        return found

    def _gram_index(self) -> dict[str, list[int]]:
        if self._grams is None:
            self._grams = {}
            for number, surface in enumerate(self.surfaces):
                for gram in _gram_set(surface):
                    self._grams.setdefault(gram, []).append(number)
        return self._grams

    def _key_index(self) -> dict[str, list[int]]:
        if self._keys is None:
            self._keys = {}
            for number, surface in enumerate(self.surfaces):
                if key := roman_key(surface):
                    self._keys.setdefault(key, []).append(number)
        return self._keys


def _gram_set(word: str) -> set[str]:
    return {*grams(word, 2), *grams(word, 3)}


def _likeness_of(a: str, b: str) -> int:
    """How alike two spellings are, in thousandths."""
    own = _gram_set(a)
    return _likeness(a, b, len(own & _gram_set(b)), len(own))


def _cubed(share: int) -> int:
    return share * share * share // (UNIT * UNIT)


def _likeness(word: str, surface: str, common: int, grams_of_word: int) -> int:
    """The larger of two measures: shared grams cubed, and edits counted, to the fourth power."""
    dice = 2 * UNIT * common // (grams_of_word + len(_gram_set(surface)))
    longest = max(len(word), len(surface))
    kept = UNIT - UNIT * distance(word, surface) // longest
    squared = kept * kept // UNIT
    return max(_cubed(dice) if dice > 250 else 0, squared * squared // UNIT if kept > 600 else 0)


def _one_edit_away(key: str) -> list[str]:
    """Every key that differs by one letter less, more or other."""
    near: dict[str, None] = {}
    for i in range(len(key) + 1):
        if i < len(key):
            near[key[:i] + key[i + 1 :]] = None
        for letter in KEY_LETTERS:
            near[key[:i] + letter + key[i:]] = None
            if i < len(key):
                near[key[:i] + letter + key[i + 1 :]] = None
    near.pop(key, None)
    near.pop("", None)
    return list(near)
