from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.lang.analyze import analyze, stem
from kbtool.lang.arabic import ARTICLES, KEPT, SUFFIXES, light_stem

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
WORDS = st.text(LETTERS, min_size=1, max_size=14)
AFFIXED = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", *ARTICLES, "و"]),
    st.text(LETTERS, max_size=6),
    st.sampled_from(["", *SUFFIXES]),
    st.sampled_from(["", *SUFFIXES]),
).filter(bool)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("كتاب", "كتاب"),
        ("الكتاب", "كتاب"),
        ("والكتاب", "كتاب"),
        ("بالكتاب", "كتاب"),
        ("للكتاب", "كتاب"),
        ("وكتاب", "كتاب"),
        ("كتابهم", "كتاب"),
        ("كتابها", "كتاب"),
        ("معلومات", "معلوم"),
        ("المعلومات", "معلوم"),
        ("مهندسون", "مهندس"),
        ("المهندسين", "مهندس"),
        ("ولد", "ولد"),
        ("وان", "وان"),
        ("دين", "دين"),
        ("الم", "الم"),
        ("و", "و"),
        ("", ""),
    ],
)
def test_light_stem(word: str, expected: str) -> None:
    assert light_stem(word) == expected


def test_at_most_two_endings_come_off() -> None:
    assert light_stem("كتابيها") == "كتاب"
    assert light_stem("كتابناهمها") == "كتابنا", "the third stays"


@given(WORDS | AFFIXED)
def test_a_stem_is_a_part_of_its_word_and_never_too_short(word: str) -> None:
    found = light_stem(word)
    assert found
    assert found in word
    assert len(found) >= min(len(word), KEPT - 1)


@given(WORDS | AFFIXED)
def test_the_article_makes_no_other_word(word: str) -> None:
    if len(word) >= KEPT and not word.startswith(("و", *ARTICLES)):
        assert light_stem("ال" + word) == light_stem(word) == light_stem("وال" + word)


def test_the_analysis_uses_it_for_arabic_words_alone() -> None:
    assert {token.stem for token in analyze("كِتَابٌ، الكتاب، والكتاب، كتابهم", "ar")} == {"كتاب"}
    assert {token.stem for token in analyze("مكتبة المكتبة مكتبات", "ar-EG")} == {"مكتب"}
    assert stem("refunds", "ar") == "refund"
    assert stem("الكتاب", "fa") != "كتاب"
