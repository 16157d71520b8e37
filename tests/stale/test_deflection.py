"""Did the tickets fall? Yes, no, not known; and a peak that falls by itself is no success."""

from __future__ import annotations

from kbtool.stale.deflection import AFTER, deflection
from tests.stale.stale_data import chance_counts, seeded


def judged(before: float, after: float, gap: float = 1.0, seed: int = 1) -> str:
    chance = seeded(seed)
    counts = [
        *chance_counts(chance, 30, before),
        *chance_counts(chance, 4, before * gap),
        *chance_counts(chance, AFTER, after),
    ]
    found = deflection(counts, [400 + n for n in counts], 34)
    assert found is not None
    return found.claim


def test_a_clear_fall_and_a_clear_stay() -> None:
    assert judged(30, 12) == "deflected"
    assert judged(30, 33) == "not-deflected"


def test_few_tickets_are_no_evidence() -> None:
    assert judged(1, 0.8) == "undecided"


def test_regression_to_the_mean_is_no_success() -> None:
    claims = [judged(20, 20, gap=1.8, seed=seed) for seed in range(20)]
    assert claims.count("deflected") <= 2


def test_it_waits_for_eight_whole_weeks_and_for_a_past() -> None:
    counts = [20.0] * 30
    assert deflection(counts, [200.0] * 30, 23) is None
    assert deflection(counts, [200.0] * 30, 22) is not None
    assert deflection(counts, [200.0] * 30, 10) is None


def test_lost_exports_are_left_out() -> None:
    counts = [20.0] * 40
    totals = [200.0] * 40
    for week in (5, 33, 34):
        counts[week] = totals[week] = 0.0
    found = deflection(counts, totals, 32)
    assert found is not None
    assert found.claim == "not-deflected"
    assert 0.9 < found.ratio < 1.1


def test_busier_weeks_of_everybody_are_no_failure() -> None:
    counts = [20.0] * 30 + [22.0] * 8
    totals = [200.0] * 30 + [500.0] * 8
    found = deflection(counts, totals, 30)
    assert found is not None
    assert found.claim == "deflected"


def test_a_rise_before_the_update_shows() -> None:
    calm, risen = ([20.0] * 26 + [n] * 4 + [20.0] * 8 for n in (20.0, 60.0))
    peaks = [found.peak for series in (calm, risen) if (found := deflection(series, [200.0] * 38, 30))]
    assert peaks[0] < 1.15 < peaks[1]
