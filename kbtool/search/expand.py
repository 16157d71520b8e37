"""From a word of the query to the words of the index that it may mean.

The same word, a synonym, a misspelt one, or one in the other script. `theme/source/expand.js` does the same
sums in the same order, so that both come to the same numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Literal

from kbtool.lang.analyze import SEA_GRAM, is_cjk, is_cut_up, is_hangul
from kbtool.lang.grams import grams
from kbtool.lang.roman import roman_key, romanise
from kbtool.nearest import distance
from kbtool.search.vocabulary import Vocabulary, light_stems
from kbtool.search.weights import (
    BEGUN,
    BEST_GUESS,
    BEST_KEY,
    LEAST,
    LIGHT_GUESS,
    LONGEST,
    MOST_BEGUN,
    MOST_KNOWN,
    MOST_UNKNOWN,
    OTHER_KEY,
    PER_CONSONANT,
    PIECE,
    RAISED,
    RAISED_KEY,
    SHARED_PAIRS,
    SHARED_TRIPLES,
    SHORTEST,
    SUREST_KEY,
    SYNONYM,
    THESAURUS,
    WORTH_EDITS,
)

KEY_LETTERS = "abcdghiklnprstuvz"
Way = Literal["word", "stem", "synonym", "thesaurus", "spelling", "beginning", "sound"]
LOOKED_THROUGH = 24  # words for which all others are gone through; for more, an index of grams is made


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two spellings are: shared character grams (Dice) and kept characters, both from 0 to 1."""

    surface: int
    shared: float
    kept: float

    @property
    def worth(self) -> float:
        """How surely one means the other."""
        shared, kept = self.shared, self.kept
        cubed = shared * shared * shared if shared > 0.25 else 0.0
        return max(cubed, kept * kept * kept * kept if kept > 0.6 else 0.0)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word of the query may mean: stems with their likeness, the surest first.

    `ways` says of each stem how it was found.
    """

    stems: tuple[tuple[int, float], ...]
    ways: Mapping[int, Way]
    alike: dict[int, float]
    surface: int
    """The surface that counts as the very word: its own, else the likeliest misspelling; -1 for none."""
    is_light: bool


class Dictionary:
    """The words of an index, arranged for expansion. Everything is derived from the vocabulary alone."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.words = vocabulary
        self.numbers = {surface: number for number, surface in enumerate(vocabulary.surfaces)}
        self.light_stems = light_stems(vocabulary)
        self._thesaurus, self._typed = _by_member(vocabulary)
        self._grams: dict[int, dict[str, list[int]]] = {}
        self._looked_through = 0
        self._starts: list[int] = []
        self._listed = ""
        self._sets: dict[int, tuple[frozenset[str], ...]] = {}
        self._keys: dict[bool, dict[str, list[int]]] = {}
        self._meanings: dict[tuple[str, bool], Meaning] = {}

    def meaning(self, word: str, *, light: bool = False) -> Meaning:
        """What the word may mean; a word of the index means itself above all, a light one nothing else."""
        key = word, light
        if key not in self._meanings:
            self._meanings[key] = self._meaning(word, light=light)
        return self._meanings[key]

    def knows(self, word: str) -> bool:
        """Whether the word occurs, or a list says what it means: then it is not misspelt."""
        return word in self.numbers or word in self.words.synonyms or word in self._typed

    def _meaning(self, word: str, *, light: bool) -> Meaning:
        stems = self.words.stems
        own = self.numbers.get(word, -1)
        found: dict[int, float] = {} if own < 0 else {stems[own]: 1.0}
        ways: dict[int, Way] = dict.fromkeys(found, "word")

        def may_mean(stem: int, likeness: float, way: Way) -> None:
            if likeness >= LEAST and likeness > found.get(stem, 0.0):
                found[stem] = likeness
                ways[stem] = way

        for stem, likeness, way in self._same_by_list(word, own, light=light):
            may_mean(stem, likeness, way)
        spelt = SHORTEST <= len(word) <= LONGEST and not is_cut_up(word) and not light
        alike = self._alike(word, known=own >= 0) if spelt else []
        surface = own
        if own < 0 and alike:
            worth = [(self._guessed(word, one), one.surface) for one in alike]
            best, surface = max(worth, key=lambda pair: (pair[0], -pair[1]))
            # What a list says of a word is surer than its spelling.
            raised = 1.0 if found else min(BEST_GUESS, RAISED * best) / max(best, LEAST / 2)
            for value, number in worth:
                begun = self.words.surfaces[number].startswith(word)
                may_mean(stems[number], value * raised, "beginning" if begun else "spelling")
        else:
            for one in alike:
                may_mean(stems[one.surface], one.worth, "spelling")
        for stem, likeness, way in self._begins_with(word, own):
            may_mean(stem, likeness, way)
        if (own < 0 or not light) and len(word) <= LONGEST:
            for number, likeness in self._across_scripts(word):
                may_mean(stems[number], likeness, "sound")
        ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        most = MOST_UNKNOWN if own < 0 else MOST_KNOWN
        if own < 0 and not light and ranked:
            light = ranked[0][1] >= LIGHT_GUESS and ranked[0][0] in self.light_stems
        shared = {one.surface: one.shared for one in alike}
        return Meaning(tuple(ranked[:most]), ways, shared, surface, light)

    def _same_by_list(self, word: str, own: int, *, light: bool) -> Iterator[tuple[int, float, Way]]:
        """What the writers of the site, and the thesaurus, say that the word means."""
        for stem in self.words.synonyms.get(word, ()):
            yield stem, SYNONYM, "synonym"
        if not light:
            meant = self._thesaurus.get(self.words.stems[own]) if own >= 0 else self._typed.get(word)
            for stem in meant or ():
                yield stem, THESAURUS, "thesaurus"

    def _begins_with(self, word: str, own: int) -> Iterator[tuple[int, float, Way]]:
        """What a word means that is the name of a stem, or too short to be misspelt."""
        stems = self.words.stems
        if not word:
            return
        if own < 0:
            name = bisect_left(self.words.names, word)
            if name < len(self.words.names) and self.words.names[name] == word:
                yield name, BEST_GUESS, "stem"
        if is_hangul(word) and len(word) < SHORTEST:
            for number in self._begun(word):
                yield stems[number], max(BEGUN, len(word) / len(self.words.surfaces[number])), "beginning"
        elif own < 0 and is_cut_up(word) and not is_cjk(word) and len(word) < SEA_GRAM:
            begun = self._begun(word) or self._ended(word)
            yield from ((stems[number], PIECE, "beginning") for number in begun)

    def _ended(self, word: str) -> list[int]:
        """The numbers of the words that end with it."""
        return [number for number, surface in enumerate(self.words.surfaces) if surface.endswith(word)]

    def _guessed(self, word: str, one: Likeness) -> float:
        """The worth of a likeness; what begins with the word may be what is being typed."""
        surface = self.words.surfaces[one.surface]
        return max(one.worth, len(word) / len(surface)) if surface.startswith(word) else one.worth

    def _alike(self, word: str, *, known: bool) -> list[Likeness]:
        """Words spelt like it, in the order of their numbers; more for a word that does not occur."""
        n, least = (3, SHARED_TRIPLES) if known else (2, SHARED_PAIRS)
        own = _gram_sets(word)
        mine = own[n - 2]
        counts = self._holders(n, mine)
        if not known:
            counts.update(dict.fromkeys(self._begun(word), 0))
        found = []
        for number in sorted(counts):
            surface = self.words.surfaces[number]
            begun = not known and surface.startswith(word)
            if 2 * counts[number] < least * (len(mine) + len(surface) + 3 - n) and not begun:
                continue
            theirs = self._gram_sets_of(number)
            dice = [2 * len(a & b) / (len(a) + len(b)) for a, b in zip(own, theirs, strict=True)]
            shared = (dice[0] + dice[1] + dice[2]) / 3
            longest = max(len(word), len(surface))
            kept = 0.0
            close = 5 * abs(len(word) - len(surface)) <= 2 * longest
            if close and (not known or shared > WORTH_EDITS):
                kept = 1 - distance(word, surface) / longest
            if shared > SHARED_TRIPLES or kept > 0.6 or begun:
                found.append(Likeness(number, shared, kept))
        return found

    def _begun(self, word: str) -> Sequence[int]:
        """The numbers of the words that begin with it, unless they are too many."""
        surfaces = self.words.surfaces
        first = bisect_left(surfaces, word)
        last = bisect_left(surfaces, word + chr(0x10FFFF), first)
        return range(first, last) if last - first <= MOST_BEGUN else ()

    def _across_scripts(self, word: str) -> Iterator[tuple[int, float]]:
        """Words of the other script that sound like it, by consonant key and romanised letters."""
        key = roman_key(word)
        if not key:
            return
        latin = word.isascii()
        spelt = romanise(word)
        index = self._key_index(latin=not latin)
        for near in (key, *_one_edit_away(key)) if index else ():
            sure = min(SUREST_KEY, PER_CONSONANT * (len(key) - 1)) if near == key else 0.0
            share = 1.0 if near == key else OTHER_KEY
            for number in index.get(near, ()):
                worth = max(sure, _sounds(spelt, romanise(self.words.surfaces[number])) * share)
                yield number, min(BEST_KEY, RAISED_KEY * worth)

    def _holders(self, n: int, wanted: Iterable[str]) -> Counter[int]:
        """The numbers of the words with these grams, and how many of them each has."""
        if n not in self._grams:
            if self._looked_through < LOOKED_THROUGH:
                self._looked_through += 1
                return Counter(chain.from_iterable(map(self._looked_for, wanted)))
            self._grams[n] = self._gram_index(n)
        index = self._grams[n]
        return Counter(chain.from_iterable(index.get(gram, ()) for gram in wanted))

    def _looked_for(self, gram: str) -> set[int]:
        """The numbers of the words with a gram, found by going through all of them."""
        if not self._starts:
            lengths = (len(surface) + 1 for surface in self.words.surfaces)
            self._starts = list(accumulate(lengths, initial=0))
            self._listed = f" {' '.join(self.words.surfaces)} "
        found = re.finditer(re.escape(gram.replace("_", " ")), self._listed)
        return {bisect_right(self._starts, match.start()) - 1 for match in found}

    def _gram_index(self, n: int) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, surface in enumerate(self.words.surfaces):
            for gram in dict.fromkeys(grams(surface, n)):
                found[gram].append(number)
        return found

    def _gram_sets_of(self, number: int) -> tuple[frozenset[str], ...]:
        if number not in self._sets:
            self._sets[number] = _gram_sets(self.words.surfaces[number])
        return self._sets[number]

    def _key_index(self, *, latin: bool) -> dict[str, list[int]]:
        """The words in Latin letters, or those in others, by their keys."""
        if latin not in self._keys:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for number, surface in enumerate(self.words.surfaces):
                if surface.isascii() == latin and (key := roman_key(surface)):
                    found[key].append(number)
            self._keys[latin] = found
        return self._keys[latin]


def _by_member(vocabulary: Vocabulary) -> tuple[dict[int, list[int]], dict[str, list[int]]]:
    """What shares a group of the thesaurus: with a stem, and with a word that does not occur."""
    stems: defaultdict[int, list[int]] = defaultdict(list)
    typed: defaultdict[str, list[int]] = defaultdict(list)
    for group in vocabulary.thesaurus:
        known = [member for member in group if isinstance(member, int)]
        for member in group:
            if isinstance(member, int):
                stems[member] += [other for other in known if other != member]
            else:
                typed[member] += known
    return stems, typed


def _gram_sets(word: str) -> tuple[frozenset[str], ...]:
    return frozenset(grams(word, 2)), frozenset(grams(word, 3)), frozenset(grams(word, 4))


def _sounds(a: str, b: str) -> float:
    """How alike two romanised words are."""
    left = {*grams(a, 2), *grams(a, 3)}
    right = {*grams(b, 2), *grams(b, 3)}
    kept = 1 - distance(a, b) / max(len(a), len(b))
    return Likeness(0, 2 * len(left & right) / (len(left) + len(right)), kept).worth


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
