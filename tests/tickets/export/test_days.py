"""Times of tickets: zones, seconds, and dates of numbers."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from kbtool.tickets.export.days import Days, Slashed, order_of, resolved
from kbtool.tickets.fields import BadCell

INDIA = Days(ZoneInfo("Asia/Kolkata"))
UTC = Days(ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("value", "utc", "india"),
    [
        ("2026-03-04T18:29:59Z", 4, 4),
        ("2026-03-04T18:30:00Z", 4, 5),
        ("2026-03-04T23:59:59+00:00", 4, 5),
        ("2026-03-04T02:00:00+05:30", 3, 4),
        ("2026-03-04 23:50", 4, 4),
        ("2026-03-04", 4, 4),
        ("२०२६-०३-०४", 4, 4),
        (1772649000, 4, 5),
        (1772649000000, 4, 5),
        ("1772649000", 4, 5),
        ("04/Mar/26 10:20 PM", 4, 4),
        ("4 March 2026", 4, 4),
    ],
)
def test_the_day_in_a_zone(value: object, utc: int, india: int) -> None:
    assert UTC.day(value) == date(2026, 3, utc).toordinal()
    assert INDIA.day(value) == date(2026, 3, india).toordinal()


def test_a_day_with_a_change_of_the_clock_is_one_day() -> None:
    york = Days(ZoneInfo("America/New_York"))
    days = [york.day(f"2026-11-01T{hour:02}:30:00Z") for hour in (3, 4, 5, 6, 7, 23)]
    assert [date.fromordinal(int(day)).day for day in days] == [31, 1, 1, 1, 1, 1]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    ["", None, "soon", "0001-01-01T00:00:00Z", "9999-12-31", "2026-02-30", -5, 1e30, True, [], "31 Feb 2026"],
)
def test_what_is_no_time(value: object) -> None:
    with pytest.raises(BadCell) as caught:
        UTC.day(value)
    assert caught.value.help


def test_the_whole_file_tells_what_stands_first() -> None:
    first = UTC.day("3/4/2026 10:20")
    assert first == Slashed(3, 4, 2026)
    assert order_of([Slashed(3, 4, 2026)]) == "?"
    assert order_of([Slashed(3, 4, 2026), Slashed(13, 4, 2026)]) == "dmy"
    assert order_of([Slashed(3, 4, 2026), Slashed(3, 14, 2026)]) == "mdy"
    assert order_of([Slashed(13, 4, 2026), Slashed(3, 14, 2026)]) == "!"
    assert resolved(Slashed(3, 4, 2026), "dmy") == date(2026, 4, 3).toordinal()
    assert resolved(Slashed(3, 4, 2026), "mdy") == date(2026, 3, 4).toordinal()
