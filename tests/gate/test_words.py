from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.gate.words import CUT, PHRASE, is_telling, joined, needles, phrases, words
from kbtool.lang.analyze import surfaces


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", []),
        ("The Goodwill-limit, twice.", ["the", "goodwill", "limit", "twice"]),
        ("धनवापसी-नीति का नियम", ["धनवापसी", "नीति", "का", "नियम"]),
        ("good\u00adwill zero\u200bwidth", ["goodwill", "zerowidth"]),
        ("ﬁne Ｆｕｌｌ café größer", ["fine", "full", "cafe", "grosser"]),
        ("İstanbul ISPARTA", ["istanbul", "isparta"]),
        ("x_y a.b@c", ["x", "y", "a", "b", "c"]),
        ("one\nतीन\nthree", ["one", "तीन", "three"]),
        ("FastAPIを使う APIका", ["fastapi", "を使う", "api", "का"]),
        (f"one{CUT}नोट{CUT}two", ["one", CUT, "नोट", CUT, "two"]),
        ("a\ud800b", ["a", "b"]),
    ],
)
def test_words_are_levelled(written: str, read: list[str]) -> None:
    assert words(written) == read


@pytest.mark.parametrize("text", ["the publisher’s café", "Größe İl'in", "धनवापसी का क़ानून", "l'eau d'Été"])
def test_every_word_of_the_index_is_one_of_these(text: str) -> None:
    assert set(surfaces(text, "en")) <= {*words(text), *joined(text)}


def test_only_what_tells_something_by_itself_is_looked_for() -> None:
    written = ["abc", "abcd", "123", "123456", "1234567", "x7q", "a1b2", "पैसा", "की"]
    assert list(needles(written)) == ["abcd", "1234567", "x7q", "a1b2", "पैसा"]


def test_scripts_without_spaces_are_looked_for_in_pieces() -> None:
    found = set(needles(words("我们提供退款服务吗")))
    assert "提供退款服务" in found
    assert len(found) == 5


def test_rows_of_numbers_and_texts_that_end_are_no_phrases() -> None:
    assert is_telling(["to", "pay", "in", "3", "days", "a"])
    assert not is_telling(["10", "11", "12", "13", "14", "15"])
    assert not is_telling(["a", "b", "c", "x", "two", "words"])
    assert not is_telling(["to", "pay", "in", CUT, "days", "or"])


texts = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h"]), max_size=60)


@given(texts, st.lists(texts, max_size=3))
def test_a_phrase_is_found_wherever_it_stands(secret: list[str], around: list[list[str]]) -> None:
    known = set(phrases(secret))
    assert len(known) <= max(0, len(secret) - PHRASE + 1)
    text = [word for part in around for word in (*part, *secret)]
    assert not around or known <= set(phrases(text))
