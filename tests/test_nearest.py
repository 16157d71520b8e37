"""Edit distance and the nearest word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.nearest import did_you_mean, distance, nearest

WORDS = st.text("abcक", max_size=7)


@given(WORDS, WORDS)
def test_distance_is_symmetric_and_zero_only_for_equal_words(a: str, b: str) -> None:
    assert distance(a, b) == distance(b, a)
    assert (distance(a, b) == 0) == (a == b)
    assert abs(len(a) - len(b)) <= distance(a, b) <= max(len(a), len(b))


@given(st.text("abc", min_size=2, max_size=7), st.data())
def test_one_slip_of_the_finger_is_one_edit(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + "x" + word[at:],
        word[:at] + "x" + word[at + 1 :],
    ]
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert [distance(word, slip) for slip in slips] == [1, 1, 1]
    assert distance(word, swapped) == (swapped != word)


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("owmer", ["owner", "order"], "owner"),
        ("onwer", ["owner"], "owner"),
        ("omwes", ["owner"], None),  # two edits are too many for a short word
        ("audiense", ["audience"], "audience"),
        ("adiense", ["audience"], "audience"),
        ("adiens", ["audience"], None),
        ("Audience", ["audience"], "audience"),
        ("hn", ["en", "hi"], "hi"),  # as near as en, but starts alike
        ("stale", ["stale", "state"], "stale"),
        ("tag", ["tags", "tap"], "tags"),
        ("", ["a"], None),
        ("anything", [], None),
    ],
)
def test_nearest(word: str, known: list[str], found: str | None) -> None:
    assert nearest(word, known) == found
    assert nearest(word, reversed(known)) == found
    assert did_you_mean(word, known) == (f"did you mean '{found}'?" if found else "")
