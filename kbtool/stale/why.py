"""Everything behind one topic's answer: its weeks, the model, and each test with its limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from kbtool.model import Library
from kbtool.stale.coverage import coverage
from kbtool.stale.deflection import Deflection
from kbtool.stale.expect import Expectation, forecast
from kbtool.stale.no_deflection import verdicts as deflections
from kbtool.stale.panel import Panel
from kbtool.stale.replay import expectations
from kbtool.stale.rises import small
from kbtool.stale.topics import Ranking, TopicRow, panel_of, rank_topics, replayed
from kbtool.stale.verdict import MIN_EXCESS, MIN_RATIO
from kbtool.tickets.calendar import WeeklyTable, complete

SHOWN = 26


@dataclass(frozen=True)
class Week:
    """One week of a topic; `expected` is None before the expectation ends, `total` 0 for a lost export."""

    monday: date
    tickets: int
    total: int
    expected: float | None


@dataclass(frozen=True)
class Model:
    """The expectation in words' numbers: `trend` and `wave` are relative (0.1 = 10 %), `share` of 1.

    `phi` is variance / mean of a week, `weeks` the history it rests on, `until` its last day's Monday.
    """

    until: date
    weeks: int
    share: float
    trend: float
    wave: float
    phi: float


@dataclass(frozen=True)
class Test:
    """One condition of a flag: what was found, what is needed, and whether it holds."""

    name: str
    found: str
    needed: str
    holds: bool


@dataclass(frozen=True)
class Why:
    """The whole evidence on one topic (in one locale, or in all)."""

    row: TopicRow
    weeks: tuple[Week, ...] = ()
    model: Model | None = None
    tests: tuple[Test, ...] = ()
    deflection: Deflection | None = None
    review: date | None = None


def why(
    table: WeeklyTable, library: Library, today: date, topics: frozenset[str], *, fdr: float = 0.05
) -> tuple[Ranking, list[Why]]:
    """The evidence on these topics, each in all locales and in each busy one, and the whole ranking."""
    ranking = rank_topics(table, today, library, fdr=fdr)
    known = complete(table, today)
    wanted = sorted(
        (row for row in ranking.rows if row.topic in topics), key=lambda row: (row.topic, row.locale)
    )
    if not wanted:
        return ranking, []
    covered = coverage(library, today)
    panel, keys = panel_of(known, covered)
    place = {key: i for i, key in enumerate(keys)}
    seen = {known.weeks[each.end]: each for each in expectations(panel, *replayed(panel))}
    fallen = {
        (topic, locale): (found, day) for topic, locale, day, found in deflections(known, library, covered)
    }
    answers = []
    for row in wanted:
        found, review = fallen.get((row.topic, row.locale), (None, None))
        weeks: tuple[Week, ...] = ()
        model = None
        if row.baseline:
            weeks, model = _modelled(panel, place[row.topic, row.locale], seen[row.baseline])
        answers.append(Why(row, weeks, model, tuple(_tests(row, fdr)), found, review))
    return ranking, answers


def _modelled(panel: Panel, i: int, seen: Expectation) -> tuple[tuple[Week, ...], Model]:
    stop = len(panel.weeks)
    ahead = forecast(panel, seen, stop).mean[i]
    start = max(int(panel.born[i]), min(stop - SHOWN, seen.end - SHOWN // 2))
    weeks = tuple(
        Week(
            panel.weeks[w],
            int(panel.counts[i, w]),
            int(panel.totals[i, w]),
            float(ahead[w - seen.end]) if w >= seen.end else None,
        )
        for w in range(start, stop)
    )
    level, trend, cosine, sine = seen.terms[i]
    odds = float(np.exp(level))
    return weeks, Model(
        panel.weeks[seen.end],
        int(seen.weeks[i]),
        odds / (1 + odds),
        float(np.expm1(trend)),
        float(np.expm1(np.hypot(cosine, sine))),
        float(seen.phi[i]),
    )


def _tests(row: TopicRow, fdr: float) -> Iterator[Test]:
    if row.not_enough or row.q is None:
        return
    chance = 1 / (1 + 10 ** -(row.odds or 0.0))
    yield Test(
        "false alarms among all that are as sure", f"q {small(row.q)}", f"at most {fdr:g}", row.q <= fdr
    )
    yield Test("chance that it rose and lasts", f"{100 * chance:.1f} %", "", row.q <= fdr)
    yield Test(
        "rise that is certain (90 % bound)",
        f"{row.lower or 0:.2f} times",
        f"at least {MIN_RATIO:g}",
        (row.lower or 0) >= MIN_RATIO,
    )
    yield Test(
        "tickets of the last 4 weeks above the expected",
        f"{row.excess or 0:.0f}",
        f"at least {MIN_EXCESS:g}",
        (row.excess or 0) >= MIN_EXCESS,
    )
    yield Test(
        "names of topics unchanged as it began",
        "no" if row.moved else "yes",
        "yes",
        not row.moved,
    )
