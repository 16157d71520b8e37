"""Likelihood ratios: they grow with a rise, stay low without one, and one wild week is no rise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from kbtool.stale.coverage import coverage
from kbtool.stale.evidence import INCIDENT, bayes_factors, doubt, scale
from kbtool.stale.expect import fit
from kbtool.stale.topics import panel_of
from tests.stale.stale_data import TODAY, chance_counts, library, seeded, table

ONSETS = (1, 2, 4, 6)
LAST = np.array([12])


def factors(tail: Sequence[int], incident: float = INCIDENT) -> list[float]:
    """Log10 likelihood ratios of a topic with 10 tickets a week that ends like this, for ONSETS."""
    chance = seeded(5)
    series = {f"t{n:02}": chance_counts(chance, 100, 25) for n in range(12)}
    series["z"] = [*chance_counts(chance, 100 - len(tail), 10), *tail]
    panel, _ = panel_of(table(series), coverage(library(), TODAY))
    on = scale(panel, fit(panel, 92), 100, incident)
    found: list[float] = np.log10(bayes_factors(on, 8, ONSETS, LAST, least=0.75)[:, 0]).tolist()
    return found


def test_nothing_happened() -> None:
    assert max(factors([10, 9, 11, 10, 8, 12])) < 0.5


def test_a_rise_is_seen_at_its_onset_and_grows_week_by_week() -> None:
    one, two, four = factors([30]), factors([30, 30]), factors([30] * 4)
    assert four[ONSETS.index(4)] == max(four)
    assert one[0] < two[1] < four[2]
    assert four[2] > 3


def test_one_wild_week_is_an_incident_and_ten_times_as_wild_no_more_of_a_rise() -> None:
    wild = factors([10, 10, 60, 10, 10])
    assert max(wild) < 0.5
    assert abs(factors([90])[0] - factors([900])[0]) < 1.5


def test_an_alarm_takes_a_week_at_its_word() -> None:
    assert factors([60], incident=1e-5)[0] > factors([60])[0] + 1


def test_a_rise_too_small_to_matter_counts_less() -> None:
    chance = seeded(5)
    series = {f"t{n}": chance_counts(chance, 100, 25) for n in range(12)}
    series["z"] = [*([0, 0, 0, 0, 1] * 18), 0, 1, 0, 1, 1, 0, 1, 1, 0, 1]
    panel, _ = panel_of(table(series), coverage(library(), TODAY))
    on = scale(panel, fit(panel, 92), 100, INCIDENT)
    much, little = (bayes_factors(on, 8, ONSETS, LAST, least=least) for least in (3.0, 0.01))
    assert (much < little).all()


@pytest.mark.parametrize("weeks", [1, 8])
def test_doubt_is_a_probability_around_no_shift(weeks: int) -> None:
    chance = seeded(5)
    panel, _ = panel_of(
        table({f"t{n}": chance_counts(chance, 60, 9) for n in range(5)}), coverage(library(), TODAY)
    )
    on = scale(panel, fit(panel, 52), 60, INCIDENT)
    found = doubt(on, weeks, np.arange(5))
    assert np.allclose(found.sum(axis=0), 1)
    assert (found.argmax(axis=0) == len(found) // 2).all()
