"""Did the tickets of a topic fall after its article was updated? Yes, no, or not known.

Writers update an article when its tickets peak, and a peak falls by itself (regression to the mean).
So the weeks right before the update are left out, and what came after is held against the weeks
before those, as shares of all tickets.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kbtool.stale.numeric import Z90

AFTER = 8
GAP = 4
LEAST_BEFORE = 8
HALF_LIFE = 20.0
# The scatter of all topics stands in for this many weeks of a topic's own.
POOL_WEEKS, POOL_PHI = 10.0, 1.5
# How far a level wanders by itself: relative sd of a week, and how many weeks wander together.
WANDER_SD, WANDER_WEEKS = 0.15, 3.0
# A fall by less than a fifth is no success.
NO_FALL = 0.8
FALLS = (0.35, 0.45, 0.55, 0.65, 0.75)

Claim = Literal["deflected", "not-deflected", "undecided"]


@dataclass(frozen=True)
class Deflection:
    """Tickets after an update against those before. `ratio` is seen / expected with its 90 % bounds.

    `score` is the log likelihood ratio of "fell" : "did not". `before` and `after` are tickets a
    week, `n` the tickets after. `peak` is the lower bound of the ratio in the GAP weeks before the
    update: above 1, the update answered a rise. `by_chance` is how likely so high a ratio is without one.
    """

    claim: Claim
    score: float
    ratio: float
    lower: float
    upper: float
    before: float
    after: float
    n: int
    peak: float
    by_chance: float

    @property
    def rose(self) -> bool:
        """Whether the tickets even rose, as far as can be told."""
        return self.lower > 1


def deflection(counts: Sequence[float], totals: Sequence[float], update: int) -> Deflection | None:
    """What AFTER weeks from week `update` say; None while they are not over, or too little came before.

    `totals` are all tickets of the help desk; weeks without any are lost exports and left out.
    """
    if update + AFTER > len(counts):
        return None
    old = [week for week in range(max(0, update - GAP)) if totals[week] > 0]
    new = [week for week in range(update, update + AFTER) if totals[week] > 0]
    if len(old) < LEAST_BEFORE or len(new) < AFTER // 2:
        return None
    others = [max(1.0, total - count) for total, count in zip(totals, counts, strict=True)]
    weight = {week: 0.5 ** ((old[-1] - week) / HALF_LIFE) for week in old}
    heavy = sum(weight.values())
    tickets = sum(weight[week] * counts[week] for week in old) + 0.5
    share = tickets / sum(weight[week] * others[week] for week in old)
    seen = sum(counts[week] for week in new)
    expected = share * sum(others[week] for week in new)
    scatter = sum(
        min((counts[week] - share * others[week]) ** 2 / (share * others[week]), 12.0) for week in old
    )
    phi = (len(old) / (len(old) - 1) * scatter + POOL_WEEKS * POOL_PHI) / (len(old) + POOL_WEEKS)
    phi = max(1.0, phi)
    doubt = phi / tickets + WANDER_SD**2 * WANDER_WEEKS * (1 / len(new) + 1 / heavy)
    ratio = (seen + 0.5) / (expected + 0.5)
    error = math.sqrt(phi / (seen + 0.5) + doubt)
    lower, upper = ratio * math.exp(-Z90 * error), ratio * math.exp(Z90 * error)
    peak, by_chance = _peak(counts, others, totals, update, share, phi)
    claim: Claim = "deflected" if upper < 1 else "not-deflected" if lower > NO_FALL else "undecided"
    return Deflection(
        claim,
        _score(seen / phi, expected / phi, 1 / doubt),
        ratio,
        lower,
        upper,
        before=sum(counts[week] for week in old[-20:]) / len(old[-20:]),
        after=seen / len(new),
        n=int(seen),
        peak=peak,
        by_chance=by_chance,
    )


def _peak(
    counts: Sequence[float],
    others: Sequence[float],
    totals: Sequence[float],
    update: int,
    share: float,
    phi: float,
) -> tuple[float, float]:
    """The lower bound of the ratio in the weeks before the update, and how likely it is by chance."""
    gap = [week for week in range(update - GAP, update) if totals[week] > 0]
    seen = sum(counts[week] for week in gap) + 0.5
    expected = share * sum(others[week] for week in gap) + 0.5
    error = math.sqrt(phi / seen + WANDER_SD**2)
    z = math.log(seen / expected) / error
    return seen / expected * math.exp(-Z90 * error), math.erfc(z / math.sqrt(2)) / 2


def _score(seen: float, expected: float, size: float) -> float:
    """Log of the mean likelihood of a fall, to that of none; the level itself is gamma distributed."""
    logs = [
        seen * math.log(fall) - (seen + size) * math.log((size + fall * expected) / (size + expected))
        for fall in FALLS
    ]
    top = max(logs)
    return top + math.log(sum(math.exp(log - top) for log in logs) / len(logs))
