"""Articles whose review is late and that readers ask for -> `overdue` signals."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from kbtool.model import Library, Signal
from kbtool.stale.coverage import topics_of
from kbtool.stale.demand import demand
from kbtool.stale.words import in_weeks
from kbtool.tickets.calendar import WeeklyTable

WEEKS = 13


def overdue(table: WeeklyTable, library: Library, today: date, review_every: int) -> Iterator[Signal]:
    """Articles with a late review that readers ask for: each once, by its most urgent version.

    `value` is how late the review is, in intervals, times the logarithm of the tickets.
    """
    found: dict[str, list[Signal]] = {}
    for signal in _late(table, library, today, review_every):
        found.setdefault(signal.articles[0], []).append(signal)
    for versions in found.values():
        first, *others = sorted(versions, key=lambda signal: -signal.value)
        also = ", ".join(str(signal.numbers["locale"]) for signal in others)
        yield replace(first, why=f"{first.why}; also late: {also}") if also else first


def _late(table: WeeklyTable, library: Library, today: date, review_every: int) -> Iterator[Signal]:
    """Versions of articles whose review is late, when readers of that version write tickets."""
    weeks = [i for i, total in enumerate(table.totals) if total][-WEEKS:]
    for article in library.articles:
        if article.reviewed is None or not article.is_live(today):
            continue
        every = article.review_every or review_every
        late = (today - article.reviewed - timedelta(days=every)).days
        tickets = demand(table, article, library, weeks)
        if late <= 0 or not tickets:
            continue
        why = (
            f"the review of {article.reviewed.isoformat()} was for {every} days, {late} days ago; "
            f"{tickets:,} tickets in the last {in_weeks(len(weeks))}"
        )
        numbers: dict[str, float | int | str] = {
            "days_late": late,
            "review_every": every,
            "tickets": tickets,
            "locale": article.locale,
            "reviewed": article.reviewed.isoformat(),
        }
        value = late / every * math.log1p(tickets)
        yield Signal("overdue", topics_of(article)[0], value, why, (article.id,), numbers)
