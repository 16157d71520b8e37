"""Weeks in which the names of topics changed, so that counts before and after are of different things."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kbtool.stale.panel import Mask, Panel

BEFORE = 13
# How long a topic must be away, at most, before its end is certain.
SETTLED = 3
# A break: this share of the tickets leaves old names, and about as large a share enters new ones.
SHARE = 0.05
TIMES = 2.5
# Or: this share of the topics with a ticket a week stops within SETTLED weeks.
TOPICS = 0.25
FEWEST = 4
# A topic that usually has this many tickets has none: it left.
USUAL = 3.0
# Rises of topics that begin so close to a break may be tickets that came from another name.
AROUND = (-1, 2)
# No second break is announced so soon after the first.
QUIET = 8


@dataclass(frozen=True)
class Break:
    """In `week` (an index) tickets left the names `left` and entered the names `entered`."""

    week: int
    monday: str
    left: tuple[str, ...]
    entered: tuple[str, ...]

    def __str__(self) -> str:
        """The announcement, with the mend."""
        pair = f"{self.left[0]}: {self.entered[0]}" if self.left and self.entered else "old name: new name"
        return (
            f"the names of topics changed in the week of {self.monday}: {len(self.left)} stop, "
            f"{len(self.entered)} begin; rises across it are not flagged; if they are the same topics, "
            f"say so under tickets.aliases ({pair})"
        )


def find_break(panel: Panel, week: int, known: Break | None) -> Break | None:
    """The break that shows itself in the newest week `week`, if it is not the one already `known`.

    Reads no later week. A break may have begun up to SETTLED - 1 weeks before.
    """
    if known and week - known.week < QUIET:
        return None
    for start in range(max(BEFORE, week - SETTLED + 1), week + 1):
        found = _at(panel, start, week)
        if found:
            return found
    return None


def _at(panel: Panel, start: int, week: int) -> Break | None:
    """The break that began in week `start`, as far as it is known at the end of `week`."""
    span, past = slice(start, week + 1), slice(start - BEFORE, start)
    usual = panel.counts[:, past].sum(axis=1) / np.maximum(panel.known[:, past].sum(axis=1), 1)
    now = panel.counts[:, span].sum(axis=1)
    lost = panel.totals[:, start] == 0
    active = (panel.born < start - 2) & (usual >= 1) & ~lost
    left = active & (now == 0) & (usual * (week + 1 - start) >= USUAL) & (panel.counts[:, start - 1] > 0)
    entered = (panel.born >= start) & (now > 0) & ~lost
    # A topic may have a row of its own for each locale.
    ended, begun = _names(panel, left), _names(panel, entered)
    if min(len(ended), len(begun)) < FEWEST // 2 and len(ended) < FEWEST:
        return None
    leaving = float(usual[left].sum() / usual.sum())
    entering = float(now[entered].sum() / max(1.0, now.sum()))
    moved = min(leaving, entering) >= SHARE and max(leaving, entering) <= TIMES * min(leaving, entering)
    many = len(ended) >= max(FEWEST, TOPICS * len(_names(panel, active))) and week + 1 - start == SETTLED
    if not (moved or many):
        return None
    return Break(start, panel.weeks[start].isoformat(), ended, begun)


def _names(panel: Panel, which: Mask) -> tuple[str, ...]:
    return tuple(dict.fromkeys(panel.topics[i] for i in np.flatnonzero(which)))


def across(broken: Break | None, starts: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Mask:
    """Which rises began around the break, given the week in which each began."""
    if broken is None:
        return np.zeros(len(starts), bool)
    low, high = broken.week + AROUND[0], broken.week + AROUND[1]
    around: Mask = (starts >= low) & (starts <= high)
    return around
