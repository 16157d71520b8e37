"""Translations whose source changed since they were made -> `translation-behind` signals.

No statistics: facts from the digests that `kbtool translate mark` wrote.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from kbtool.content.parts import digests
from kbtool.model import Library, Signal
from kbtool.stale.coverage import topics_of
from kbtool.stale.demand import demand
from kbtool.stale.overdue import WEEKS
from kbtool.stale.words import in_weeks
from kbtool.tickets.calendar import WeeklyTable

SHOWN = 4
# A change that its writer called major weighs this many times one that is not.
MAJOR = 2.0


def behind(table: WeeklyTable, library: Library, today: date) -> Iterator[Signal]:
    """Live translations whose source has parts that are new, changed or gone.

    A source whose last edit was a `typo` leaves its translations alone. `value` grows with the
    tickets in the locale of the translation, and doubles for a `major` change.
    """
    weeks = [i for i, total in enumerate(table.totals) if total][-WEEKS:]
    versions = library.by_id()
    for article in library.articles:
        if article.source is None or not article.is_live(today):
            continue
        source = versions[article.id].get(article.source.locale)
        if source is None or not source.is_live(today) or source.significance == "typo":
            continue
        now, then = digests(source), article.source.sections
        changed = [name for name in now if name in then and then[name] != now[name]]
        new = [name for name in now if name not in then]
        gone = [name for name in then if name not in now]
        if not (changed or new or gone):
            continue
        tickets = demand(table, article, library, weeks)
        what = [
            f"{len(names)} {word} ({', '.join(names[:SHOWN])}{', …' if len(names) > SHOWN else ''})"
            for word, names in (("changed", changed), ("new", new), ("gone", gone))
            if names
        ]
        why = (
            f"{', '.join(what)} of {len(now)} parts in {source.locale} since {article.locale} was made of it"
            + (", a major change" if source.significance == "major" else "")
            + (f"; {tickets:,} tickets in the last {in_weeks(len(weeks))}" if weeks else "")
        )
        numbers: dict[str, float | int | str] = {
            "changed": len(changed),
            "new": len(new),
            "gone": len(gone),
            "parts": len(now),
            "tickets": tickets,
            "locale": article.locale,
            "source": source.locale,
        }
        value = (1 + math.log1p(tickets)) * (MAJOR if source.significance == "major" else 1.0)
        topics = topics_of(article)
        yield Signal("translation-behind", topics[0] if topics else "", value, why, (article.id,), numbers)
