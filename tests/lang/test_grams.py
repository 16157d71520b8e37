from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.lang.grams import grams


@pytest.mark.parametrize(
    ("word", "n", "expected"),
    [
        ("card", 4, ("_car", "card", "ard_")),
        ("ab", 4, ("_ab_",)),
        ("a", 4, ("_a_",)),
        ("a", 3, ("_a_",)),
        ("नियम", 4, ("_निय", "नियम", "ियम_")),
        ("𠮷a", 2, ("_𠮷", "𠮷a", "a_")),
        ("", 2, ("__",)),
    ],
)
def test_grams(word: str, n: int, expected: tuple[str, ...]) -> None:
    assert grams(word, n) == expected


@given(st.text(max_size=12), st.integers(2, 5))
def test_grams_cover_the_word(word: str, n: int) -> None:
    found = grams(word, n)
    assert found[0] + "".join(gram[-1] for gram in found[1:]) == f"_{word}_"
    assert all(len(gram) == min(n, len(word) + 2) for gram in found)
