"""Why a query found what it found: how each word was read, and what each article's score is made of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields

from kbtool.model import Hit
from kbtool.search.evidence import Points
from kbtool.search.expand import Way
from kbtool.search.explanation import Explanation, Part, Reading, Result, Word, WordPoints
from kbtool.search.light import asked_words
from kbtool.search.postings import MOST, STEP
from kbtool.search.question import MOST_CHARACTERS, Asked, Sense
from kbtool.search.rank import Ranking, ranking
from kbtool.search.reader import Index

FORMS = 4  # forms of a word that are named


def explained(
    index: Index, query: str, hits: Sequence[Hit], among: Collection[str] | None = None
) -> Explanation:
    """Why `search(index, query, among=among)` gave these hits, or some of them, in this order.

    Hits that did not come from this index, such as drafts or those of other locales, are left out.
    """
    found = ranking(index, query, len(hits), among)
    order = sorted(found.scores, key=lambda slot: (-found.scores[slot], slot))
    places = {slot: place for place, slot in enumerate(order, 1)}
    judged = {slot: (one.score, one.points) for slot, one in found.judged}
    results = []
    for hit in hits:
        (slot,) = index.slots([hit.id] if hit.locale == index.locale else []) or (-1,)
        if slot not in places:
            continue
        score, points = judged.get(slot, (found.scores[slot], Points()))
        results.append(
            Result(
                id=hit.id,
                title=hit.title,
                score=score,
                judged=slot in judged,
                lists_place=places[slot],
                words=_points(index, found, slot, points),
                parts=_parts(points) if slot in judged else (),
            )
        )
    return Explanation(
        query, index.locale, len(query) > MOST_CHARACTERS, _words(index, query, found), tuple(results)
    )


def _points(index: Index, found: Ranking, slot: int, points: Points) -> tuple[WordPoints, ...]:
    def by_text(field: str, place: int) -> float:
        return points.fields.get(field, {}).get(place, 0.0)

    listed = []
    for place, word in enumerate(found.question.words):
        impacts = ((sense, dict(index.postings(sense.stem)).get(slot, 0)) for sense in found.senses[place])
        lists = max((sense.weight / STEP * impact for sense, impact in impacts), default=0.0)
        exact = (by_text(name, place) for name in ("body", "title", "aliases"))
        listed.append(WordPoints(word.text, lists, *exact))
    return tuple(listed)


def _parts(points: Points) -> tuple[Part, ...]:
    names = (field.name for field in fields(points) if field.name != "fields")
    return tuple(Part(name, getattr(points, name)) for name in names)


def _words(index: Index, query: str, found: Ranking) -> tuple[Word, ...]:
    """All words that were typed, once each, in order."""
    asked = asked_words(query[:MOST_CHARACTERS], index.locale, index.vocabulary.light)
    light = {word for word, is_light in asked if is_light}
    known = {word.text: (word, found.senses[place]) for place, word in enumerate(found.question.words)}
    forms = _forms(index, {sense.stem for word, _ in known.values() for sense in word.senses})
    words = []
    for text in dict.fromkeys(word for word, _ in asked):
        if text in known:
            word, looked_up = known[text]
            ways = index.dictionary.meaning(text, light=text in light).ways
            readings = tuple(
                _reading(index, word, sense, ways[sense.stem], sense in looked_up, forms[sense.stem])
                for sense in word.senses
            )
            words.append(Word(text, word.is_light, word.weight, readings))
        else:
            meant = index.dictionary.meaning(text, light=text in light).stems
            words.append(Word(text, text in light, 0.0, (), too_many=bool(meant)))
    return tuple(words)


def _forms(index: Index, stems: Collection[int]) -> dict[int, list[int]]:
    """The numbers of the words of each stem."""
    found: dict[int, list[int]] = {stem: [] for stem in stems}
    for surface, stem in enumerate(index.vocabulary.stems):
        if stem in found:
            found[stem].append(surface)
    return found


def _reading(
    index: Index, word: Asked, sense: Sense, way: Way, looked_up: bool, numbers: Sequence[int]
) -> Reading:
    surfaces = index.vocabulary.surfaces

    def likeliest(number: int) -> tuple[bool, float, int, str]:
        name = surfaces[number]
        return name != word.text, -word.alike.get(number, 0.0), len(name), name

    articles = len(index.postings(sense.stem))
    return Reading(
        forms=tuple(surfaces[number] for number in sorted(numbers, key=likeliest)[:FORMS]),
        way=way,
        likeness=sense.likeness,
        weight=sense.weight,
        articles=articles,
        at_least=articles == MOST,
        looked_up=looked_up,
    )
