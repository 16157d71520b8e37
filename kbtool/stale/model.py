"""The statistics of one topic: what the weeks before make us expect, and what the last weeks say.

A topic is measured against all other tickets (its own left out), so that growth, holidays and
a busy month of the whole help desk change nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kbtool.stale.numeric import Z90, count_tail
from kbtool.tickets.calendar import WeeklyTable

RECENT = 4
BASELINE = 52
MIN_BASELINE = 6
# Weeks between the two that are left out when the history is long enough: a rise that began in
# them would hide itself, as it lifts both the level and the scatter that it is measured against.
GUARD = 9
YEAR = timedelta(weeks=52)
# Other topics stand in for this many observations when a topic's own scatter is estimated.
POOL_WEIGHT = 10
# Rounds of finding wild weeks: each sees more clearly, as the scatter no longer holds the wildest.
CAP_ROUNDS = 8
# What no model of a few weeks knows: the relative sd of a share, with and without a year of history.
DOUBT_WITH_YEAR, DOUBT_WITHOUT = 0.05, 0.1
# The weight of "no season" against what last year's weeks say, in tickets at phi = 1.
SEASON_PRIOR = 8.0
# Above this share the rest of the tickets is too small to measure against.
DOMINANT = 0.5


@dataclass(frozen=True)
class Series:
    """One topic in the weeks that have an export, oldest first: tickets, and exposure.

    Exposure is the number of all other tickets, or 1 for a topic that is most of the tickets.
    """

    weeks: tuple[date, ...]
    tickets: tuple[int, ...]
    totals: tuple[int, ...]
    exposure: tuple[float, ...]


@dataclass(frozen=True)
class Windows:
    """The weeks that are compared, and the same weeks a year before when the history has them."""

    recent: Series
    baseline: Series
    last_year: Series | None


@dataclass(frozen=True)
class Baseline:
    """`rate` tickets per unit of exposure, from `tickets` in `weeks` weeks; `phi` = variance / mean."""

    rate: float
    tickets: float
    weeks: int
    phi: float


@dataclass(frozen=True)
class Evidence:
    """Recent weeks against the baseline. Tickets are per week, shares between 0 and 1.

    `ratio` is observed / expected; `lower` is its one-sided 90 % lower bound and `p` the chance of
    as much without a rise, both after wild weeks are capped. Where last year is known, `p` is the
    larger of two: against the baseline, and against the baseline with last year's season. `excess`
    is in tickets over the recent weeks. `n` counts the tickets of both windows. `lasting` says that
    more than one week is high.
    """

    before: float
    after: float
    share_before: float
    share_after: float
    ratio: float
    lower: float
    p: float
    excess: float
    n: int
    lasting: bool
    could_be_seasonal: bool
    year_known: bool


def series_of(table: WeeklyTable, topic: str) -> Series:
    """The topic since its first ticket, without the weeks whose export was lost."""
    counts = table.counts[topic]
    first = next((i for i, count in enumerate(counts) if count), len(counts))
    used = [i for i in range(first, len(counts)) if table.totals[i] > 0]
    tickets = tuple(counts[i] for i in used)
    totals = tuple(table.totals[i] for i in used)
    dominant = sum(tickets) > DOMINANT * sum(totals)
    exposure = tuple(1.0 if dominant else max(1.0, n - y) for y, n in zip(tickets, totals, strict=True))
    return Series(tuple(table.weeks[i] for i in used), tickets, totals, exposure)


def windows(series: Series, reviewed: date | None) -> Windows | str:
    """The windows to compare, or in words why there is not enough data yet."""
    size = len(series.weeks)
    start = size - RECENT
    if start < MIN_BASELINE:
        return f"{size} weeks of counts, {RECENT + MIN_BASELINE} are needed"
    first_recent = series.weeks[start]
    if reviewed and reviewed >= first_recent:
        return f"reviewed {reviewed.isoformat()}, and {RECENT} whole weeks after that are needed"
    last_year = _last_year(series, start)
    end = max(start - GUARD, MIN_BASELINE) if last_year else start
    begin = max(0, end - BASELINE)
    since = next((i for i, week in enumerate(series.weeks) if reviewed and week >= reviewed), 0)
    if since > begin and start - since >= MIN_BASELINE:
        begin, end = since, max(end, since + MIN_BASELINE)
    return Windows(_pick(series, range(start, size)), _pick(series, range(begin, end)), last_year)


def _last_year(series: Series, start: int) -> Series | None:
    """The recent weeks a year before, when the topic is old enough and their export is not lost."""
    wanted = {week - YEAR for week in series.weeks[start:]}
    if series.weeks[0] > min(wanted):
        return None
    found = [i for i in range(start) if series.weeks[i] in wanted]
    return _pick(series, found) if len(found) >= RECENT // 2 else None


def _pick(series: Series, places: Sequence[int]) -> Series:
    return Series(
        tuple(series.weeks[i] for i in places),
        tuple(series.tickets[i] for i in places),
        tuple(series.totals[i] for i in places),
        tuple(series.exposure[i] for i in places),
    )


def fit(baseline: Series) -> Baseline:
    """The level of the baseline and its scatter, with wild weeks capped so that they move neither."""
    capped: list[float] = list(map(float, baseline.tickets))
    exposure = sum(baseline.exposure)
    rate = phi = 1.0
    for _ in range(CAP_ROUNDS):
        # Half a ticket more keeps the rate above zero, and errs to the side of silence.
        rate = (sum(capped) + 0.5) / exposure
        expected = [rate * e for e in baseline.exposure]
        residuals = sum((y - mu) ** 2 / mu for y, mu in zip(capped, expected, strict=True))
        phi = max(1.0, residuals / (len(capped) - 1))
        capped = _capped(baseline.tickets, expected, phi)
    return Baseline(rate, sum(capped) + 0.5, len(capped), phi)


def _capped(tickets: Sequence[int], expected: Sequence[float], phi: float) -> list[float]:
    """Each week at most four sd and one ticket above what is expected."""
    return [min(y, mu + 4.0 * math.sqrt(phi * mu) + 1.0) for y, mu in zip(tickets, expected, strict=True)]


def shrunk(phi: float, weeks: int, pool: float) -> float:
    """The scatter of a topic, drawn to that of all topics when it rests on few weeks; at least 1."""
    return max(1.0, (weeks * phi + POOL_WEIGHT * pool) / (weeks + POOL_WEIGHT))


def compare(two: Windows, base: Baseline, phi: float) -> Evidence:
    """The recent weeks against the baseline and, where there is one, against last year's weeks."""
    recent, old = two.recent, two.baseline
    expected = [base.rate * e for e in recent.exposure]
    mean = sum(expected)
    doubt = DOUBT_WITHOUT if two.last_year is None else DOUBT_WITH_YEAR
    capped = _capped(recent.tickets, expected, phi)
    seen = sum(capped)
    spread = phi / base.tickets + doubt**2
    highest = max(range(len(capped)), key=lambda i: capped[i] - expected[i])
    others = mean - expected[highest]
    rise = count_tail(seen, mean, phi * mean + mean * mean * spread)
    season = _beyond_season(two.last_year, recent, base, phi) if two.last_year else 0.0
    return Evidence(
        before=sum(old.tickets) / len(old.weeks),
        after=sum(recent.tickets) / len(recent.weeks),
        share_before=sum(old.tickets) / sum(old.totals),
        share_after=sum(recent.tickets) / sum(recent.totals),
        ratio=sum(recent.tickets) / mean,
        lower=_lower(seen / mean, phi / max(seen, 0.5) + spread),
        p=max(rise, season),
        excess=sum(recent.tickets) - mean,
        n=sum(recent.tickets) + sum(old.tickets),
        lasting=seen - capped[highest] - others > math.sqrt(phi * others),
        could_be_seasonal=two.last_year is None or _like_last_year(two.last_year, recent, seen, phi),
        year_known=two.last_year is not None,
    )


