"""Weeks: sums, holes, and which weeks may be believed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import TicketCount
from kbtool.tickets import WeeklyTable, as_of, complete, weekly

MONDAY = date(2024, 4, 1)


def days(topic: str, first: date, *counts: int, locale: str = "") -> list[TicketCount]:
    return [TicketCount(topic, first + timedelta(days=n), 1, c, locale) for n, c in enumerate(counts)]


def weeks(topic: str, first: date, *counts: int, locale: str = "") -> list[TicketCount]:
    return [TicketCount(topic, first + timedelta(days=7 * n), 7, c, locale) for n, c in enumerate(counts)]


ROW = st.builds(
    TicketCount,
    st.sampled_from(["a", "b", "(none)"]),
    st.dates(date(2024, 1, 1), date(2024, 6, 1)),
    st.sampled_from([1, 7]),
    st.integers(0, 50),
    st.sampled_from(["", "en", "hi"]),
)


@given(st.lists(ROW, min_size=1))
def test_nothing_is_lost_or_invented(rows: list[TicketCount]) -> None:
    table = weekly(rows)
    assert sum(table.totals) == sum(row.count for row in rows)
    assert table.topics == tuple(sorted({row.topic for row in rows} - {"(none)"}))
    for topic in table.topics:
        assert sum(table.counts[topic]) == sum(row.count for row in rows if row.topic == topic)
    named = sum(map(sum, table.by_locale.values()))
    assert named == sum(row.count for row in rows if row.locale and row.topic != "(none)")
    assert all(week.weekday() == 0 for week in table.weeks)
    assert {b - a for a, b in zip(table.weeks, table.weeks[1:], strict=False)} <= {timedelta(days=7)}
    assert all(len(series) == len(table.weeks) for series in [*table.counts.values(), table.totals])


def test_no_rows_no_weeks() -> None:
    assert weekly([]) == complete(WeeklyTable(), MONDAY) == WeeklyTable()
    assert as_of(WeeklyTable(), MONDAY) == MONDAY


def test_weeks_on_any_weekday_go_to_their_monday_and_a_hole_stays_a_hole() -> None:
    table = weekly([TicketCount("a", date(2024, 4, 3), 7, 5), TicketCount("a", date(2024, 4, 17), 7, 6)])
    assert table.weeks == (MONDAY, date(2024, 4, 8), date(2024, 4, 15))
    assert table.counts == {"a": (5, 0, 6)}
    assert table.totals == (5, 0, 6)


def test_a_file_without_locales_has_none() -> None:
    assert weekly(weeks("a", MONDAY, 1)).by_locale == {}
    table = weekly(weeks("a", MONDAY, 1, locale="hi") + weeks("a", MONDAY, 2))
    assert table.by_locale == {("a", "hi"): (1,)}
    assert table.counts == {"a": (3,)}
    assert table.locales == ("hi",)


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2024, 4, 16), date(2024, 4, 1)),
        (date(2024, 4, 17), date(2024, 4, 8)),  # ended on the 14th, three days of lag
        (date(2024, 4, 23), date(2024, 4, 8)),
        (date(2024, 4, 24), date(2024, 4, 15)),
        (date(2030, 1, 1), date(2024, 4, 15)),
    ],
)
def test_weeks_count_when_they_are_over_for_three_days(today: date, last: date) -> None:
    table = weekly(weeks("a", MONDAY, 1, 2, 3))
    assert complete(table, today).weeks[-1] == last
    assert as_of(table, today) == last + timedelta(days=6)


def test_before_the_first_complete_week_there_is_nothing() -> None:
    table = weekly(weeks("a", MONDAY, 1, 2, 3))
    assert complete(table, MONDAY) == WeeklyTable()
    assert as_of(table, MONDAY) == MONDAY


def test_topics_that_are_not_known_yet_are_left_out() -> None:
    table = weekly(weeks("a", MONDAY, 1, 2, 3, locale="en") + weeks("b", date(2024, 4, 15), 9, locale="en"))
    early = complete(table, date(2024, 4, 17))
    assert early.topics == ("a",)
    assert list(early.by_locale) == [("a", "en")]
    assert early.totals == (1, 2)


def test_a_week_that_daily_counts_enter_late_or_leave_early_is_dropped() -> None:
    whole = weekly(days("a", MONDAY, *[1] * 21))
    assert complete(whole, date(2024, 6, 1)).totals == (7, 7, 7)
    cut = weekly(days("a", MONDAY + timedelta(days=2), *[1] * 15))  # Wednesday to Wednesday
    assert complete(cut, date(2024, 6, 1)).totals == (7,)


def test_a_help_desk_that_rests_on_weekends_keeps_its_last_week() -> None:
    table = weekly(
        [row for row in days("a", MONDAY, *[1] * 19) if row.start.weekday() < 5]  # up to a Friday
    )
    assert complete(table, date(2024, 6, 1)).totals == (5, 5, 5)


def test_weekly_counts_are_never_partial() -> None:
    assert weekly(weeks("a", date(2024, 4, 3), 1, 2)).partial == frozenset()
