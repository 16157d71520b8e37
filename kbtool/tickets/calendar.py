"""Ticket counts -> one table of ISO weeks, and which of its weeks may be believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from kbtool.model import TicketCount
from kbtool.tickets.measures import Measures

Pair = tuple[str, str]  # topic, locale
Series = tuple[list[int], list[int]]  # numbers of weeks, and the tickets of each

WEEK = timedelta(days=7)
# Tickets reach an export late; a week is trusted when it has been over for this long.
LAG = timedelta(days=3)


@dataclass(frozen=True)
class WeeklyTable:
    """Tickets per ISO week. All tuples of counts are as long as `weeks`.

    `weeks` are Mondays without a hole; `counts[topic]` adds all locales and channels;
    `by_locale[topic, locale]` exists for rows that name a locale; `totals` adds everything, also
    the tickets without a topic: names in parentheses such as `(none)` count there only and are no
    topics. A week whose total is 0 is a lost export, not a week of zeros. `partial` are weeks
    that daily data reach only in part. `measures` are what else was counted, by topic and week.
    """

    weeks: tuple[date, ...] = ()
    topics: tuple[str, ...] = ()
    counts: dict[str, tuple[int, ...]] = field(default_factory=dict)
    by_locale: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    totals: tuple[int, ...] = ()
    partial: frozenset[date] = frozenset()
    measures: Measures = field(default_factory=Measures)

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The locales that the counts name, sorted; empty when they name none."""
        return tuple(sorted({locale for _, locale in self.by_locale}))


def monday(day: date) -> date:
    """The Monday of the ISO week of that day."""
    return day - timedelta(days=day.weekday())


def week_number(day: date) -> int:
    """The number of the ISO week of that day; weeks that follow each other have numbers that do."""
    return (day.toordinal() - 1) // 7


def monday_of(number: int) -> date:
    """The Monday of the week of that number."""
    return date.fromordinal(number * 7 + 1)


def weekly(
    counts: Iterable[TicketCount], days: Iterable[date] = (), measures: Measures | None = None
) -> WeeklyTable:
    """Add counts of days and weeks to ISO weeks; a week that is dated on any day goes to its Monday.

    `days` are further days with counts that are in `counts` by week already.
    """
    series: defaultdict[Pair, Series] = defaultdict(lambda: ([], []))
    days = set(days)
    for row in counts:
        number = week_number(row.start)
        numbers, tickets = series[row.topic, row.locale]
        numbers.append(number)
        tickets.append(row.count)
        if row.days == 1:
            days.add(row.start)
    return tabulated(series, days, measures or Measures())


def tabulated(series: Mapping[Pair, Series], days: AbstractSet[date], measures: Measures) -> WeeklyTable:
    """The table of series by topic and locale; those of one week are added up."""
    if not any(numbers for numbers, _ in series.values()):
        return WeeklyTable()
    first = min(min(numbers) for numbers, _ in series.values())
    last = max(max(numbers) for numbers, _ in series.values())
    weeks = tuple(monday_of(number) for number in range(first, last + 1))
    by_pair: dict[Pair, tuple[int, ...]] = {}
    for pair, (numbers, tickets) in series.items():
        row = [0] * len(weeks)
        for number, count in zip(numbers, tickets, strict=True):
            row[number - first] += count
        by_pair[pair] = tuple(row)
    topics = tuple(sorted({topic for topic, _ in by_pair if not topic.startswith("(")}))
    parts: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    for (topic, _), cells in by_pair.items():
        parts[topic].append(cells)
    named = {pair: by_pair[pair] for pair in sorted(by_pair) if pair[1] and not pair[0].startswith("(")}
    return WeeklyTable(
        weeks=weeks,
        topics=topics,
        counts={topic: _added(parts[topic]) for topic in topics},
        by_locale=named,
        totals=_added(list(by_pair.values())),
        partial=_partial(days, weeks),
        measures=measures,
    )


def _added(series: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*series, strict=True)))


def _partial(days: AbstractSet[date], weeks: tuple[date, ...]) -> frozenset[date]:
    """The first and the last week when daily counts begin late or stop early in them.

    Many help desks rest on some days, so the last week is measured against the last day that the
    weeks before it have.
    """
    if not days:
        return frozenset()
    partial = {monday(min(days))} if min(days).weekday() else set()
    last = weeks[-1]
    ends: dict[date, int] = {}
    for day in days:
        week = monday(day)
        ends[week] = max(ends.get(week, 0), day.weekday())
    usual = [ends[week] for week in weeks[-9:-1] if week in ends]
    if last in ends and usual and ends[last] < min(usual):
        partial.add(last)
    return frozenset(partial)


def complete(table: WeeklyTable, today: date) -> WeeklyTable:
    """The table without the weeks that are not over by `today` (with the lag) or are partial.

    Topics that have no ticket in the weeks that remain are left out: they are not known yet.
    """
    kept = [n for n, week in enumerate(table.weeks) if _over(week, today) and week not in table.partial]
    start, stop = (kept[0], kept[-1] + 1) if kept else (0, 0)

    def cut(series: tuple[int, ...]) -> tuple[int, ...]:
        return series[start:stop]

    counts = {topic: cut(series) for topic, series in table.counts.items() if any(cut(series))}
    return WeeklyTable(
        weeks=table.weeks[start:stop],
        topics=tuple(counts),
        counts=counts,
        by_locale={pair: cut(series) for pair, series in table.by_locale.items() if pair[0] in counts},
        totals=cut(table.totals),
        partial=frozenset(),
        measures=table.measures,
    )


def _over(week: date, today: date) -> bool:
    return week + timedelta(days=6) + LAG <= today


def as_of(table: WeeklyTable, today: date) -> date:
    """The Sunday that ends the newest complete week not after `today`; `today` when there is none."""
    weeks = complete(table, today).weeks
    return weeks[-1] + timedelta(days=6) if weeks else today
