"""The one quantile that the signals need, with the standard library only."""

from __future__ import annotations

import math

Z90 = 1.2815515655446004


def gamma_quantile(shape: float, z: float) -> float:
    """The quantile of a gamma distribution with scale 1 at the normal quantile `z`.

    Wilson and Hilferty's cube: within 1 % of the truth for shapes of 3 and more at z = -1.28.
    """
    cube = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * math.sqrt(shape))
    return shape * max(cube, 0.0) ** 3
