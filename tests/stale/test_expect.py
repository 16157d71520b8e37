"""What the past makes us expect: level, trend and wave are found, and doubt grows with ignorance."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kbtool.stale.coverage import coverage
from kbtool.stale.expect import Expectation, fit, forecast
from kbtool.stale.panel import Panel
from kbtool.stale.topics import panel_of
from tests.stale.stale_data import TODAY, chance_counts, library, seeded, table


def desk(weeks: int = 130, **special: list[int]) -> Panel:
    chance = seeded(7)
    series = {f"t{n}": chance_counts(chance, weeks, 30) for n in range(12)}
    return panel_of(table({**series, **special}), coverage(library(), TODAY))[0]


def seen(panel: Panel, end: int) -> tuple[Expectation, np.ndarray]:
    found = fit(panel, end)
    return found, forecast(panel, found, len(panel.weeks)).mean


def test_the_level_of_a_steady_topic() -> None:
    panel = desk(zsteady=[25] * 130)
    _, mean = seen(panel, 118)
    assert np.abs(mean[-1] / 25 - 1).max() < 0.2


def test_the_scatter_is_never_below_chance_and_grows_with_the_noise() -> None:
    chance = seeded(3)
    panel = desk(zcalm=[25] * 130, zwild=chance_counts(chance, 130, 25, phi=5.0))
    found, _ = seen(panel, 130)
    calm, wild = found.phi[-2:]
    assert 1.0 <= calm < 1.4
    assert 3.0 < wild < 7.0


def test_a_yearly_wave_is_learnt_in_two_years() -> None:
    wave = [round(30 * math.exp(0.5 * math.sin(2 * math.pi * w / 52.18))) for w in range(130)]
    _, mean = seen(desk(zwave=wave), 110)
    assert np.abs(mean[-1] / np.array(wave[110:]) - 1).mean() < 0.15


def test_a_short_peak_of_earlier_years_is_expected_again() -> None:
    peak = [60 if w % 52 in (10, 11, 12) else 20 for w in range(130)]
    plain, mean = seen(desk(zpeak=peak), 108)
    assert plain.weeks[-1] == 108
    assert mean[-1, 115 - 108] > 1.4 * mean[-1, 125 - 108]


def test_wild_weeks_move_the_level_little() -> None:
    series = [20] * 130
    series[60:63] = [300, 300, 300]
    _, mean = seen(desk(zhit=series), 118)
    assert np.abs(mean[-1] / 20 - 1).max() < 0.2


@pytest.mark.parametrize("ends", [(30, 60), (60, 110)])
def test_doubt_is_smaller_with_more_history_and_larger_further_ahead(ends: tuple[int, int]) -> None:
    panel = desk()
    short, long = (forecast(panel, fit(panel, end), end + 15) for end in ends)
    assert short.variance[0, 0] > long.variance[0, 0]
    assert long.variance[0, -1] > long.variance[0, 0]
    assert (short.wide >= short.variance).all()


def test_later_weeks_do_not_change_a_fit() -> None:
    chance = seeded(9)
    long = {f"t{n}": chance_counts(chance, 100, 20) for n in range(8)}
    whole, _ = panel_of(table(long), coverage(library(), TODAY))
    cut, _ = panel_of(
        table({topic: series[:80] for topic, series in long.items()}), coverage(library(), TODAY)
    )
    # The weeks of `cut` have other dates; indices count.
    assert np.allclose(fit(whole, 70).terms, fit(cut, 70).terms)
