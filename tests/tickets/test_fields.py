"""Cells: what is accepted, and what the message says of the rest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.tickets import fields
from kbtool.tickets.fields import BadCell

DAYS = st.dates(date(1990, 1, 8), date(2099, 12, 20))
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


@given(DAYS)
def test_days_and_iso_weeks_in_ascii_and_devanagari_digits(day: date) -> None:
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    for written in (day.isoformat(), day.isoformat().translate(DEVANAGARI), f" {day} "):
        assert fields.period(written) == (day, 1)
    assert fields.period(f"{year}-W{week:02}") == fields.period(f"{year}W{week:02}") == (monday, 7)


@pytest.mark.parametrize(
    ("written", "message", "help"),
    [
        ("03/04/2024", "ambiguous", "2024-04-03"),
        ("25/12/2024", "not in ISO form", "write 2024-12-25"),
        ("12-25-2024", "not in ISO form", "write 2024-12-25"),
        ("2024/4/3", "not in ISO form", "write 2024-04-03"),
        ("2024-04-03T10:00:00Z", "time of day", "2024-04-03"),
        ("2024-02-30", "there is no 2024-02-30", "2024-04-03"),
        ("2025-W53", "there is no 2025-W53", "2024-W14"),
        ("0024-04-03", "year", "2024-04-03"),
        ("", "empty", "2024-04-03"),
        ("soon", "'soon' is not a date", "2024-04-03"),
    ],
)
def test_bad_dates_say_what_to_write(written: str, message: str, help: str) -> None:
    with pytest.raises(BadCell) as caught:
        fields.period(written)
    assert message in caught.value.message
    assert help in caught.value.help


@given(st.integers(0, fields.MAX_COUNT))
def test_counts(number: int) -> None:
    assert fields.count(str(number)) == fields.count(f" {str(number).translate(DEVANAGARI)} ") == number


@pytest.mark.parametrize(
    "written", ["-1", "1.0", "1,5", "nan", "inf", "1e3", "1_000", "", "²", "10000001", "9" * 5000, "+5"]
)
def test_bad_counts(written: str) -> None:
    with pytest.raises(BadCell) as caught:
        fields.count(written)
    assert "count" in caught.value.message
    assert len(caught.value.message) < 100 or written in caught.value.message


def test_topics_are_composed_and_stripped() -> None:
    assert fields.topic(" cafe\u0301 ") == "café"
    with pytest.raises(BadCell, match="empty"):
        fields.topic(" \u00a0 ")


@pytest.mark.parametrize(
    ("written", "tag"),
    [("pt_br", "pt-BR"), ("HI", "hi"), ("zh-hant-tw", "zh-Hant-TW"), ("", ""), (" en ", "en")],
)
def test_locales_get_their_usual_letters(written: str, tag: str) -> None:
    assert fields.locale(written) == tag


def test_a_language_name_is_no_locale() -> None:
    with pytest.raises(BadCell, match="'Hindi' is not a locale"):
        fields.locale("Hindi")
