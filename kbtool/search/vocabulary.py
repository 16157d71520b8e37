"""The words of an index: how each is written, its stem, how frequent that is, and what it may mean.

As a file: `surfaces` (all words as they occur, folded, sorted by code point, with spaces between), `stems`
(how each becomes its stem: a figure as in `CUTS`, how many characters go at its end, and what comes there
instead; with spaces between), `classes` (a letter or figure for each stem, the stems in order: how frequent
it is), `light` (the words that count little in a query, whether they occur or not), `foreign` (such words of
the site's other languages, in Latin letters: what tells that a question is in one of them), `synonyms` (what
the site's writers say that a word means: word -> numbers of stems), `thesaurus` (groups of words that mean
the same: numbers of stems, and words that do not occur).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbtool.lang.analyze import surfaces
from kbtool.search.format import CLASSES

CUTS = CLASSES
PER_DOUBLING = 4  # classes from one number of documents to its double
DECIMALS = 4
LEAST_IDF = 0.0001  # so that a word of every article still finds them


@dataclass(frozen=True)
class Vocabulary:
    """The words of an index. `stems` holds the number of each surface's stem in `names`."""

    surfaces: Sequence[str]
    names: Sequence[str]
    stems: Sequence[int]
    classes: str
    light: frozenset[str]
    synonyms: Mapping[str, Sequence[int]]
    thesaurus: Sequence[Sequence[int | str]]
    foreign: frozenset[str] = frozenset()


def light_stems(vocabulary: Vocabulary) -> frozenset[int]:
    """The numbers of the stems of question and function words, and of their pieces."""
    pieces = {piece for word in vocabulary.light for piece in surfaces(word, "")}
    pairs = zip(vocabulary.surfaces, vocabulary.stems, strict=True)
    return frozenset(stem for surface, stem in pairs if surface in pieces)


def frequency_class(documents: int) -> str:
    """The class of a stem that so many documents hold (from 1)."""
    return CLASSES[min(len(CLASSES) - 1, round(PER_DOUBLING * math.log2(documents)))]


def idf_table(total: int) -> list[float]:
    """The inverse document frequency of each class among so many documents."""
    counts = (2 ** (number / PER_DOUBLING) for number in range(len(CLASSES)))
    logarithms = (math.log(1 + max(total - n + 0.5, 0.5) / (n + 0.5)) for n in counts)
    return [max(LEAST_IDF, round(logarithm, DECIMALS)) for logarithm in logarithms]


def change(surface: str, stem: str) -> str:
    """What makes the stem of a surface."""
    kept = 0
    while kept < min(len(surface), len(stem)) and surface[kept] == stem[kept]:
        kept += 1
    cut = len(surface) - kept
    if cut >= len(CUTS) - 1:  # a word as long as a line: its stem stands on its own
        return f"{CUTS[-1]}{stem}"
    return f"{CUTS[cut]}{stem[kept:]}"


def changed(surface: str, change: str) -> str:
    """The stem that a change makes of a surface; ValueError if it is none."""
    cut = CUTS.index(change[0])
    if cut == len(CUTS) - 1:
        return change[1:]
    if cut > len(surface):
        raise ValueError("more cut off than there is")
    return surface[: len(surface) - cut] + change[1:]


def file_of(vocabulary: Vocabulary) -> dict[str, object]:
    """The vocabulary as it is written."""
    names = vocabulary.names
    pairs = zip(vocabulary.surfaces, vocabulary.stems, strict=True)
    return {
        "surfaces": " ".join(vocabulary.surfaces),
        "stems": " ".join(change(surface, names[stem]) for surface, stem in pairs),
        "classes": vocabulary.classes,
        "light": " ".join(sorted(vocabulary.light)),
        "foreign": " ".join(sorted(vocabulary.foreign)),
        "synonyms": {typed: list(found) for typed, found in vocabulary.synonyms.items()},
        "thesaurus": [list(group) for group in vocabulary.thesaurus],
    }


def vocabulary_in(value: object) -> Vocabulary:
    """The vocabulary that was written; ValueError if it is none."""
    if not isinstance(value, dict):
        raise ValueError("not a vocabulary")
    surfaces, changes = _words(value.get("surfaces")), _words(value.get("stems"))
    if len(surfaces) != len(changes):
        raise ValueError("not a change for every word")
    spelt = [changed(surface, change) for surface, change in zip(surfaces, changes, strict=True)]
    names = sorted(set(spelt))
    numbers = {name: number for number, name in enumerate(names)}
    classes, synonyms, thesaurus = value.get("classes"), value.get("synonyms"), value.get("thesaurus")
    if not isinstance(classes, str) or len(classes) != len(names) or not set(classes) <= set(CLASSES):
        raise ValueError("not a class for every stem")
    if not isinstance(synonyms, dict) or not isinstance(thesaurus, list):
        raise ValueError("no synonyms")
    for meant in synonyms.values():
        _are_stems(meant, len(names))
    for group in thesaurus:
        if not isinstance(group, list):
            raise ValueError("not a group")
        _are_stems([member for member in group if not isinstance(member, str)], len(names))
    light, foreign = (frozenset(_words(value.get(key))) for key in ("light", "foreign"))
    found = [numbers[name] for name in spelt]
    return Vocabulary(surfaces, names, found, classes, light, synonyms, thesaurus, foreign)


def _words(value: object) -> list[str]:
    if not isinstance(value, str):
        raise ValueError("not a text")
    words = value.split(" ") if value else []
    if "" in words:
        raise ValueError("a word without letters")
    return words


def _are_stems(value: object, count: int) -> None:
    if not isinstance(value, list) or not all(type(n) is int and 0 <= n < count for n in value):
        raise ValueError("not numbers of stems")
