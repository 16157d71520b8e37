"""How many of the articles that were found have each value of their metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kbtool.search.facts import Facts

FACETS = ("section", "topic", "tag", "product", "owner", "type", "audience", "status", "lang", "reviewed")


def facets(facts: Iterable[tuple[str, Facts]], today: date) -> dict[str, dict[str, int]]:
    """How many of the articles, each with its locale, have each value; the most frequent first."""
    counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for locale, one in facts:
        for name, value in _values(locale, one, today):
            counts[name][value] = counts[name].get(value, 0) + 1
    return {
        name: dict(sorted(values.items(), key=lambda pair: (-pair[1], pair[0])))
        for name, values in counts.items()
        if values
    }


def _values(locale: str, one: Facts, today: date) -> Iterator[tuple[str, str]]:
    yield from (("topic", value) for value in one.topics)
    yield from (("tag", value) for value in one.tags)
    yield from (("product", value) for value in one.product)
    for name in ("section", "owner", "type", "audience", "status"):
        if value := getattr(one, name):
            yield name, value
    yield "lang", locale
    yield "reviewed", "no" if not one.reviewed else "overdue" if one.is_overdue(today) else "in time"