def _lower(ratio: float, variance: float) -> float:
    """The one-sided 90 % lower bound of a ratio whose logarithm has that variance."""
    return ratio * math.exp(-Z90 * math.sqrt(variance))


def _beyond_season(last_year: Series, recent: Series, base: Baseline, phi: float) -> float:
    """The chance of as much without a rise, if these weeks of the year are as special as last year.

    How special is drawn to "not at all" by SEASON_PRIOR, since few weeks of one year know little.
    """
    prior = SEASON_PRIOR * phi
    tickets = sum(last_year.tickets) + prior
    factor = tickets / (base.rate * sum(last_year.exposure) + prior)
    expected = [base.rate * factor * e for e in recent.exposure]
    mean = sum(expected)
    spread = phi / base.tickets + phi / tickets + DOUBT_WITH_YEAR**2
    seen = sum(_capped(recent.tickets, expected, phi))
    return count_tail(seen, mean, phi * mean + mean * mean * spread)


def _like_last_year(last_year: Series, recent: Series, seen: float, phi: float) -> bool:
    """Whether the same weeks a year before were about as high, so that a season explains the rise."""
    tickets = sum(last_year.tickets) + 0.5
    expected = tickets / sum(last_year.exposure) * sum(recent.exposure)
    return _lower(seen / expected, phi / max(seen, 0.5) + phi / tickets) < 1.0
