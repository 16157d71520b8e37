"""All topics of a table, ranked by the evidence that they rose: one row each, and one per busy locale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kbtool.model import Library
from kbtool.stale.coverage import Coverage, coverage
from kbtool.stale.panel import Panel
from kbtool.stale.replay import GRID, MIN_WEEKS
from kbtool.stale.taxonomy import Break
from kbtool.stale.verdict import Verdict, verdicts
from kbtool.tickets.calendar import WeeklyTable, complete

# A rise is followed for a year; what was found before and never reviewed is long known.
REPLAYED = 52
# A change of names is told until the new names can be measured.
NEWS = MIN_WEEKS + GRID
BEFORE = 13
RECENT = 26
YEAR = 52
# A locale is measured by itself where it has so many tickets a week.
LOCALE_TICKETS = 3.0
LOCALE_WEEKS = 26


@dataclass(frozen=True)
class TopicRow:
    """One topic, in all locales or in one (`locale`). Tickets are per week, shares between 0 and 1.

    `not_enough` is '' or says in words why nothing is tested; the measured fields are None then.
    A rise is measured since the Monday `since`: `before` are the weeks up to it, `after` those from
    it on, `expected` what would have come without a rise. `lower` is the one-sided 90 % lower bound
    of `ratio` (seen / expected), `excess` the tickets of the last four weeks above the expected.
    `n` are the tickets since then. `odds` (log10) say how sure a lasting rise is, `q` and `surge_q`
    the false discovery rate at which the topic would be flagged as stale and as a surge.
    The expectation rests on the weeks before `baseline`. `recent` are the tickets of the last 26 weeks.
    `articles` are ids, the topic's own first; `reviewed` is the last review of that one.
    """

    topic: str
    articles: tuple[str, ...]
    reviewed: date | None
    n: int
    locale: str = ""
    since: date | None = None
    before: float | None = None
    after: float | None = None
    expected: float | None = None
    share_before: float | None = None
    share_after: float | None = None
    ratio: float | None = None
    lower: float | None = None
    excess: float | None = None
    odds: float | None = None
    q: float | None = None
    surge_q: float | None = None
    could_be_seasonal: bool = True
    flagged: bool = False
    surge: bool = False
    moved: bool = False
    baseline: date | None = None
    recent: tuple[int, ...] = ()
    not_enough: str = ""


@dataclass(frozen=True)
class Ranking:
    """Rows, the strongest evidence first, and the breaks in the names of topics of the last NEWS weeks."""

    rows: tuple[TopicRow, ...] = ()
    breaks: tuple[Break, ...] = ()


def rank_topics(table: WeeklyTable, today: date, library: Library, *, fdr: float = 0.05) -> Ranking:
    """Every topic with a complete week of counts: flagged ones first, then by odds, then the untested.

    A library without articles will do. Weeks that are incomplete or later than `today` are not used.
    """
    table = complete(table, today)
    covered = coverage(library, today)
    if not table.topics:
        return Ranking()
    panel, keys = panel_of(table, covered)
    found = list(verdicts(panel, *replayed(panel), fdr=fdr))
    rows = [_row(panel, table, covered, i, key, found[-1]) for i, key in enumerate(keys)]
    rows.sort(
        key=lambda row: (
            bool(row.not_enough),
            not row.flagged,
            -(row.odds or 0.0),
            -row.n,
            row.topic,
            row.locale,
        )
    )
    news = [verdict.broken for verdict in found[-NEWS:] if verdict.broken]
    return Ranking(tuple(rows), tuple(news))


def replayed(panel: Panel) -> tuple[int, int]:
    """The first and the last week that are decided on."""
    last = len(panel.weeks) - 1
    return max(0, last - REPLAYED + 1), last


def panel_of(table: WeeklyTable, covered: Coverage) -> tuple[Panel, list[tuple[str, str]]]:
    """The series to test and what each is: (topic, '') for all locales, (topic, locale) for busy ones.

    A locale is a help desk of its own. A topic begins with its first ticket.
    """
    keys = [(topic, "") for topic in table.topics]
    series: list[Sequence[int]] = [table.counts[topic] for topic in table.topics]
    desks = [0] * len(keys)
    if len(table.locales) > 1:
        for (topic, locale), counts in table.by_locale.items():
            recent = counts[-LOCALE_WEEKS:]
            if sum(recent) >= LOCALE_TICKETS * len(recent):
                keys.append((topic, locale))
                series.append(counts)
                desks.append(1 + table.locales.index(locale))
    matrix = np.array(series, float).reshape(len(keys), len(table.weeks))
    totals = [table.totals]
    for locale in table.locales:
        own = [counts for (_, where), counts in table.by_locale.items() if where == locale]
        totals.append(tuple(map(sum, zip(*own, strict=True))))
    return (
        Panel(
            table.weeks,
            tuple(topic for topic, _ in keys),
            matrix,
            np.array(totals, float)[desks],
            np.array(desks, int),
            np.array([_first(row) for row in series], int),
            np.array([_week_after(table.weeks, covered.review_of(*key)) for key in keys], int),
        ),
        keys,
    )


def _first(series: Sequence[int]) -> int:
    return next((i for i, count in enumerate(series) if count), len(series))


def _week_after(weeks: tuple[date, ...], day: date | None) -> int:
    """The first week that begins on the day of the review or later."""
    return 0 if day is None else sum(week < day for week in weeks)


def _row(
    panel: Panel, table: WeeklyTable, covered: Coverage, i: int, key: tuple[str, str], verdict: Verdict
) -> TopicRow:
    topic, locale = key
    ids = covered.articles_in(topic, locale)
    reviewed = covered.review_of(topic, locale)
    evidence = verdict.decision
    recent = tuple(int(count) for count in panel.counts[i, -RECENT:])
    if not evidence.onset[i]:
        weeks = int(panel.known[i].sum())
        what = f"{weeks} weeks of counts, up to {MIN_WEEKS + GRID} are needed"
        if verdict.tested[i] and reviewed:
            what = f"reviewed {reviewed.isoformat()}, and a whole week after that is needed"
        note = f"not enough data yet: {what}"
        tickets = int(panel.counts[i].sum())
        return TopicRow(topic, ids, reviewed, tickets, locale, recent=recent, not_enough=note)
    stop = evidence.week + 1
    start = stop - int(evidence.onset[i])
    known = panel.known[i]
    new, old = _weeks(known, start, stop), _weeks(known, 0, start)[-BEFORE:]
    counts, totals = panel.counts[i], panel.totals[i]
    seen, expected = float(evidence.seen[i]), float(evidence.expected[i])
    return TopicRow(
        topic,
        ids,
        reviewed,
        int(seen),
        locale,
        since=table.weeks[start],
        before=float(counts[old].sum()) / max(1, len(old)),
        after=float(counts[new].sum()) / max(1, len(new)),
        expected=expected / max(1, len(new)),
        share_before=float(counts[old].sum() / max(1.0, totals[old].sum())),
        share_after=float(counts[new].sum() / max(1.0, totals[new].sum())),
        ratio=seen / max(expected, 1e-9),
        lower=float(evidence.lower[i]),
        excess=float(evidence.excess[i]),
        odds=float(evidence.stale[i]),
        q=float(verdict.stale_q[i]),
        surge_q=float(verdict.surge_q[i]),
        could_be_seasonal=_seasonal(panel, i, start, stop, seen / max(expected, 1e-9)),
        flagged=bool(verdict.stale[i]),
        surge=bool(verdict.surge[i]),
        moved=bool(verdict.moved[i]),
        baseline=table.weeks[int(evidence.baseline[i])],
        recent=recent,
    )


def _seasonal(panel: Panel, i: int, start: int, stop: int, ratio: float) -> bool:
    """Whether a season may explain the rise: last year is not known, or was half as special as that."""
    if int(panel.born[i]) > start - YEAR:
        return True
    counts, totals = panel.counts[i], np.nan_to_num(panel.totals[i], nan=1.0)
    then = slice(start - YEAR, max(stop - YEAR, start - YEAR + 1))
    usual = counts[:start].sum() / max(1.0, totals[:start].sum()) * totals[then].sum()
    return bool(counts[then].sum() >= usual * (1 + (ratio - 1) / 2) and ratio > 1)


def _weeks(known: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], start: int, stop: int) -> list[int]:
    """The weeks from `start` to `stop` whose export is not lost."""
    return [week for week in range(start, stop) if known[week]]
