"""One topic: its windows, its level and scatter, and what the recent weeks say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kbtool.stale.model import GUARD, RECENT, Windows, compare, fit, series_of, shrunk, windows
from kbtool.tickets import WeeklyTable
from tests.stale.stale_data import chance_counts, mondays, seeded, table


def two_of(data: WeeklyTable, topic: str = "a") -> Windows:
    found = windows(series_of(data, topic), None)
    assert isinstance(found, Windows)
    return found


def test_exposure_is_all_other_tickets() -> None:
    series = series_of(table({"a": [1, 2], "b": [10, 0], "c": [4, 4]}), "a")
    assert series.exposure == (14.0, 4.0)


def test_a_lost_export_is_no_week_and_a_topic_begins_with_its_first_ticket() -> None:
    series = series_of(table({"a": [0, 3, 0, 0, 5], "b": [9, 9, 0, 9, 9]}), "a")
    weeks = mondays(5)
    assert series.weeks == (weeks[1], weeks[3], weeks[4])
    assert series.tickets == (3, 0, 5)


def test_a_topic_that_is_most_of_the_tickets_is_measured_against_its_own_past() -> None:
    assert series_of(table({"a": [60, 70], "b": [5, 5]}), "a").exposure == (1.0, 1.0)


@pytest.mark.parametrize(("weeks", "enough"), [(9, False), (10, True)])
def test_ten_weeks_are_needed(weeks: int, enough: bool) -> None:
    found = windows(series_of(table({"a": [5] * weeks, "b": [9] * weeks}), "a"), None)
    assert isinstance(found, Windows) is enough
    assert enough or found == "9 weeks of counts, 10 are needed"


def test_windows_with_and_without_a_year_of_history() -> None:
    short = two_of(table({"a": [5] * 55, "b": [9] * 55}))
    assert short.baseline.weeks == tuple(mondays(55)[:51])
    assert short.last_year is None
    long = two_of(table({"a": [5] * 80, "b": [9] * 80}))
    weeks = mondays(80)
    assert long.recent.weeks == tuple(weeks[-RECENT:])
    assert long.baseline.weeks == tuple(weeks[-RECENT - GUARD - 52 : -RECENT - GUARD])
    assert long.last_year
    assert [a - b for a, b in zip(long.recent.weeks, long.last_year.weeks, strict=True)] == [
        timedelta(weeks=52)
    ] * RECENT


def test_many_lost_exports_leave_a_baseline_or_say_so() -> None:
    for kept in range(1, 30):
        totals = [9 if n % (80 // kept) == 0 else 0 for n in range(80)]
        found = windows(series_of(table({"a": totals, "b": totals}), "a"), None)
        assert isinstance(found, str) or len(found.baseline.weeks) >= 6


@pytest.mark.parametrize(("ago", "first"), [(20, 20), (11, 11), (10, 10), (9, 65), (5, 65)])
def test_a_review_starts_a_new_baseline_when_it_leaves_six_weeks(ago: int, first: int) -> None:
    weeks = mondays(80)
    data = table({"a": [5] * 80, "b": [9] * 80})
    found = windows(series_of(data, "a"), weeks[-ago])
    assert isinstance(found, Windows)
    assert found.baseline.weeks[0] == weeks[-first]
    assert found.baseline.weeks[-1] < found.recent.weeks[0]
    assert len(found.baseline.weeks) >= 6


def test_a_review_in_the_recent_weeks_asks_for_new_evidence() -> None:
    data = table({"a": [5] * 80, "b": [9] * 80})
    reviewed = mondays(80)[-4]
    found = windows(series_of(data, "a"), reviewed)
    assert found == f"reviewed {reviewed}, and 4 whole weeks after that are needed"


def test_a_wild_week_moves_neither_level_nor_scatter_much() -> None:
    calm = [8, 12, 10, 9, 11, 10] * 8
    wild = [*calm[:20], 300, *calm[21:]]
    fits = [fit(two_of(table({"a": a, "b": [90] * 48})).baseline) for a in (calm, wild)]
    assert fits[1].rate == pytest.approx(fits[0].rate, rel=0.1)
    assert fits[1].phi < 3


def test_scatter_is_drawn_to_the_pool_and_never_below_chance() -> None:
    assert shrunk(3.0, 10, 1.0) == pytest.approx(2.0)
    assert shrunk(3.0, 90, 1.0) == pytest.approx(2.8)
    assert shrunk(0.2, 50, 0.5) == 1.0


def evidence(recent: list[int], base: int = 40, phi: float = 1.0) -> tuple[float, float, bool]:
    data = table({"a": [10, 10] * (base // 2) + recent, "b": [100] * (base + 4)})
    two = two_of(data)
    found = compare(two, fit(two.baseline), phi)
    return found.p, found.lower, found.lasting


def test_a_doubling_is_clear_and_a_steady_topic_is_not() -> None:
    p, lower, lasting = evidence([20, 21, 19, 22])
    assert p < 1e-3
    assert 1.4 < lower < 2.0
    assert lasting
    p, lower, lasting = evidence([10, 10, 10, 10])
    assert 0.3 < p < 0.7
    assert lower < 1
    assert not lasting


def test_one_wild_week_is_capped_and_does_not_last() -> None:
    p, lower, lasting = evidence([10, 10, 10, 10_000])
    assert p > 0.01
    assert not lasting
    assert lower < 2


def test_a_company_wide_surge_changes_nothing() -> None:
    surge = [1] * 50 + [3] * 4
    data = table({"a": [10 * s for s in surge], "b": [30 * s for s in surge], "c": [40 * s for s in surge]})
    two = two_of(data)
    found = compare(two, fit(two.baseline), 1.0)
    assert found.after == pytest.approx(30)
    assert found.ratio == pytest.approx(1.0, abs=0.05)


def test_no_tickets_since_the_review_is_still_a_level_above_zero() -> None:
    counts = [5] * 60 + [0] * 10 + [6] * 4
    data = table({"a": counts, "b": [100] * 74})
    two = windows(series_of(data, "a"), mondays(74)[-14])
    assert isinstance(two, Windows)
    found = compare(two, fit(two.baseline), 1.0)
    assert found.before == 0
    assert found.p < 1e-2
    assert 1 < found.lower < found.ratio


def test_last_year_explains_a_season_and_not_a_rise() -> None:
    season = [30 if n % 52 in (48, 49, 50, 51) else 10 for n in range(104)]
    rise = [10] * 100 + [30] * 4
    p = {}
    for name, counts in (("season", season), ("rise", rise)):
        two = two_of(table({"a": counts, "b": [200] * 104}))
        found = compare(two, fit(two.baseline), 1.0)
        p[name] = (found.p, found.could_be_seasonal)
    assert p["rise"][0] < 1e-3
    assert not p["rise"][1]
    assert p["season"][0] > 0.05
    assert p["season"][1]


def test_the_lower_bound_holds_nine_times_in_ten() -> None:
    chance = seeded(5)
    held, runs = 0, 300
    for _ in range(runs):
        counts = chance_counts(chance, 44, 10, lambda left: 2.0 if left <= 4 else 1.0)
        two = two_of(table({"a": counts, "b": [200] * 44}))
        held += compare(two, fit(two.baseline), 1.3).lower <= 2.0
    assert held / runs >= 0.9
