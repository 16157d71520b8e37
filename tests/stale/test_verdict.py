"""Flags of a week."""

from __future__ import annotations

import numpy as np
import pytest

from kbtool.stale.coverage import coverage
from kbtool.stale.topics import panel_of
from kbtool.stale.verdict import MIN_EXCESS, MIN_RATIO, score, verdicts
from tests.stale.stale_data import TODAY, chance_counts, library, seeded, table


def test_scores_are_positive_and_follow_the_odds() -> None:
    found = score(np.array([-30.0, 0.0, 3.0, 300.0]))
    assert found[0] == pytest.approx(0.0, abs=1e-9)
    assert found[1:].tolist() == pytest.approx([np.log10(2), np.log10(1001), 300.0])


def test_every_flag_is_sure_large_and_still_going_on() -> None:
    chance = seeded(21)
    series = {f"t{n:02}": chance_counts(chance, 110, 5 + n) for n in range(20)}
    for n in range(6):
        series[f"up{n}"] = chance_counts(chance, 110, 8, lambda left: 3.0 if left <= 14 else 1.0)
    panel, _ = panel_of(table(series), coverage(library(), TODAY))
    flags = 0
    for verdict in verdicts(panel, 90, 109):
        flagged = verdict.stale
        flags += int(flagged.sum())
        assert (verdict.stale_q[flagged] <= 0.05).all()
        assert (verdict.decision.lower[flagged] >= MIN_RATIO).all()
        assert (verdict.decision.excess[flagged] >= MIN_EXCESS).all()
        assert verdict.tested[flagged].all()
    assert flags > 20


def test_a_stricter_rate_flags_less() -> None:
    chance = seeded(22)
    series = {f"t{n:02}": chance_counts(chance, 90, 10) for n in range(15)}
    series |= {
        f"up{n}": chance_counts(chance, 90, 10, lambda left: 2.0 if left <= 6 else 1.0) for n in range(5)
    }
    panel, _ = panel_of(table(series), coverage(library(), TODAY))
    strict, loose = (next(verdicts(panel, 89, 89, fdr=fdr)).stale for fdr in (0.001, 0.3))
    assert not (strict & ~loose).any()
    assert loose.sum() > strict.sum()
