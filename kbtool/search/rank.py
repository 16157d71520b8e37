"""The one ranking: from a query to articles (`theme/source/search.js` does the same).

The postings choose: every article with a word that may be meant, by BM25. Then the passages order the first
of them. Both ask for shards; how many a query may ask for stands in the manifest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from kbtool.model import Hit
from kbtool.search.evidence import Judged, judge
from kbtool.search.postings import STEP
from kbtool.search.question import Question, Sense, question_of
from kbtool.search.reader import AT_HAND, Index
from kbtool.search.weights import AGAIN, FEWEST_PASSAGES, SEARCHED


@dataclass(frozen=True)
class Ranking:
    """How a query was answered: what was looked up, what the postings said, how the texts were judged.

    `senses` are those of each word whose postings were read. `scores` is by slot; `judged` are the first
    slots, best first; `rest` follow in the order of the postings.
    """

    question: Question
    senses: Sequence[Sequence[Sense]]
    scores: Mapping[int, float]
    judged: Sequence[tuple[int, Judged]]
    rest: Sequence[int]


def search(index: Index, query: str, limit: int = 10, among: Collection[str] | None = None) -> list[Hit]:
    """The best articles for a query, best first, equally good ones by id.

    `among` are ids to which the answer is confined; then all of them are in it, those without a word of the
    query last.
    """
    found = ranking(index, query, limit, among)
    hits = [(slot, one.score, one.passage) for slot, one in found.judged]
    hits += [(slot, found.scores[slot], -1) for slot in found.rest]
    return [index.hit(*hit) for hit in hits[:limit]]


def ranking(index: Index, query: str, limit: int, among: Collection[str] | None = None) -> Ranking:
    """The order of the first `limit` articles, or some more, with its reasons."""
    question = question_of(query, index.locale, index.dictionary, index.corpus.idf)
    senses, asked = _looked_up(index, question)
    scores = _scores(index, question, senses)
    if among is not None:
        allowed = index.slots(among)
        scores = {slot: scores.get(slot, 0.0) for slot in sorted(allowed)}
    best = nsmallest(max(limit, AGAIN), scores.items(), key=lambda pair: (-pair[1], pair[0]))
    slots = [slot for slot, _ in best]
    judged = _judged_slots(index, slots, index.requests - asked)
    worth = judge(question, [index.text(slot) for slot in judged], index.corpus)
    ordered = sorted(
        zip(judged, worth, strict=True),
        key=lambda pair: (-pair[1].score, index.passages(pair[0]).id.encode("utf-16-be", "surrogatepass")),
    )
    return Ranking(question, senses, scores, ordered, slots[len(judged) :])


def _looked_up(index: Index, question: Question) -> tuple[list[list[Sense]], int]:
    """For each word the senses whose postings are read, and how many shards those are.

    What weighs most comes first; the rest may have to do without, if it is much.
    """
    most = max(1, index.requests - FEWEST_PASSAGES)
    shards: set[int] = set()
    found: list[list[Sense]] = [[] for _ in question.words]
    listed = [
        (-sense.weight, place, rank, sense)
        for place, word in enumerate(question.words)
        for rank, sense in enumerate(word.senses[:SEARCHED])
    ]
    for _, place, _, sense in sorted(listed, key=lambda one: one[:3]):
        shard = index.shard_of_stem(sense.stem)
        if shard != AT_HAND:
            if shard not in shards and len(shards) >= most:
                continue
            shards.add(shard)
        found[place].append(sense)
    return found, len(shards)


def _scores(index: Index, question: Question, senses: list[list[Sense]]) -> dict[int, float]:
    """Slot -> score: for every word its likeliest meaning in the document, added up."""
    totals: dict[int, float] = {}
    for place in range(len(question.words)):
        best: dict[int, float] = {}
        for sense in senses[place]:
            unit = sense.weight / STEP
            for slot, impact in index.postings(sense.stem):
                points = unit * impact
                if points > best.get(slot, 0.0):
                    best[slot] = points
        for slot, points in best.items():
            totals[slot] = totals.get(slot, 0.0) + points
    return totals


def _judged_slots(index: Index, slots: list[int], requests: int) -> list[int]:
    """The first documents, as many as there are requests for their passages."""
    shards: set[int] = set()
    found = []
    for slot in slots[:AGAIN]:
        shard = index.shard_of_slot(slot)
        if shard not in shards and len(shards) >= requests:
            break
        shards.add(shard)
        found.append(slot)
    return found
