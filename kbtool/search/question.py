"""A query as the ranking sees it: its words, what each may mean, and what each weighs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from kbtool.lang.analyze import is_cjk, is_cut_up
from kbtool.search.expand import Dictionary
from kbtool.search.light import asked_words
from kbtool.search.weights import CJK_PAIR, CJK_SINGLE, LIGHT

MOST_WORDS = 32
MOST_PIECES = 64  # of scripts without spaces
MOST_CHARACTERS = 512


@dataclass(frozen=True, slots=True)
class Sense:
    """A stem that a word may mean: how surely, from 0 to 1, and what it then weighs in an article."""

    stem: int
    likeness: float
    weight: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the query, folded: its senses, the likeliest first, and what the word itself weighs."""

    text: str
    senses: tuple[Sense, ...]
    weight: float
    surface: int
    alike: dict[int, float]
    is_light: bool
    is_cjk: bool


@dataclass(frozen=True)
class Question:
    """The distinct words of a query that may mean something, and which follow each other in it."""

    words: tuple[Asked, ...]
    followers: frozenset[tuple[int, int]]
    """Pairs of positions in `words`."""


def question_of(query: str, locale: str, dictionary: Dictionary, idf: Sequence[float]) -> Question:
    """The query, understood. `idf` holds the inverse document frequency of each stem."""
    asked = asked_words(query[:MOST_CHARACTERS], locale, dictionary.words.light)
    sequence = [word for word, _ in asked]
    light = {word for word, is_light in asked if is_light}
    places: dict[str, int] = {}
    words: list[Asked] = []
    left = {False: MOST_WORDS, True: MOST_PIECES}
    for word in dict.fromkeys(sequence):
        cut_up = is_cut_up(word)
        if not left[cut_up]:
            continue
        left[cut_up] -= 1
        meaning = dictionary.meaning(word, light=word in light)
        if not meaning.stems:
            continue
        cjk = is_cjk(word)
        share = LIGHT if meaning.is_light else 1.0
        if cjk:
            share *= CJK_PAIR if len(word) == 2 else CJK_SINGLE
        else:
            share *= sqrt(sqrt(len(word)))
        own = idf[meaning.stems[0][0]]
        senses = tuple(
            Sense(stem, likeness, share * (likeness * min(idf[stem], own)))
            for stem, likeness in meaning.stems
        )
        places[word] = len(words)
        known = meaning.surface, meaning.alike, meaning.is_light
        words.append(Asked(word, senses, share * own, *known, cjk))
    numbers = [places.get(word, -1) for word in sequence]
    followers = frozenset((a, b) for a, b in itertools.pairwise(numbers) if a >= 0 and b >= 0 and a != b)
    return Question(tuple(words), followers)
