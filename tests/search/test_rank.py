from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kbtool.search.files import Snapshot
from kbtool.search.rank import search
from kbtool.search.reader import Index
from kbtool.search.weights import AGAIN, FEWEST_PASSAGES
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
        ("reimbursement", "refund"),
    ],
)
def test_english_questions_find_their_article(english: Index, query: str, wanted: str) -> None:
    assert search(english, query)[0].id == wanted


def test_chinese_questions_find_their_article(tmp_path: Path) -> None:
    documents = [
        document("refund", "如何退款", "取消订单后三天内退款。"),
        document("password", "重置密码", "忘记密码时请重置。"),
        document("address", "更改地址", "发货前可以更改地址。"),
    ]
    index = written(documents, "zh", tmp_path)
    for query, wanted in (("怎么退款", "refund"), ("忘记了密码怎么办", "password"), ("改地址", "address")):
        assert search(index, query)[0].id == wanted, query


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
    ids = ["c", "a", "b"]
    index = written([document(id, "Same words") for id in ids], "en", tmp_path)
    hits = search(index, "words")
    assert [hit.id for hit in hits] == sorted(ids)
    assert len({hit.score for hit in hits}) == 1


@pytest.mark.parametrize("query", ["", "   ", "?!", "।", "\ud800", "😀", "\x00"])
def test_a_query_without_words_finds_nothing(english: Index, query: str) -> None:
    assert search(english, query) == []


def test_the_limit_is_kept(hindi: Index) -> None:
    assert len(search(hindi, "पासवर्ड रिफंड पता नियम", 2)) == 2


def test_an_answer_that_is_confined_holds_all_it_may_and_nothing_else(english: Index) -> None:
    hits = search(english, "parcel", among=["password", "delivery", "no such article"])
    assert [hit.id for hit in hits] == ["delivery", "password"]
    assert hits[0].score > hits[1].score == 0
    assert [hit.id for hit in search(english, "", among=["password"])] == ["password"]
    assert search(english, "parcel", among=[]) == []


def test_scores_fall_from_hit_to_hit(hindi: Index) -> None:
    scores = [hit.score for hit in search(hindi, "पासवर्ड रिफंड पता नियम")]
    assert len(scores) > 2
    assert scores == sorted(scores, reverse=True)


MANY = [
    document(f"d{n}", f"Refund {'of parcels ' * (n % 3)}", f"Refund parcel money {'refund ' * (n % 5)} w{n}.")
    for n in range(3 * AGAIN)
]


def counting(monkeypatch: pytest.MonkeyPatch, folder: Path) -> tuple[Index, Callable[[], dict[str, int]]]:
    """An index of many articles, and how many of its files of each kind were read."""
    read: list[str] = []
    real = Snapshot.read

    def noted(self: Snapshot, name: str) -> Any:
        read.append(name)
        return real(self, name)

    index = written(MANY, "en", folder)
    monkeypatch.setattr(Snapshot, "read", noted)

    def counts() -> dict[str, int]:
        assert len(set(read)) == len(read), "nothing twice"
        return {kind: sum(name.startswith(kind) for name in read) for kind in ("postings", "passages")}

    return index, counts


def test_only_the_first_are_judged_by_their_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index, counts = counting(monkeypatch, tmp_path)
    assert len(search(index, "refund parcel", 10)) == 10
    assert counts()["passages"] == AGAIN


@pytest.mark.parametrize("requests", [1, 4, 6])
def test_no_more_shards_are_asked_for_than_the_manifest_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, requests: int
) -> None:
    index, counts = counting(monkeypatch, tmp_path)
    index.requests = requests
    hits = search(index, "refund parcel money", 1)
    found = counts()
    assert found["postings"] == 1
    assert found["passages"] <= max(1, requests - 1)
    assert len(hits) == 1


def test_what_was_read_first_costs_no_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbtool.search.build.SMALL", 2)
    index, counts = counting(monkeypatch, tmp_path)
    index.requests = 2
    assert len(search(index, "refund parcel money", 1)) == 1
    found = counts()
    assert found["postings"] == 0
    assert found["passages"] == 2


def test_words_that_weigh_most_are_looked_up_first(tmp_path: Path) -> None:
    letters = "bcdfghjklm"
    documents = [
        document(f"d{n}", "", " ".join(f"{a}{b}{letters[n % 10]}{n}word" for a in letters for b in letters))
        for n in range(20)
    ]
    rare = document("rare", "", "Quokka")
    common = [document(f"c{n}", "", "Wallaby") for n in range(20)]
    index = written([*documents, rare, *common], "en", tmp_path)
    names = index.vocabulary.names
    stems = names.index("quokka"), names.index("wallabi")
    assert len({index.shard_of_stem(stem) for stem in stems}) == 2, "otherwise this tells nothing"
    both = {hit.id for hit in search(index, "wallaby quokka", 100)}
    assert both == {"rare", *(f"c{n}" for n in range(20))}
    index.requests = FEWEST_PASSAGES + 1
    assert [hit.id for hit in search(index, "wallaby quokka", 100)] == ["rare"]
