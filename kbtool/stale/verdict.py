"""The flags of a week: sure, large and recent enough, and not an artefact of the counting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kbtool.stale.discovery import q_values
from kbtool.stale.panel import Mask, Matrix, Panel
from kbtool.stale.replay import Decision, decisions
from kbtool.stale.taxonomy import Break, across, find_break

FDR = 0.05
MIN_RATIO = 1.15
MIN_EXCESS = 3.0


@dataclass(frozen=True)
class Verdict:
    """The flags of one week. `decision` holds the evidence; arrays have one place per topic.

    `stale_q` and `surge_q` are expected shares of false flags. `moved` are topics whose rise began
    as the names of topics changed: they are not flagged. `broken` is the break that was met first
    in this week.
    """

    week: int
    decision: Decision
    stale: Mask
    surge: Mask
    stale_q: Matrix
    surge_q: Matrix
    moved: Mask
    broken: Break | None = None

    @property
    def tested(self) -> Mask:
        """Topics with enough data."""
        return self.decision.tested


def score(log10_odds: Matrix) -> Matrix:
    """log10(1 + odds): above zero, about the number of nines of the certainty."""
    value: Matrix = np.logaddexp(0.0, log10_odds * np.log(10)) / np.log(10)
    return value


def verdicts(panel: Panel, first: int, last: int, *, fdr: float = FDR) -> Iterator[Verdict]:
    """The flags of each week from `first` to `last`; breaks in the names of topics are met once each."""
    broken: Break | None = None
    for decision in decisions(panel, first, last):
        new = find_break(panel, decision.week, broken)
        broken = new or broken
        moved = across(broken, decision.week + 1 - decision.onset)
        stale_q, surge_q = q_values(decision.stale), q_values(decision.surge)
        large = (decision.lower >= MIN_RATIO) & (decision.excess >= MIN_EXCESS)
        usable = decision.tested & ~moved
        yield Verdict(
            decision.week,
            decision,
            usable & (stale_q <= fdr) & large,
            usable & (surge_q <= fdr),
            stale_q,
            surge_q,
            moved,
            new,
        )
