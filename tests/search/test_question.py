from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.expand import Dictionary
from kbtool.search.question import MOST_CHARACTERS, MOST_WORDS, Question, question_of
from kbtool.search.vocabulary import Vocabulary
from kbtool.search.weights import CJK_PAIR, CJK_SINGLE, LIGHT, SYNONYM
from tests.search.library import document, written

SURFACES = ["and", "form", "parcel", "refund", "refunds", "the", "退", "退款", "款"]
NAMES = ["and", "form", "parcel", "refund", "the", "退", "退款", "款"]
IDF = [0.5, 2.0, 4.0, 3.0, 0.25, 1.0, 2.0, 1.0]
WORDS = Vocabulary(
    SURFACES,
    NAMES,
    [0, 1, 2, 3, 3, 4, 5, 6, 7],
    "0" * len(NAMES),
    frozenset({"the", "and", "的"}),
    {"cash": [3], "stuff": [2, 1]},
    [],
)


def asked(query: str, locale: str = "en") -> Question:
    return question_of(query, locale, Dictionary(WORDS), IDF)


def meant(query: str, locale: str = "en") -> list[str]:
    """What each word means above all."""
    return [NAMES[word.senses[0].stem] for word in asked(query, locale).words]


def test_the_words_are_understood_in_their_order_each_once() -> None:
    assert meant("Refunds form! The refunds?") == ["refund", "form", "the"]
    assert asked("Refunds form").words[0].surface == SURFACES.index("refunds")
    assert meant("refund refunds") == ["refund", "refund"], "two words that may mean the same"


def test_words_that_mean_nothing_are_left_out() -> None:
    assert meant("zzzz refund qqqq") == ["refund"]
    assert asked("zzzz").words == ()


def test_followers_stand_side_by_side_in_the_query() -> None:
    assert asked("refund form parcel").followers == {(0, 1), (1, 2)}
    assert asked("refund form refund").followers == {(0, 1), (1, 0)}
    assert asked("refund refund").followers == frozenset()
    assert asked("refund zzzz form").followers == frozenset(), "a word between them parts them"


def test_what_a_word_weighs() -> None:
    form, the = asked("form the").words
    assert form.weight == pytest.approx(sqrt(sqrt(4)) * 2.0)
    assert the.weight == pytest.approx(LIGHT * sqrt(sqrt(3)) * 0.25)
    assert (form.is_light, the.is_light) == (False, True)
    assert asked("form form form").words == asked("form").words, "no more for saying it often"


def test_what_chinese_words_weigh() -> None:
    single, pair, _ = asked("退款", "zh").words
    assert (single.weight, pair.weight) == pytest.approx((CJK_SINGLE * 1.0, CJK_PAIR * 2.0))
    assert single.is_cjk
    assert pair.is_cjk
    assert not asked("form").words[0].is_cjk


def test_senses_weigh_by_their_likeness_and_never_more_than_the_rarer_would_alone() -> None:
    (cash,) = asked("cash").words
    share = sqrt(sqrt(4))
    assert [(sense.stem, sense.likeness) for sense in cash.senses] == [(3, SYNONYM)]
    assert cash.senses[0].weight == pytest.approx(share * SYNONYM * 3.0)
    (stuff,) = asked("stuff").words
    form, parcel = stuff.senses
    assert (NAMES[form.stem], NAMES[parcel.stem]) == ("form", "parcel")
    share = sqrt(sqrt(5))
    assert form.weight == pytest.approx(share * SYNONYM * 2.0)
    assert parcel.weight == pytest.approx(share * SYNONYM * 2.0), "not by its own, larger idf"


def test_long_queries_are_cut() -> None:
    words = [f"w{a}{b}" for a in "abcdefgh" for b in "ijklmnop"]
    known = Dictionary(Vocabulary(words, words, range(64), "0" * 64, frozenset(), {}, []))
    question = question_of(" ".join(words), "en", known, [1.0] * 64)
    assert [word.surface for word in question.words] == list(range(MOST_WORDS))
    assert all(max(pair) < MOST_WORDS for pair in question.followers)
    assert meant("z" * (MOST_CHARACTERS - 5) + " form refund") == ["form"]


@given(st.text(max_size=40) | st.text(st.sampled_from("refund form 退款the "), max_size=40))
def test_whatever_is_typed_is_a_question(query: str) -> None:
    for locale in ("en", "zh", "xx"):
        question = asked(query, locale)
        for word in question.words:
            likeness = [sense.likeness for sense in word.senses]
            assert likeness == sorted(likeness, reverse=True)
            assert 0 < likeness[0] <= 1
        count = len(question.words)
        assert all(0 <= a < count and 0 <= b < count and a != b for a, b in question.followers)


def test_a_long_chinese_question_is_read_to_its_end(tmp_path: Path) -> None:
    """Its pieces are many, and the point of it often comes last."""
    index = written([document("a", "退款", "如何申请退款")], "zh", tmp_path)
    question = "我想知道我上个星期在你们的网上商店买的东西如果不喜欢的话应该怎么样退款"
    words = question_of(question, "zh", index.dictionary, index.corpus.idf).words
    assert any(index.vocabulary.surfaces[word.surface] == "退款" for word in words)
