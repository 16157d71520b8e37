"""How much more likely the tickets are if a topic rose than if it did not.

For each week and each shift of the logarithm of the mean, the likelihood is computed once. Any
question "did it rise by this much, that many weeks ago?" is then a difference of running totals.
The level itself is in doubt, too; the answers are averaged over that doubt, over how far it rose
and, by the caller, over when it began.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kbtool.stale.expect import Expectation, Forecast, forecast
from kbtool.stale.panel import Ints, Matrix, Panel

# The lattice of shifts: steps of the logarithm of the mean, about 22 % each.
STEP = 0.2
DOUBTS = np.arange(-5, 6)
RISES = np.array([2, 3, 4, 6, 8])
RISE_PRIOR = np.array([0.25, 0.25, 0.2, 0.2, 0.1])
# The doubt on a level that no history takes away, as a relative sd.
LEAST_DOUBT = 0.03
# A rise by one step is no reason for a review: so much of "nothing happened" is given to it.
TRIVIAL = 0.2
RECENT = 4
# How likely a week holds an incident (an outage, a campaign), and how large they are.
INCIDENT = 0.003
INCIDENT_FACTORS = (2.5, 4.0, 6.0, 9.0, 20.0, 60.0)
# The share of a topic's wandering that takes weight from a week's evidence.
WANDER = 1.5
WIDER_WEIGHT = 0.5
_LEAST_PHI = 1.05
_MOST = 300.0


@dataclass(frozen=True)
class Scale:
    """Log likelihoods of topics whose weeks from `end` on were shifted, added up week by week.

    `total[k, d, i]` belongs to a shift by `DOUBTS[0] + d` steps of topic i in the first k weeks.
    `means` (n x k+1) adds up the forecast, `counts` the tickets.
    """

    end: int
    total: Matrix
    means: Matrix
    counts: Matrix
    ahead: Forecast
    seen: Expectation


def scale(panel: Panel, seen: Expectation, stop: int, incident: float) -> Scale:
    """The likelihoods of the weeks from `seen.end` to `stop`; `incident` = 0 takes every week at its word."""
    ahead = forecast(panel, seen, stop)
    span = slice(seen.end, stop)
    counts, known, mean = panel.counts[:, span], panel.known[:, span], ahead.mean
    phi = np.maximum(seen.phi, _LEAST_PHI)[:, None]
    size = mean / (phi - 1)
    # Neighbouring weeks wander together, so that each holds less news than its scatter says.
    news = known * phi / (phi + WANDER * seen.drift[:, None] * mean)
    wild = None
    if incident:
        odd = [_likelihood(counts, mean * factor, size) for factor in INCIDENT_FACTORS]
        wild = np.logaddexp.reduce(odd) - np.log(len(odd)) + np.log(incident)
    shifts = range(int(DOUBTS[0]), int(DOUBTS[-1] + RISES[-1]) + 1)
    total = np.zeros((len(shifts), *(n + extra for n, extra in zip(mean.shape, (0, 1), strict=True))))
    for place, shift in enumerate(shifts):
        each = _likelihood(counts, mean * np.exp(STEP * shift), size)
        if wild is not None:
            each = np.logaddexp(np.log1p(-incident) + each, wild)
        np.cumsum(each * news, axis=1, out=total[place, :, 1:])
    total = np.ascontiguousarray(total.transpose(2, 0, 1))
    return Scale(seen.end, total, _summed(mean * known), _summed(counts * known), ahead, seen)


def _likelihood(counts: Matrix, mean: Matrix, size: Matrix) -> Matrix:
    """Log likelihood of a negative binomial without the terms that are the same for every mean."""
    both = np.log1p(mean / size)  # of (size + mean) / size
    log: Matrix = counts * (np.log(mean / size) - both) - size * both
    return log


def _summed(values: Matrix) -> Matrix:
    return np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)


def doubt(on: Scale, weeks: int, rows: Ints) -> Matrix:
    """How likely the level is off by each of DOUBTS steps, after so many weeks (doubts x rows)."""

    def normal(variance: Matrix) -> Matrix:
        weight = np.exp(-0.5 * (STEP * DOUBTS[:, None]) ** 2 / (variance + LEAST_DOUBT**2))
        return np.asarray(weight / weight.sum(axis=0), float)

    narrow = normal(on.ahead.variance[rows, weeks - 1])
    wide = normal(on.ahead.wide[rows, weeks - 1])
    return (1 - WIDER_WEIGHT) * narrow + WIDER_WEIGHT * wide


def _over_doubts(still: Matrix, gain: Matrix, prior: Matrix) -> tuple[Matrix, Matrix]:
    """The sums of exp(still[d] + gain[d + rise]) over doubts d, per row: all RISES by `prior`, and one step.

    One exponential for each line of `still` and `gain`, not for each pair of them. Where the two lie so far
    apart that products would vanish, pair by pair.
    """
    doubts = len(still)
    high, most = still.max(axis=0), gain.max(axis=0)
    first, second = np.exp(still - high), np.exp(gain - most)
    raised = np.zeros_like(first)
    for rise, share in zip(RISES.tolist(), prior, strict=True):
        raised += share * second[rise : rise + doubts]
    times = np.exp(np.minimum(high + most, _MOST))
    risen: Matrix = (first * raised).sum(axis=0) * times
    barely: Matrix = (first * second[1 : 1 + doubts]).sum(axis=0) * times
    (far,) = np.nonzero(high + most > _MOST)
    if len(far):
        level = np.arange(doubts)
        pairs = still[:, None, far] + gain[:, far][level[:, None] + RISES]
        risen[far] = (np.exp(np.minimum(pairs, _MOST)).sum(axis=0) * prior[:, far]).sum(axis=0)
        barely[far] = np.exp(np.minimum(still[:, far] + gain[1 : 1 + doubts, far], _MOST)).sum(axis=0)
    return risen, barely


def bayes_factors(
    on: Scale, weeks: int, onsets: tuple[int, ...], rows: Ints, *, least: float, trivial: float = TRIVIAL
) -> Matrix:
    """Likelihood ratios "rose so many weeks ago" / "did not", for topics `rows`, `weeks` after `on.end`.

    One line per onset that is not before `on.end`. Rises that would bring fewer than `least`
    tickets a week more count less, in proportion.
    """
    log_doubt = np.log(np.maximum(doubt(on, weeks, rows), 1e-30))
    every = len(rows) == on.total.shape[2]
    now = on.total[weeks] if every else on.total[weeks][:, rows]
    start = log_doubt + now[: len(DOUBTS)]
    top = start.max(axis=0)
    nothing = top + np.log(np.exp(start - top).sum(axis=0))
    span = min(weeks, RECENT)
    usual = (on.means[rows, weeks] - on.means[rows, weeks - span]) / span
    prior = RISE_PRIOR[:, None] * np.minimum(1, np.expm1(STEP * RISES)[:, None] * usual / least)
    risen: list[Matrix] = []
    barely: list[Matrix] = []
    for onset in onsets:
        if onset > weeks:
            break
        then = on.total[weeks - onset] if every else on.total[weeks - onset][:, rows]
        gain = now - then
        rose, hardly = _over_doubts(log_doubt + then[: len(DOUBTS)] - nothing, gain, prior)
        risen.append(rose)
        barely.append(hardly)
    found = np.array(risen).reshape(-1, len(rows))
    return found / (1 - trivial + trivial * np.mean(barely, axis=0)) if trivial else found
