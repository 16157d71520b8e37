"""The one ranking: from the words of a query to scores. OR semantics, integers only (see `search.js`)."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.lang.analyze import surfaces
from kbtool.model import Hit
from kbtool.search.format import UNIT
from kbtool.search.reader import Index

LIGHT = 300  # thousandths that a question or function word counts
MOST_WORDS = 32
MOST_CHARACTERS = 512


def search(index: Index, query: str, limit: int = 10) -> list[Hit]:
    """The best articles for a query, best first, equal scores by id."""
    scores = score(index, query)
    best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    return [index.hit(number, points) for number, points in best]


def query_words(index: Index, query: str) -> list[str]:
    """The distinct words of a query, in order, cut to what is answered."""
    return list(dict.fromkeys(surfaces(query[:MOST_CHARACTERS], index.locale)))[:MOST_WORDS]


def score(index: Index, query: str) -> dict[int, int]:
    """Document number -> score: for every word its likeliest meaning in the document, added up."""
    totals: dict[int, int] = {}
    for word in query_words(index, query):
        share, stems = meanings(index, word)
        best: dict[int, int] = {}
        for stem, likeness in stems:
            _collect(best, index.postings(stem), likeness)
        for number, points in best.items():
            totals[number] = totals.get(number, 0) + points * share // UNIT
    return totals


def meanings(index: Index, word: str) -> tuple[int, list[tuple[int, int]]]:
    """How much the word counts (of 1000), and the stems it may mean with their likeness (of 1000)."""
    candidates = index.dictionary.candidates(word)
    if not candidates:
        return UNIT, []
    stems: dict[int, int] = {}
    for candidate in candidates:
        stem = index.stems[candidate.surface]
        stems[stem] = max(stems.get(stem, 0), candidate.likeness)
    return (LIGHT if candidates[0].surface in index.light else UNIT), list(stems.items())


def _collect(best: dict[int, int], postings: Sequence[int], likeness: int) -> None:
    """Raise each document's points for the word to what this stem gives, if that is more."""
    number = 0
    for position in range(0, len(postings), 2):
        number += postings[position]
        points = postings[position + 1] * likeness // UNIT
        if points > best.get(number, 0):
            best[number] = points
