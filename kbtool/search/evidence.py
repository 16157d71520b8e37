"""What the text of an article says for it as the answer: the second half of the ranking.

`theme/source/evidence.js` does the same sums in the same order, so that both come to the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kbtool.search.question import Question
from kbtool.search.weights import (
    ALIKE,
    EXACT,
    FIELDS,
    FIRST_ENOUGH,
    K1,
    LIGHT,
    NEAR,
    NEAR_WORDS,
    OPENING,
    OPENING_SENTENCES,
    PAIRS,
    PASSAGE,
    PASSAGE_B,
    PASSAGE_K1,
    TITLE,
    WHOLE,
    saturated,
)

Sentence = tuple[int, ...]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Text:
    """An article in numbers of surfaces: its sentences, its title and its aliases."""

    slot: int
    body: tuple[Sentence, ...]
    title: Sentence
    aliases: tuple[Sentence, ...]

    @property
    def fields(self) -> Mapping[str, Sequence[Sentence]]:
        """The fields by name."""
        return {"body": self.body, "title": (self.title,), "aliases": self.aliases}

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Every sentence with words; the title and each alias are one."""
        yield from (sentence for sentence in (*self.body, self.title, *self.aliases) if sentence)


@dataclass(frozen=True, slots=True)
class Points:
    """What a score is made of, each part with its weight: they add up to it, but for rounding.

    `fields` holds what each word of the question (by its place) has in each field; the others are rows of
    the table in docs/reference/ranking.md.
    """

    fields: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    title: float = 0.0
    form: float = 0.0
    likeness: float = 0.0
    sentence: float = 0.0
    opening: float = 0.0
    share: float = 0.0
    near: float = 0.0
    pairs: float = 0.0


@dataclass(frozen=True)
class Judged:
    """What an article is worth, and the number of the sentence of its body to show (-1: none).

    It is the one that answers best, or the first, if that answers nearly as well.
    """

    score: float
    passage: int
    points: Points = field(default=Points(), compare=False)


@dataclass(frozen=True)
class Corpus:
    """What the judge knows of the index: each surface's stem, each stem's idf, light stems, lengths."""

    stems: Sequence[int]
    idf: Sequence[float]
    light: frozenset[int]
    lengths: Mapping[str, float]


@dataclass
class _Found:
    """What was found in one article."""

    score: float
    points: Points
    passage: int
    length: int
    pairs: dict[Pair, tuple[float, int]]
    """The words side by side: what they weigh, and how often they are."""


def judge(question: Question, texts: Sequence[Text], corpus: Corpus) -> list[Judged]:
    """The texts, judged against the question, and each other: a pair of words tells more where it is rare."""
    senses: dict[int, list[tuple[int, float, float]]] = {}
    for place, word in enumerate(question.words):
        for sense in word.senses:
            senses.setdefault(sense.stem, []).append((place, sense.weight, sense.likeness))
    found = [_found(question, text, corpus, senses) for text in texts]
    holders: dict[Pair, int] = {}
    for one in found:
        for pair in one.pairs:
            holders[pair] = holders.get(pair, 0) + 1
    rarity = [_rarity(n, len(texts)) for n in range(len(texts) + 1)]
    body = FIELDS["body"]
    judged = []
    for one in found:
        norm = body.norm(one.length, corpus.lengths["body"])
        pairs = 0.0
        for pair, (weight, times) in one.pairs.items():
            pairs += weight * saturated(times, norm) * rarity[holders[pair]]
        points = replace(one.points, pairs=PAIRS * pairs)
        judged.append(Judged(one.score + PAIRS * pairs, one.passage, points))
    return judged


def _rarity(n: int, total: int) -> float:
    """The inverse document frequency among the few that are judged, to four decimals."""
    return round(math.log(1 + (total - n + 0.5) / (n + 0.5)) * 10000) / 10000


def _found(
    question: Question, text: Text, corpus: Corpus, senses: Mapping[int, list[tuple[int, float, float]]]
) -> _Found:
    words = question.words
    stems = corpus.stems
    known = [0.0] * len(words)  # the likeliest meaning of each word that occurs
    score = 0.0
    fields: dict[str, Mapping[int, float]] = {}
    for name, weighed in FIELDS.items():
        sentences = text.fields[name]
        length = sum(map(len, sentences))
        if not length:
            continue
        norm = weighed.norm(length, corpus.lengths[name])
        best: dict[int, float] = {}
        for stem, n in _counted(sentences, stems, senses).items():
            weight = saturated(n, norm)
            for place, sense, likeness in senses[stem]:
                best[place] = max(best.get(place, 0.0), sense * weight)
                known[place] = max(known[place], likeness)
        score += weighed.weight * _sum(best, len(words))
        fields[name] = {place: weighed.weight * value for place, value in best.items()}
    title = TITLE * _title(text.title, corpus, senses, len(words))
    alone, form = _words_alone(question, text, known)
    (sentence, opening, share, near), passage, pairs = _passages(question, text, corpus, senses)
    score += title
    score += alone
    score += sentence + opening + share + near
    points = Points(fields, title, form, alone - form, sentence, opening, share, near)
    return _Found(score, points, passage, sum(map(len, text.body)), pairs)


def _counted(
    sentences: Sequence[Sentence], stems: Sequence[int], senses: Mapping[int, object]
) -> dict[int, int]:
    """How often each stem that is asked for occurs, in the order of appearance."""
    counts: dict[int, int] = {}
    for sentence in sentences:
        for surface in sentence:
            stem = stems[surface]
            if stem in senses:
                counts[stem] = counts.get(stem, 0) + 1
    return counts


