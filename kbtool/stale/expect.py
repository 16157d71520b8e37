"""What the weeks before make us expect: share, trend and season of every topic, fitted at once.

A quasi-Poisson regression of each topic on the tickets of all others:

    log mean = log(all other tickets) + level + trend + a yearly wave,   variance = phi * mean

with a prior on each term (ridge), so that a short history gives a cautious answer and not a wild
one. Wild weeks weigh less, and so do old ones. Iteratively reweighted least squares; the terms are
the same for all topics, so that a step is one product of matrices (after Noufaily et al. 2013,
Statistics in Medicine 32:1206, without their fixed windows).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kbtool.stale.panel import Ints, Mask, Matrix, Panel
from kbtool.stale.volume import volume

YEAR_WEEKS = 52.18
LONGEST = 260
# Standard deviations of the priors: trend in a year, each half of the wave.
TREND_SD, WAVE_SD = 0.15, 0.15
# A second, wider opinion on both, for the topics that are unlike most.
TREND_WIDER, WAVE_WIDER = 2.0, 2.5
HALF_LIFE = 100.0
WILD_SD = 2.0
WILD_SLACK = 1.0
# Other topics stand in for so many weeks when a topic's own scatter is estimated.
POOL_PHI, POOL_DRIFT = 20.0, 20.0
# A fit hides some of the autocorrelation of its residuals, the more the shorter the history.
HIDDEN = 25.0
# What last year's same weeks held beyond the wave counts against this many tickets at phi = 1 ...
PEAK_PRIOR = 4.0
# ... and only what lies beyond one standard error of it.
PEAK_WEEKS = 2
YEARS_BACK = (52, 104, 157, 209)
FIRST_ROUNDS, MORE_ROUNDS = 6, 2
# A review accepts the level that it found: that of so many weeks before it, and of all after. Where
# that differs for certain (in sd) and clearly (in logarithms) from what came before, the weeks
# before are moved to it.
LEVEL_WEEKS, LEVEL_LEAST_WEEKS = 4, 3
LEVEL_SURE, LEVEL_CLEAR, LEVEL_ROUNDS = 4.0, 0.25, 3
_FIRST_PHI = 1.5
# Scatter of large topics that is not chance, as a squared relative sd: for the common volume only.
_COMMON = 0.05


@dataclass(frozen=True)
class Expectation:
    """What weeks before `end` say of each topic: fitted `terms` (n x p) and what is unsure of them.

    `cov` and `wide` (n x p x p) are covariances of the terms under the two priors. `phi` (n) is
    variance / mean of a week, `drift` (n) the covariance of neighbouring weeks per squared mean,
    `weeks` (n) the number of weeks behind it. `surplus` and `base` (n x end) are capped residuals
    and means of the past, for peaks of the year.
    """

    end: int
    terms: Matrix
    cov: Matrix
    wide: Matrix
    phi: Matrix
    drift: Matrix
    weeks: Matrix
    exposure: Matrix
    surplus: Matrix
    base: Matrix


@dataclass(frozen=True)
class Forecast:
    """Expected tickets from `end` on (n x k), and the variance of their logarithm under the two priors."""

    mean: Matrix
    variance: Matrix
    wide: Matrix


def terms_at(weeks: Matrix, end: int) -> Matrix:
    """The terms of the regression in these weeks (t x p): level, years since `end`, yearly wave."""
    angle = 2 * np.pi * weeks / YEAR_WEEKS
    return np.stack([np.ones_like(angle), (weeks - end) / 52, np.cos(angle), np.sin(angle)], axis=1)


_PRECISION = np.array([1e-4, TREND_SD**-2, WAVE_SD**-2, WAVE_SD**-2])
_WIDER = _PRECISION / np.array([1, TREND_WIDER**2, WAVE_WIDER**2, WAVE_WIDER**2])


@dataclass(frozen=True)
class _Past:
    """The weeks that a fit reads: `counts`, `known` and `weight` are n x t, `design` t x p, `weeks` t."""

    weeks: Matrix
    counts: Matrix
    known: Mask
    weight: Matrix
    design: Matrix

    def only(self, rows: Ints) -> _Past:
        """The same weeks of these topics."""
        return _Past(self.weeks, self.counts[rows], self.known[rows], self.weight[rows], self.design)


@dataclass(frozen=True)
class _Fitted:
    """Terms (n x p), their information (n x p x p), the means they give, and how calm each week was."""

    terms: Matrix
    information: Matrix
    mean: Matrix
    calm: Matrix


def fit(panel: Panel, end: int, before: Expectation | None = None) -> Expectation:
    """The expectation at week `end` from the weeks before it; `before` is where to begin (speed only)."""
    low = max(0, end - LONGEST)
    weeks = np.arange(low, end, dtype=float)
    known = panel.known[:, low:end]
    weight = known * 0.5 ** ((end - 1 - weeks) / HALF_LIFE)
    past = _Past(weeks, panel.counts[:, low:end], known, weight, terms_at(weeks, end))
    exposure = panel.exposure(end)
    offset = np.log(exposure[:, low:end])
    terms, phi = _beginning(past, offset, end, before)
    calm, common = np.ones_like(offset), np.zeros_like(offset)
    for turn in range(FIRST_ROUNDS if before is None else MORE_ROUNDS):
        if panel.shared and (before is not None or turn >= FIRST_ROUNDS // 2):
            plain = _means(terms, past.design, offset)
            common = volume(past.counts, plain, phi[:, None] + _COMMON * plain, known, panel.desk)
        fitted = _step(past, terms, offset + common, calm, phi)
        terms, calm = fitted.terms, fitted.calm
        phi = _phi(past, fitted.mean, phi)
    fitted, phi = _with_reviews(panel, past, fitted, offset + common, phi)
    terms = fitted.terms.copy()
    terms[:, 0] += np.log1p(0.5 / np.maximum((weight * past.counts).sum(axis=1), 0.5))
    capped = np.minimum(past.counts, fitted.mean + 4 * np.sqrt(phi[:, None] * fitted.mean) + 1)
    lead = np.zeros((len(terms), low))
    return Expectation(
        end=end,
        terms=terms,
        cov=np.asarray(np.linalg.inv(fitted.information), float),
        wide=np.asarray(np.linalg.inv(fitted.information + np.diag(_WIDER - _PRECISION)), float),
        phi=phi,
        drift=_drift(past, fitted.mean, phi),
        weeks=known.sum(axis=1).astype(float),
        exposure=exposure,
        surplus=np.concatenate([lead, known * (capped - fitted.mean)], axis=1),
        base=np.concatenate([lead, known * fitted.mean], axis=1),
    )


def _beginning(past: _Past, offset: Matrix, end: int, before: Expectation | None) -> tuple[Matrix, Matrix]:
    """Terms and phi to begin with: the plain share, or what an earlier fit found."""
    tickets, others = ((past.weight * part).sum(axis=1) for part in (past.counts, np.exp(offset)))
    terms = np.zeros((len(tickets), past.design.shape[1]))
    terms[:, 0] = np.log((tickets + 0.3) / np.maximum(others, 1e-9))
    if before is None:
        return terms, np.full(len(tickets), _FIRST_PHI)
    earlier = before.terms.copy()
    earlier[:, 0] += before.terms[:, 1] * (end - before.end) / 52
    return np.where(before.weeks[:, None] < 5, terms, earlier), before.phi


def _step(past: _Past, terms: Matrix, offset: Matrix, calm: Matrix, phi: Matrix) -> _Fitted:
    """One round of reweighted least squares for all topics at once."""
    size = past.design.shape[1]
    squares = (past.design[:, :, None] * past.design[:, None, :]).reshape(-1, size * size)
    mean = _means(terms, past.design, offset)
    weight = past.weight * calm
    slope = (weight * (past.counts - mean)) @ past.design / phi[:, None] - _PRECISION * terms
    information = ((weight * mean) @ squares).reshape(-1, size, size) / phi[:, None, None]
    information = information + np.diag(_PRECISION)
    terms = terms + np.clip(np.linalg.solve(information, slope[:, :, None])[:, :, 0], -1, 1)
    mean = _means(terms, past.design, offset)
    wild = np.maximum((past.counts - mean - WILD_SLACK) / np.sqrt(phi[:, None] * mean), WILD_SD)
    return _Fitted(terms, information, mean, (WILD_SD / wild) ** 2)


def _with_reviews(
    panel: Panel, past: _Past, fitted: _Fitted, offset: Matrix, phi: Matrix
) -> tuple[_Fitted, Matrix]:
    """The fit and phi, after the past of topics is moved to the level that their last review accepted."""
    terms, information, mean = fitted.terms.copy(), fitted.information.copy(), fitted.mean.copy()
    level, phi = offset.copy(), phi.copy()
    # A step looks like a trend at first, so that the first look is without one.
    compared = mean / np.exp(np.clip(terms[:, 1:2], -1, 1) * past.design[:, 1])
    for _ in range(LEVEL_ROUNDS):
        moved = _accepted(panel, past, compared, phi)
        rows = np.flatnonzero(moved)
        if not len(rows):
            break
        old = past.weeks < panel.since[rows, None] - LEVEL_WEEKS
        level[rows] -= np.where(old, moved[rows, None], 0.0)
        few, calm = past.only(rows), np.ones((len(rows), len(past.weeks)))
        again = _Fitted(terms[rows], information[rows], mean[rows], calm)
        for _ in range(FIRST_ROUNDS):
            again = _step(few, again.terms, level[rows], again.calm, phi[rows])
        terms[rows], information[rows] = again.terms, again.information
        mean[rows] = compared[rows] = again.mean
        phi[rows] = _phi(past, mean, phi)[rows]
    return _Fitted(terms, information, mean, fitted.calm), phi


def _accepted(panel: Panel, past: _Past, mean: Matrix, phi: Matrix) -> Matrix:
    """How far the level that the last review accepted lies from the level before (log), 0 where it does not.

    The highest week of the accepted ones is left out: one wild week is no level.
    """
    start = panel.since[:, None] - LEVEL_WEEKS
    reviewed = past.known & (panel.since > 0)[:, None]
    new, old = reviewed & (past.weeks >= start), reviewed & (past.weeks < start)
    ready = (new.sum(axis=1) > LEVEL_LEAST_WEEKS) & (old.sum(axis=1) >= LEVEL_LEAST_WEEKS)
    new[np.arange(len(new)), np.where(new, past.counts - mean, -np.inf).argmax(axis=1)] = False
    seen, before = ((part * past.counts).sum(axis=1) + 0.5 for part in (new, old))
    shift: Matrix = np.log(seen / ((new * mean).sum(axis=1) + 0.5))
    shift = shift - np.log(before / ((old * mean).sum(axis=1) + 0.5))
    error = np.sqrt(phi / seen + phi / before + (LEVEL_CLEAR / LEVEL_SURE) ** 2)
    return np.where(ready & (np.abs(shift) > LEVEL_SURE * error), shift, 0.0)


def _means(terms: Matrix, design: Matrix, offset: Matrix) -> Matrix:
    mean: Matrix = np.exp(np.clip(terms @ design.T + offset, -12, 12))
    return mean


def _phi(past: _Past, mean: Matrix, phi: Matrix) -> Matrix:
    """Variance / mean of each topic, drawn to the median of all topics, at least 1 (pure chance)."""
    seen = past.weight.sum(axis=1)
    residual = np.minimum((past.counts - mean) ** 2 / mean, 9 * phi[:, None])
    own = (past.weight * residual).sum(axis=1) / np.maximum(seen - 2, 1)
    ripe = seen > 20
    pool = np.median(own[ripe]) if ripe.sum() > 20 else _FIRST_PHI
    drawn: Matrix = np.maximum(1.0, (seen * own + POOL_PHI * pool) / (seen + POOL_PHI))
    return drawn


def _drift(past: _Past, mean: Matrix, phi: Matrix) -> Matrix:
    """The covariance of neighbouring weeks per squared mean: how far a level wanders by itself.

    One value for all topics stands in where a topic has few weeks, and is the least for each.
    """
    limit = 3 * np.sqrt(phi)[:, None]
    residual = np.clip((past.counts - mean) / np.sqrt(mean), -limit, limit)
    pair = past.weight[:, 1:] * past.weight[:, :-1]
    product = (pair * residual[:, 1:] * residual[:, :-1]).sum(axis=1)
    pairs = pair.sum(axis=1)
    average = (past.weight * mean).sum(axis=1) / np.maximum(past.weight.sum(axis=1), 1e-9)
    trust = (pairs > 15) / (1 + 0.02 * average) ** 2
    total = (trust * pairs * average**2).sum()
    pool = max(0.0, float((trust * product * average).sum() / total)) if total > 0 else 0.01
    own = (product + POOL_DRIFT * pool * average) / (pairs + POOL_DRIFT)
    least = (1 + HIDDEN / np.maximum(pairs, 10)) * pool
    drift: Matrix = np.maximum(least, own / np.maximum(average, 1e-9))
    return drift


def forecast(panel: Panel, seen: Expectation, stop: int) -> Forecast:
    """What is expected of the weeks from `seen.end` to `stop`, as busy as these weeks were."""
    weeks = np.arange(seen.end, stop, dtype=float)
    design = terms_at(weeks, seen.end)
    span = slice(seen.end, stop)
    mean = _means(seen.terms, design, np.log(seen.exposure[:, span]))
    counts, known = panel.counts[:, span], panel.known[:, span]
    if panel.shared:
        mean = mean * np.exp(volume(counts, mean, seen.phi[:, None] + _COMMON * mean, known, panel.desk))
    return Forecast(
        mean * _peaks(seen, len(weeks)),
        np.einsum("sp,npq,sq->ns", design, seen.cov, design),
        np.einsum("sp,npq,sq->ns", design, seen.wide, design),
    )


def _peaks(seen: Expectation, weeks: int) -> Matrix:
    """How far the same weeks of earlier years stood above the wave: a factor of 1 or more (n x weeks)."""
    n = len(seen.terms)
    zero = np.zeros((n, 1))
    surplus = np.concatenate([zero, np.cumsum(seen.surplus, axis=1)], axis=1)
    base = np.concatenate([zero, np.cumsum(seen.base, axis=1)], axis=1)
    factor = np.ones((n, weeks))
    for k in range(weeks):
        spans = [
            (max(0, seen.end + k - back - PEAK_WEEKS), min(seen.end, seen.end + k - back + PEAK_WEEKS + 1))
            for back in YEARS_BACK
        ]
        spans = [(low, high) for low, high in spans if high > low]
        if not spans:
            continue
        above = sum((surplus[:, high] - surplus[:, low] for low, high in spans), np.zeros(n))
        weight = (
            sum((base[:, high] - base[:, low] for low, high in spans), np.zeros(n)) + PEAK_PRIOR * seen.phi
        )
        factor[:, k] = 1 + np.maximum(0.0, above / weight - np.sqrt(1.5 * seen.phi / weight))
    return factor


def enough(seen: Expectation, weeks: int) -> Mask:
    """The topics whose past is long enough for an expectation."""
    mask: Mask = seen.weeks >= weeks
    return mask
