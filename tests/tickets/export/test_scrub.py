"""What is personal never stands in a sample."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.tickets.export.scrub import SHOWN, scrubbed


@pytest.mark.parametrize(
    "secret",
    [
        "ravi.kumar+shop@mail.example",
        "रवि@उदाहरण.भारत",
        "+91 98765 43210",
        "098765-43210",
        "९८७६५४३२१०",
        "(011) 2345 6789",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "ABCDE1234F",
        "abcde1234f",
        "2345 6789 0123",
        "ravi@okbank",
        "https://shop.example/u/ravi?token=1",
        "www.ravi.example/me",
        "@ravi_k",
        "OD4312345678",
        "INV-2026/004711",
    ],
)
def test_addresses_and_numbers_are_taken_out(secret: str) -> None:
    shown = scrubbed(f"refund for {secret} please")
    assert secret not in shown
    assert shown.startswith("refund for ")
    assert shown.endswith(" please")
    assert sum(map(str.isdigit, shown)) <= 4


@pytest.mark.parametrize(
    "text",
    ["refund kaise milega", "रिफंड कब आएगा?", "2 items of 500 g", "error 404", "iPhone 15 Pro", "24 x 7"],
)
def test_ordinary_words_stay(text: str) -> None:
    assert scrubbed(text) == text


@given(st.text(max_size=300))
def test_one_short_line_whatever_comes(text: str) -> None:
    shown = scrubbed(text)
    assert "\n" not in shown
    assert len(shown) <= SHOWN
