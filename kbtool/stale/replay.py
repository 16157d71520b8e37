"""Week after week: how sure we are that a topic rose, knowing only what was known in that week.

A rise is looked for in the last months, against an expectation that ends shortly before. When the
evidence is clear, the expectation is kept (latched) for that topic: later weeks are measured
against it until the evidence is gone, the tickets are back, or the article is reviewed. Without
that the rise would become the new normal, and the article would seem to heal unread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kbtool.stale.evidence import INCIDENT, RECENT, Scale, bayes_factors, scale
from kbtool.stale.expect import Expectation, enough, fit
from kbtool.stale.numeric import Z90
from kbtool.stale.panel import Ints, Mask, Matrix, Panel

# Expectations end every four weeks, on weeks that the calendar fixes, so that each run has the same.
GRID = 4
LONGEST = 60
FRESH = 14
MIN_WEEKS = 10
ONSETS = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 36, 46, 60)
SURGE_ONSETS = (1, 2, 3, 4)
# The chance that an article goes stale in a week, before any ticket is seen.
HAZARD = 0.009
# Recent onsets are looked at first: weight of an onset as a power of its age.
STALE_POWER, SURGE_POWER = -0.5, -1.0
# Log10 odds at which an expectation is kept for a topic, and below which it is let go.
LATCH, RELEASE = -0.4, -0.6
# Rises that no month made clear are looked for against fewer expectations, and say less: this part of
# their log10 odds, never enough for a flag. They order the topics below the flagged ones.
SLOW_GRID = 12
SLOW_SHARE, SLOW_OFFSET, SLOW_MOST = 0.4, -0.8, -0.5
# Tickets a week that a rise should bring to matter: to a writer, and to whoever watches for alarms.
STALE_LEAST, SURGE_LEAST = 0.75, 0.1
# An alarm takes nearly every week at its word.
SURGE_INCIDENT = 1e-5
NO_ODDS = -30.0
# Tickets are back when the last four weeks stay below this ratio for so many weeks.
BACK_RATIO, BACK_WEEKS = 1.15, 4


@dataclass(frozen=True)
class Decision:
    """What is known at the end of one week. All arrays have one place per topic.

    `stale` and `surge` are log10 odds (for : against); NO_ODDS where the past is too short
    (`tested` is False). The rise is measured from `onset` weeks ago against the expectation that
    ends at `baseline`: `seen` and `expected` tickets, `lower` the one-sided 90 % bound of their
    ratio, `excess` the tickets of the last four weeks beyond the expected.
    """

    week: int
    stale: Matrix
    surge: Matrix
    tested: Mask
    baseline: Ints
    onset: Ints
    seen: Matrix
    expected: Matrix
    lower: Matrix
    excess: Matrix


def grid(panel: Panel, first: int, last: int) -> list[int]:
    """The ends of expectations that decisions on weeks `first` to `last` may use."""
    low = max(MIN_WEEKS, first + 1 - LONGEST)
    return [end for end in range(low, last + 1) if _on(panel, end, GRID)]


def _on(panel: Panel, week: int, grid: int) -> bool:
    """Whether the calendar has a line of this grid in that week, whatever the first week of the counts."""
    return panel.weeks[week].toordinal() // 7 % grid == 0


def expectations(panel: Panel, first: int, last: int) -> Iterator[Expectation]:
    """What the decisions on weeks `first` to `last` rest on, the earliest first."""
    before: Expectation | None = None
    for end in grid(panel, first, last):
        before = fit(panel, end, before)
        yield before


def decisions(panel: Panel, first: int, last: int) -> Iterator[Decision]:
    """One decision for each week from `first` to `last`; each reads only the weeks up to its own."""
    steady: dict[int, Scale] = {}
    plain: dict[int, Scale] = {}
    for seen in expectations(panel, first, last):
        steady[seen.end] = scale(panel, seen, min(last + 1, seen.end + LONGEST), INCIDENT)
        plain[seen.end] = scale(panel, seen, min(last + 1, seen.end + FRESH), SURGE_INCIDENT)
    state = (np.full(len(panel.topics), -1), np.zeros(len(panel.topics), int))
    for week in range(first, last + 1):
        decision, state = _decide(panel, week, steady, plain, *state)
        yield decision


def _decide(
    panel: Panel, week: int, steady: dict[int, Scale], plain: dict[int, Scale], kept: Ints, back: Ints
) -> tuple[Decision, tuple[Ints, Ints]]:
    """The decision of a week, and the state after it.

    `kept` are the ends of latched expectations (-1: none), `back` counts the weeks in which the
    tickets were at their old level.
    """
    look = _look(panel, week, steady, plain, kept)
    recent = look.fresh.log10(_weights(ONSETS, STALE_POWER))
    slow = look.slow.log10(_weights(ONSETS, 0.0))
    held = look.latched >= RELEASE
    onset = np.where(held, look.latched_onset, look.onset)
    baseline = np.where(held, kept, look.baseline)
    seen, expected, lower, late, late_expected = _measured(panel, week, steady, baseline, onset)
    risen = late >= BACK_RATIO * late_expected
    back = np.where(risen, 0, back + 1)
    over = back >= BACK_WEEKS
    kept = np.where(held & ~over, kept, -1)
    kept = np.where((kept < 0) & (recent >= LATCH) & risen, baseline, kept)
    stale = np.maximum(recent, look.latched)
    stale = np.maximum(stale, np.minimum(SLOW_SHARE * slow + SLOW_OFFSET, SLOW_MOST))
    stale = np.where(over, np.minimum(stale, SLOW_MOST), stale)
    tested = look.slow.known
    decision = Decision(
        week,
        np.where(tested, stale, NO_ODDS),
        np.where(tested, look.alarm.log10(_weights(SURGE_ONSETS, SURGE_POWER)), NO_ODDS),
        tested,
        baseline,
        onset,
        seen,
        expected,
        lower,
        late - late_expected,
    )
    return decision, (kept, back)


@dataclass(frozen=True)
class _Look:
    """The evidence of one week: against fresh expectations (`alarm`: at their word), all, and the latched.

    `baseline` and `onset` are those of the strongest fresh evidence.
    """

    fresh: _Odds
    slow: _Odds
    alarm: _Odds
    baseline: Ints
    onset: Ints
    latched: Matrix
    latched_onset: Ints


def _look(panel: Panel, week: int, steady: dict[int, Scale], plain: dict[int, Scale], kept: Ints) -> _Look:
    n = len(panel.topics)
    everyone = np.arange(n)
    fresh, slow, alarm = _Odds(n, ONSETS), _Odds(n, ONSETS), _Odds(n, SURGE_ONSETS)
    best, onset, baseline = np.full(n, NO_ODDS), np.zeros(n, int), np.full(n, -1)
    latched, latched_onset = np.full(n, NO_ODDS), np.zeros(n, int)
    weight = _weights(ONSETS, STALE_POWER)
    for end, on in steady.items():
        age = week + 1 - end
        if not 1 <= age <= LONGEST:
            continue
        is_fresh, is_slow = age <= FRESH, _on(panel, end, SLOW_GRID)
        rows = everyone if is_fresh or is_slow else np.flatnonzero(kept == end)
        if not len(rows):
            continue
        # An expectation that ends before a review does not know the level that the review accepted.
        ripe = enough(on.seen, MIN_WEEKS)[rows] & (end >= panel.since[rows])
        found = bayes_factors(on, age, ONSETS, rows, least=STALE_LEAST) * ripe
        found = found * _since_review(panel, week, ONSETS[: len(found)], rows)
        weighted = weight[: len(found), None] * found
        own = _log10(HAZARD * weighted.sum(axis=0))
        from_onset = np.array(ONSETS)[weighted.argmax(axis=0)]
        mine = kept[rows] == end
        latched[rows[mine]], latched_onset[rows[mine]] = own[mine], from_onset[mine]
        if is_fresh or is_slow:
            slow.add(found, ripe)
        if not is_fresh:
            continue
        fresh.add(found, ripe)
        jumped = bayes_factors(plain[end], age, SURGE_ONSETS, rows, least=SURGE_LEAST, trivial=0.0)
        alarm.add(jumped * ripe, ripe)
        better = ripe & (own > best)
        best, baseline = np.where(better, own, best), np.where(better, end, baseline)
        onset = np.where(better, from_onset, onset)
    return _Look(fresh, slow, alarm, baseline, onset, latched, latched_onset)


class _Odds:
    """Likelihood ratios per onset, averaged over the expectations that can tell."""

    def __init__(self, topics: int, onsets: tuple[int, ...]) -> None:
        self.sum = np.zeros((len(onsets), topics))
        self.number = np.zeros((len(onsets), topics))

    def add(self, found: Matrix, ripe: Mask) -> None:
        self.sum[: len(found)] += found
        self.number[: len(found)] += ripe

    @property
    def known(self) -> Mask:
        known: Mask = self.number[0] > 0
        return known

    def log10(self, weights: Matrix) -> Matrix:
        return _log10(HAZARD * weights @ (self.sum / np.maximum(self.number, 1)))


def _log10(odds: Matrix) -> Matrix:
    log: Matrix = np.log10(np.maximum(odds, 10.0**NO_ODDS))
    return log


def _weights(onsets: tuple[int, ...], power: float) -> Matrix:
    """How many weeks each onset stands for, times its age to a power."""
    ages = np.array(onsets, float)
    middles = (ages[1:] + ages[:-1]) / 2
    edges = np.concatenate([[0.0], middles, [ages[-1] + (ages[-1] - ages[-2]) / 2]])
    weights: Matrix = np.diff(edges) * ages**power
    return weights


def _since_review(panel: Panel, week: int, onsets: tuple[int, ...], rows: Ints) -> Mask:
    """Which onsets lie after the last review of each topic (onsets x rows)."""
    after: Mask = week + 1 - np.array(onsets)[:, None] >= panel.since[rows]
    return after


def _measured(
    panel: Panel, week: int, steady: dict[int, Scale], baseline: Ints, onset: Ints
) -> tuple[Matrix, Matrix, Matrix, Matrix, Matrix]:
    """(seen, expected, lower) of every topic since its onset, and (seen, expected) of the last weeks."""
    seen, expected, lower, late, late_expected = np.zeros((5, len(panel.topics)))
    for end in np.unique(baseline[baseline >= 0]):
        on = steady[int(end)]
        rows = np.flatnonzero(baseline == end)
        age = week + 1 - int(end)
        start = age - onset[rows]
        seen[rows] = on.counts[rows, age] - on.counts[rows, start]
        expected[rows] = on.means[rows, age] - on.means[rows, start]
        recent = max(0, age - RECENT)
        late[rows] = on.counts[rows, age] - on.counts[rows, recent]
        late_expected[rows] = on.means[rows, age] - on.means[rows, recent]
        phi = on.seen.phi[rows] + 4 * on.seen.drift[rows] * expected[rows] / np.maximum(onset[rows], 1)
        variance = phi / np.maximum(seen[rows], 0.5) + on.ahead.variance[rows, age - 1]
        ratio = seen[rows] / np.maximum(expected[rows], 1e-9)
        lower[rows] = ratio * np.exp(-Z90 * np.sqrt(variance))
    return seen, expected, lower, late, late_expected
