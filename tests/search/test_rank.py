from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.search.rank import MOST_CHARACTERS, MOST_WORDS, query_words, search
from kbtool.search.reader import Index
from tests.search.library import ENGLISH, HINDI, document, written


@pytest.fixture(scope="module")
def hindi(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return written(HINDI, "hi", tmp_path_factory.mktemp("hi"))


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return written(ENGLISH, "en", tmp_path_factory.mktemp("en"))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("रिफंड कैसे मिलेगा", "refund"),
        ("refund kaise milega", "refund"),
        ("dhanvapsi kaise milegi", "refund"),
        ("रीफंड", "refund"),
        ("paise wapas", "refund"),
        ("पासवर्ड भूल गया", "password"),
        ("paasword bhool gaya", "password"),
        ("कानून", "law"),
        ("नियम", "law"),
        ("किताब", "law"),
        ("पता कैसे बदलें", "delivery"),
    ],
)
def test_hindi_questions_find_their_article(hindi: Index, query: str, wanted: str) -> None:
    assert search(hindi, query)[0].id == wanted


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("refunds", "refund"),
        ("get my refnd", "refund"),
        ("forgotten pasword", "password"),
        ("रिफंड", "refund"),
    ],
)
def test_english_questions_find_their_article(english: Index, query: str, wanted: str) -> None:
    assert search(english, query)[0].id == wanted


def test_one_matching_word_is_enough(english: Index) -> None:
    assert [hit.id for hit in search(english, "unheard parcel whatsoever")] == ["delivery"]


def test_a_vowel_sign_makes_another_word(tmp_path: Path) -> None:
    index = written([document("a", "कम"), document("b", "काम"), document("c", "कमी")], "hi", tmp_path)
    assert search(index, "काम")[0].id == "b"
    assert search(index, "कम")[0].id == "a"


def test_question_words_count_less_than_others(tmp_path: Path) -> None:
    index = written([document("how", "how how how to"), document("sim", "A new sim card")], "en", tmp_path)
    assert search(index, "how sim")[0].id == "sim"


def test_equal_scores_go_by_id(tmp_path: Path) -> None:
    index = written([document(id, "Same words") for id in ("c", "a", "b")], "en", tmp_path)
    hits = search(index, "words")
    assert [hit.id for hit in hits] == ["a", "b", "c"]
    assert len({hit.score for hit in hits}) == 1


@pytest.mark.parametrize("query", ["", "   ", "?!", "।", "\ud800", "😀", "\x00"])
def test_a_query_without_words_finds_nothing(english: Index, query: str) -> None:
    assert search(english, query) == []


def test_long_queries_are_cut(english: Index) -> None:
    words = query_words(english, " ".join(f"w{n}" for n in range(1000)))
    assert len(words) == MOST_WORDS
    assert query_words(english, "x" * 10_000) == ["x" * MOST_CHARACTERS]


def test_the_limit_is_kept(hindi: Index) -> None:
    assert len(search(hindi, "पासवर्ड रिफंड पता नियम", 2)) == 2
