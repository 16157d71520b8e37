"""How busy the whole help desk is in a week, told by all topics together, robustly.

The total of all tickets is a poor measure when a few large topics rise: every other topic would seem
to fall. So the weeks are corrected by what most topics say, each with a bounded voice.
"""

from __future__ import annotations

import numpy as np

from kbtool.stale.panel import Ints, Mask, Matrix

# No topic moves the common level by more than this many standard deviations of its own.
VOICE = 2.0
# The weight of "the total is right" against the topics, as a number of tickets.
TRUST = 200.0
# A topic that expects this many tickets and has none is gone (renamed, merged), not quiet.
GONE = 4.0
ROUNDS = 2
MOST = 0.5


def volume(counts: Matrix, expected: Matrix, spread: Matrix, known: Mask, desk: Ints) -> Matrix:
    """The logarithm of the correction for each topic and week, its own tickets left out (n x t).

    `spread` is variance / mean of a week. Topics that stopped are left out.
    """
    desks = (desk[:, None] == np.unique(desk)).astype(float)
    voice = known & ~_gone(counts, expected)
    log = np.zeros_like(expected)
    for _ in range(ROUNDS):
        mean = expected * np.exp(log)
        sd = np.sqrt(spread * mean)
        pull = np.clip((counts - mean) / sd, -VOICE, VOICE) * voice * mean / sd
        weight = voice * mean / spread
        others = desks @ (desks.T @ weight) - weight + TRUST
        log = log + np.clip((desks @ (desks.T @ pull) - pull) / others, -MOST, MOST)
    return log


def _gone(counts: Matrix, expected: Matrix) -> Mask:
    """Weeks in a run without tickets that by then should have brought GONE tickets."""
    total = np.cumsum(expected, axis=1)
    before = np.where(counts > 0, total, 0.0)
    gone: Mask = (counts == 0) & (total - np.maximum.accumulate(before, axis=1) >= GONE)
    return gone
