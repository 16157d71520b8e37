"""The few distributions that the tests need, with the standard library only."""

from __future__ import annotations

import math
from collections.abc import Sequence

Z90 = 1.2815515655446004
_TINY = 1e-300


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz's method)."""
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - beta_cdf(1.0 - x, b, a)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    c, d = 1.0, 1.0 / (_nonzero(1.0 - (a + b) * x / (a + 1.0)))
    fraction = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for term in (even, odd):
            d = 1.0 / _nonzero(1.0 + term * d)
            c = _nonzero(1.0 + term / c)
            change = c * d
            fraction *= change
        if abs(change - 1.0) < 1e-12:
            break
    return min(1.0, math.exp(scale) * fraction / a)


def _nonzero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def count_tail(count: float, mean: float, variance: float) -> float:
    """P(X >= count) of a negative binomial with that mean (> 0) and variance (> mean).

    Counts need not be whole. `variance` is floored just above the mean, the Poisson limit.
    """
    if count <= 0.0:
        return 1.0
    size = mean * mean / max(variance - mean, 1e-6 * mean)
    return beta_cdf(mean / (mean + size), count, size)


def gamma_quantile(shape: float, z: float) -> float:
    """The quantile of a gamma distribution with scale 1 at the normal quantile `z`.

    Wilson and Hilferty's cube: within 1 % of the truth for shapes of 3 and more at z = -1.28.
    """
    cube = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * math.sqrt(shape))
    return shape * max(cube, 0.0) ** 3


def q_values(p_values: Sequence[float]) -> list[float]:
    """Benjamini-Hochberg q of each p, in the same order."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i], reverse=True)
    q, least = [1.0] * len(p_values), 1.0
    for place, i in enumerate(order):
        # The quotient first: it is 1 or more, so that rounding never puts q below p.
        least = min(least, p_values[i] * (len(p_values) / (len(p_values) - place)))
        q[i] = least
    return q
