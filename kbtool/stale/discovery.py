"""Which topics of a week to flag, so that few of the flags are false."""

from __future__ import annotations

import numpy as np

from kbtool.stale.panel import Matrix


def q_values(log10_odds: Matrix) -> Matrix:
    """The expected share of false flags if each topic and all that are surer were flagged.

    The Bayesian false discovery rate: the mean of the chances that nothing happened (Storey 2003,
    Annals of Statistics 31:2013). Equal odds have equal q.
    """
    order = np.argsort(-log10_odds, kind="stable")
    odds = np.clip(log10_odds[order], -30, 300)
    false = 1 / (1 + 10**odds)
    running = np.cumsum(false) / np.arange(1, len(false) + 1)
    # Topics with equal odds are flagged together or not at all.
    last = np.searchsorted(-odds, -odds, side="right") - 1
    q = np.empty(len(odds))
    q[order] = running[last]
    return q
