"""Titles under the letters by which people look for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.lang.alphabet import place


@pytest.mark.parametrize(
    ("title", "locale", "heading"),
    [
        ("Refunds", "en", "R"),
        ("“quoted” words", "en", "Q"),
        ("Élan", "en", "E"),
        ("3 ways to pay", "en", "0–9"),
        ("३ तरीके", "hi", "0–9"),
        ("???", "en", "#"),
        ("", "en", "#"),
        ("रिफंड कैसे मिलेगा", "hi", "र"),
        ("क़ानून", "hi", "क"),
        ("आपका खाता", "hi", "आ"),
        ("UPI से भुगतान", "hi", "U"),
        ("إعدادات", "ar", "ا"),
        ("เปลี่ยนรหัสผ่าน", "th", "ป"),
        ("환불 안내", "ko", "ㅎ"),
        ("退款", "zh", "漢字"),
        ("かえす", "ja", "か"),
        ("ßtraße", "de", "S"),
        ("\u0301\u200d", "en", "#"),
    ],
)
def test_heading(title: str, locale: str, heading: str) -> None:
    assert place(title, locale).heading == heading


def test_own_script_first_then_latin_then_others_then_digits() -> None:
    titles = ["9 बातें", "Я", "Zebra", "अपना", "रिफंड", "क़लम", "कमल", "apple", "…"]
    found = sorted(titles, key=lambda title: place(title, "hi"))
    assert found == ["अपना", "कमल", "क़लम", "रिफंड", "apple", "Zebra", "Я", "…", "9 बातें"]


def test_case_and_accents_make_no_difference() -> None:
    assert sorted(["éclair", "Echo", "eat"], key=lambda t: place(t, "en")) == ["eat", "Echo", "éclair"]


@given(st.text(max_size=20), st.sampled_from(["en", "hi", "ar", "th", "ko", "ja", "tr"]))
def test_every_title_has_a_place(title: str, locale: str) -> None:
    found = place(title, locale)
    assert len(found.heading) >= 1
    assert found == place(title, locale)