def _sum(values: Mapping[int, float], count: int) -> float:
    """The sum in the order of the words, so that it is the same everywhere."""
    total = 0.0
    for place in range(count):
        total += values.get(place, 0.0)
    return total


def _title(
    title: Sentence, corpus: Corpus, senses: Mapping[int, list[tuple[int, float, float]]], count: int
) -> float:
    """The words of the title that are asked for, and how much of the title they are."""
    whole, held = 0.0, 0.0
    best: dict[int, float] = {}
    for stem in dict.fromkeys(corpus.stems[surface] for surface in title):
        whole += corpus.idf[stem]
        likely = 0.0
        for place, weight, likeness in senses.get(stem, ()):
            best[place] = max(best.get(place, 0.0), weight)
            likely = max(likely, likeness)
        held += likely * corpus.idf[stem]
    return _sum(best, count) * (held / whole) if whole else 0.0


def _words_alone(question: Question, text: Text, known: Sequence[float]) -> tuple[float, float]:
    """The very forms that were typed, and words that look like them; then the forms alone."""
    times: dict[int, int] = {}
    for sentence in text.sentences:
        for surface in sentence:
            times[surface] = times.get(surface, 0) + 1
    score, form = 0.0, 0.0
    for place, word in enumerate(question.words):
        if n := times.get(word.surface, 0):
            value = EXACT * word.weight * saturated(n, K1)
            score += value
            form += value
        alike = known[place]
        for surface, shared in word.alike.items():
            if shared > alike and surface in times:
                alike = shared
        score += ALIKE * word.weight * alike
    return score, form


def _passages(
    question: Question, text: Text, corpus: Corpus, senses: Mapping[int, list[tuple[int, float, float]]]
) -> tuple[tuple[float, float, float, float], int, dict[Pair, tuple[float, int]]]:
    """What the sentences give, the best of the body, and the words that stand side by side.

    They give the best sentence, the opening, the share of a sentence, and words near each other.
    """
    count = len(question.words)
    best, best_own, first, passage, whole = 0.0, 0.0, 0.0, -1, 0.0
    opening: dict[int, float] = {}
    pairs: dict[Pair, tuple[float, int]] = {}
    near: dict[Pair, float] = {}
    body = len(text.body)
    for number, sentence in enumerate((*text.body, text.title, *text.aliases)):
        if not sentence:
            continue
        stems = [corpus.stems[surface] for surface in sentence]
        hits = [(at, hit) for at, stem in enumerate(stems) if (hit := senses.get(stem))]
        if not hits:
            continue
        weights = _in_sentence(hits, len(sentence), corpus.lengths["sentence"])
        worth = _sum(weights, count)
        best = max(best, worth)
        if number < body and worth > best_own:
            best_own, passage = worth, number
        if not number:
            first = worth
        if number < OPENING_SENTENCES and number < body:
            for place, weight in weights.items():
                opening[place] = max(opening.get(place, 0.0), weight)
        whole = max(whole, _whole(question, stems, corpus, senses))
        _side_by_side(question, hits, pairs, near)
    total = 0.0
    for value in near.values():
        total += value
    if first and first >= FIRST_ENOUGH * best_own:
        passage = 0
    points = (PASSAGE * best, OPENING * _sum(opening, count), WHOLE * whole, NEAR * total)
    return points, passage, pairs


def _in_sentence(
    hits: Sequence[tuple[int, list[tuple[int, float, float]]]], length: int, average: float
) -> dict[int, float]:
    """What each word weighs in a sentence: its likeliest meaning, more for each time, less in a long one."""
    norm = PASSAGE_K1 * (1 - PASSAGE_B + PASSAGE_B * length / average)
    times: dict[tuple[int, float], int] = {}
    for _, hit in hits:
        for place, weight, _ in hit:
            times[place, weight] = times.get((place, weight), 0) + 1
    found: dict[int, float] = {}
    for (place, weight), n in times.items():
        found[place] = max(found.get(place, 0.0), weight * (n * (PASSAGE_K1 + 1)) / (n + norm))
    return found


def _whole(
    question: Question,
    stems: Sequence[int],
    corpus: Corpus,
    senses: Mapping[int, list[tuple[int, float, float]]],
) -> float:
    """The words that a sentence answers, and how much of the sentence they are."""
    whole, held = 0.0, 0.0
    answered = [0.0] * len(question.words)
    for stem in dict.fromkeys(stems):
        weight = corpus.idf[stem] * (LIGHT if stem in corpus.light else 1.0)
        whole += weight
        likely = 0.0
        for place, _, likeness in senses.get(stem, ()):
            answered[place] = max(answered[place], likeness)
            likely = max(likely, likeness)
        held += weight * likely
    total = 0.0
    for place, word in enumerate(question.words):
        total += answered[place] * word.weight
    return total * (held / whole) if whole else 0.0


def _side_by_side(
    question: Question,
    hits: Sequence[tuple[int, list[tuple[int, float, float]]]],
    pairs: dict[Pair, tuple[float, int]],
    near: dict[Pair, float],
) -> None:
    """Add the words of a sentence that stand beside or near each other."""
    words = question.words
    for i, (at, hit) in enumerate(hits):
        for before in range(i - 1, -1, -1):
            distance = at - hits[before][0]
            if distance > NEAR_WORDS:
                break
            for place, weight, _ in hit:
                if words[place].is_cjk:
                    continue
                for other, other_weight, _ in hits[before][1]:
                    if other == place or words[other].is_cjk:
                        continue
                    value = min(weight, other_weight)
                    if distance == 1 and (other, place) in question.followers:
                        known, times = pairs.get((other, place), (0.0, 0))
                        pairs[other, place] = (max(known, value), times + 1)
                    key = (min(place, other), max(place, other))
                    near[key] = max(near.get(key, 0.0), value / distance)
