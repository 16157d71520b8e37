"""What `explain` gives: values that `kbtool.report.explanation` writes for people, and JSON can hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kbtool.search.expand import Way

GUESSES: Collection[Way] = ("spelling", "beginning", "sound")
SURE = 0.6  # likeness from which a guess is mostly right


@dataclass(frozen=True)
class Reading:
    """What a word was taken for: forms of one word of the index, the likeliest first.

    `likeness` is from 0 to 1, `weight` what it counts in an article before how often it is there.
    `articles` is how many have it, `at_least` whether there may be more. What was not looked up still
    counts in the articles that were judged.
    """

    forms: tuple[str, ...]
    way: Way
    likeness: float
    weight: float
    articles: int
    at_least: bool
    looked_up: bool


@dataclass(frozen=True)
class Word:
    """A word of the query, folded. One without readings counts for nothing, and neither do `too_many`."""

    text: str
    light: bool
    weight: float
    readings: tuple[Reading, ...]
    too_many: bool = False

    @property
    def is_guessed(self) -> bool:
        """Whether it says something, and is in no article, in no list, and like no word for sure."""
        best = self.readings[0] if self.readings else None
        return best is not None and not self.light and best.way in GUESSES and best.likeness < SURE


@dataclass(frozen=True)
class WordPoints:
    """What a word gives an article: by the index's lists, and exactly, by its text."""

    word: str
    lists: float
    body: float
    title: float
    aliases: float


@dataclass(frozen=True)
class Part:
    """What the text of an article gave beside its single words; the name is a field of `Points`."""

    name: str
    points: float


@dataclass(frozen=True)
class Result:
    """An article and its score in points (a hit has thousandths of them, rounded down).

    If its text was `judged`, they are the sum of body, title and aliases of all words and of `parts`;
    otherwise that of the lists. `lists_place` is its place by the lists alone, from 1.
    """

    id: str
    title: str
    score: float
    judged: bool
    lists_place: int
    words: tuple[WordPoints, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Explanation:
    """A query explained. `cut` says that it was too long to be read to its end."""

    query: str
    locale: str
    cut: bool
    words: tuple[Word, ...]
    results: tuple[Result, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words that say something, and for which nothing was found."""
        return tuple(one.text for one in self.words if not (one.readings or one.light or one.too_many))

    @property
    def guessed(self) -> tuple[str, ...]:
        """The words that were taken for something unlike enough to be wrong."""
        return tuple(one.text for one in self.words if one.is_guessed)
