"""All topics of a help desk side by side: matrices of topics and weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Above this share the rest of the tickets is too small to measure against.
DOMINANT = 0.5


@dataclass(frozen=True)
class Panel:
    """Tickets of `n` topics in `t` weeks, and what is known of them before any statistics.

    `counts` is n x t; `totals` n x t holds all tickets of the help desk that the topic belongs to
    (0 = the export of that week is lost, NaN = the topics have no common denominator). `desk` (n)
    numbers the help desks. `born` (n) is the first week of a topic and `since` (n) the first week
    whose tickets can speak against its article: the one after the last review.
    """

    weeks: tuple[date, ...]
    topics: tuple[str, ...]
    counts: Matrix
    totals: Matrix
    desk: Ints
    born: Ints
    since: Ints

    @cached_property
    def known(self) -> Mask:
        """Whether the topic exists in a week and its export is not lost (n x t)."""
        known: Mask = (np.arange(len(self.weeks)) >= self.born[:, None]) & (self.totals != 0)
        return known

    @cached_property
    def shared(self) -> bool:
        """Whether topics have a common denominator."""
        return not bool(np.isnan(self.totals).any())

    def exposure(self, end: int) -> Matrix:
        """All other tickets; 1 for a topic that is most of the tickets before week `end` (n x t)."""
        if not self.shared:
            return np.ones_like(self.counts)
        own = self.counts[:, :end].sum(axis=1)
        others = np.maximum(self.totals - self.counts, 1.0)
        dominant = own > DOMINANT * self.totals[:, :end].sum(axis=1)
        return np.where(dominant[:, None], 1.0, others)
