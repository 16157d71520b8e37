"""Related articles: about the same things, the same in any order, never far-fetched, never quadratic."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.search.analysis import analysis_of
from kbtool.search.facts import Facts
from kbtool.search.related import LISTED, MOST, TELLING, _champions, _terms, _weighted, related
from kbtool.search.texts import Document
from tests.search.library import document

SHOP = [
    document("refund", "How to get a refund", "Refunds for cancelled orders arrive on your card."),
    document("late-refund", "A refund is late", "When a refund does not arrive on your card, write to us."),
    document("password", "Reset your password", "You forgot your password? Choose a new one by mail."),
    document("mail", "Change your mail address", "We send the password link to the new mail address."),
    document("parcel", "Where is my parcel", "Follow the parcel with its tracking number."),
    document("cancel", "Cancel an order", "A cancelled order is refunded to your card."),
]


def test_articles_about_the_same_things_are_related() -> None:
    found = related(SHOP, "en")
    assert set(found["refund"]) == {"late-refund", "cancel"}
    assert found["password"] == ("mail",)
    assert found["parcel"] == ()


def test_hindi() -> None:
    found = related(
        [
            document("a", "रिफंड कैसे मिलेगा", "ऑर्डर रद्द करने पर रिफंड मिलता है।"),
            document("b", "रिफंड में देर", "रिफंड न मिले तो हमें लिखें।"),
            document("c", "पासवर्ड बदलें", "नया पासवर्ड बनाएँ।"),
            document("d", "पता बदलें", "पार्सल निकलने से पहले।"),
            document("e", "बिल कहाँ है", "बिल खाते में दिखता है।"),
        ],
        "hi",
    )
    assert found["a"] == ("b",)


def test_what_topics_and_tags_two_share_counts() -> None:
    def one(id: str, topics: tuple[str, ...] = (), tags: tuple[str, ...] = ()) -> Document:
        facts = Facts(id, f"{id}/", id, topics=topics, tags=tags)
        text = f"{id} alone"
        return Document(id, f"{id}/", text, "", "", "public", {"title": text, "body": text}, facts)

    listed = [one("aa", ("t",)), one("bb", ("t",)), one("cc", (), ("x",)), one("dd", (), ("x",)), one("ee")]
    found = related([*listed, *(one(f"other{n}") for n in range(4))], "en")
    assert (found["aa"], found["cc"], found["ee"]) == (("bb",), ("dd",), ())


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_documents(count: int) -> None:
    found = related(SHOP[:count], "en")
    assert len(found) == count
    assert all(id not in ids for id, ids in found.items())


def test_empty_documents_are_related_to_none() -> None:
    assert set(related([document(id, "") for id in "abcdef"], "en").values()) == {()}


def test_code_and_tables_are_not_looked_at() -> None:
    texts = ["\tpip install thing", "\tpip install thing", "water", "fire", "wood"]
    listed = [replace(document(f"d{n}", f"title{n}", text), description="") for n, text in enumerate(texts)]
    assert set(related(listed, "en").values()) == {()}


WORDS = st.lists(st.sampled_from(["refund", "card", "order", "mail", "अ", "रिफंड", "बिल", "退款"]), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), max_size=9), st.randoms(use_true_random=False))
def test_any_order_gives_the_same(texts: list[tuple[list[str], list[str]]], chance: random.Random) -> None:
    listed = [document(f"d{n}", " ".join(title), " ".join(body)) for n, (title, body) in enumerate(texts)]
    found = related(listed, "en")
    assert set(found) == {one.id for one in listed}
    for id, ids in found.items():
        assert id not in ids
        assert len(set(ids)) == len(ids) <= MOST
    chance.shuffle(listed)
    assert related(listed, "en") == found


def test_the_work_for_one_document_is_bounded() -> None:
    """Whatever the number of documents: so many words, and so many documents each."""
    listed = [document(f"d{n:04}", f"refund card {n % 50}x", "order mail parcel") for n in range(400)]
    weights = _weighted([_terms(one, analysis_of(one, "en").about) for one in listed])
    champions = _champions(weights)
    assert max(map(len, champions.values())) <= LISTED
    assert TELLING * LISTED < 2_000
