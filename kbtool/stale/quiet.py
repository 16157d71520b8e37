"""Articles whose topics bring no tickets any more -> `quiet` signals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kbtool.model import Library, Signal
from kbtool.stale.coverage import topics_of
from kbtool.tickets.calendar import WeeklyTable

# So long without a ticket, after a year in which there were some.
WEEKS = 26
HISTORY = 53
# So many tickets were to be expected in that time: zero is then no chance (below 5 %).
EXPECTED = 3.0


def quiet(table: WeeklyTable, library: Library, today: date) -> Iterator[Signal]:
    """Live articles that had tickets and have none for half a year, though about EXPECTED were due.

    What was due is the smaller of two: the share of the year before, and the same weeks of last
    year, so that a topic of one season is not called quiet between two of them. Nothing is said of
    articles without tickets in the year before: that is too little data. `value` is what was due.
    """
    known = [i for i, total in enumerate(table.totals) if total]
    if len(known) < WEEKS + HISTORY:
        return
    silent = known[-WEEKS:]
    start = silent[0]
    year = [i for i in known if start - 52 <= i < start]
    last_year = [i for i in known if start - 52 <= i <= silent[-1] - 52]
    seen: set[str] = set()
    for article in library.articles:
        topics = [topic for topic in topics_of(article) if topic in table.counts]
        if article.id in seen or not topics or not article.is_live(today):
            continue
        seen.add(article.id)
        series = [sum(table.counts[topic][i] for topic in topics) for i in range(len(table.weeks))]
        if any(series[i] for i in silent):
            continue
        busy = sum(table.totals[i] for i in silent)
        due = min(
            sum(series[i] for i in span) * busy / max(1, sum(table.totals[i] for i in span))
            for span in (year, last_year)
        )
        if due < EXPECTED:
            continue
        last = table.weeks[max(i for i in known if series[i])]
        why = (
            f"no ticket in the last {WEEKS} weeks, where {due:.0f} were to be expected; the last came in "
            f"the week of {last.isoformat()}: is it still needed?"
        )
        numbers: dict[str, float | int | str] = {
            "weeks": WEEKS,
            "expected": due,
            "last": last.isoformat(),
        }
        yield Signal("quiet", topics[0], due, why, (article.id,), numbers)
