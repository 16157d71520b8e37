"""Subjects of tickets to topics: any language, only what is sure."""

from __future__ import annotations

import pytest

from kbtool.search.subjects import LEAST_CONFIDENCE, Subjects
from kbtool.search.texts import Document
from kbtool.search.tongue import Tongue


def document(id: str, title: str, body: str) -> Document:
    return Document(
        id,
        "",
        title,
        "",
        "",
        "public",
        {"title": title, "headings": "", "body": body, "aliases": "", "tags": ""},
    )


DOCUMENTS = {
    "en": [
        document("refund", "Refund not received", "When the money of a refund has not arrived."),
        document("late", "Late delivery", "What to do when a parcel is late."),
        document("size", "Exchange for another size", "How to swap shoes for a larger size."),
        document("quiet", "Working hours", "When the office is open."),
    ],
    "hi": [
        document("refund", "रिफंड नहीं मिला", "रिफंड का पैसा न आए तो क्या करें।"),
        document("late", "डिलीवरी में देरी", "पार्सल देर से आए तो क्या करें।"),
        document("size", "दूसरे साइज़ से बदलना", "जूते बड़े साइज़ से कैसे बदलें।"),
    ],
}
TOPICS = {"refund": "money", "late": "delivery", "size": "exchange"}


@pytest.fixture(scope="module")
def subjects() -> Subjects:
    return Subjects(DOCUMENTS, TOPICS)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("refund not received yet", "money"),
        ("mera refund nahi mila", "money"),
        ("रिफंड नहीं मिला", "money"),
        ("refnd not recieved, order 4711009", "money"),
        ("parcel late", "delivery"),
        ("डिलीवरी में देरी", "delivery"),
        ("joote dusre size se badalna", "exchange"),
    ],
)
def test_every_language_leads_to_the_topic(subjects: Subjects, text: str, topic: str) -> None:
    match = subjects.match(text)
    assert match
    assert match.topic == topic
    assert match.confidence >= LEAST_CONFIDENCE


@pytest.mark.parametrize(
    "text", ["", "hello", "नमस्ते", "987654321012", "please help me", "refund late size", "when?"]
)
def test_what_is_not_sure_has_no_topic(subjects: Subjects, text: str) -> None:
    assert subjects.match(text) is None


def test_an_article_without_a_topic_competes_and_is_never_matched(subjects: Subjects) -> None:
    best = subjects.best("working hours of the office")
    assert best
    assert (best.id, best.topic) == ("quiet", "")
    assert subjects.match("working hours of the office") is None


def test_many_at_once_are_answered_as_one_by_one(subjects: Subjects) -> None:
    texts = ["refund not received yet", "hello", "parcel late", "refund not received yet"]
    assert subjects.matches(texts) == [subjects.match(text) for text in texts]


def test_articles_of_one_topic_do_not_compete() -> None:
    twins = {
        "en": [document("a", "Refund form", "Fill in."), document("b", "Refund form", "Fill in.")]
        + DOCUMENTS["en"]
    }
    apart = Subjects(twins, {"a": "x", "b": "y"} | TOPICS).best("refund form")
    together = Subjects(twins, {"a": "x", "b": "x"} | TOPICS).best("refund form")
    assert apart
    assert together
    assert together.topic == "x"
    assert apart.confidence < together.confidence


def test_no_articles_no_topics() -> None:
    assert Subjects({}, {}).matches(["refund"]) == [None]


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("where is my refund", "en"),
        ("refund", "en"),
        ("रिफंड status", "hi"),
        ("refund kaise milega", "hi"),
        ("der se aaya parcel", "hi"),
        ("", "en"),
        ("12345", "en"),
    ],
)
def test_the_language_somebody_writes_in(text: str, locale: str) -> None:
    texts = {
        tag: [f"{one.title} {one.fields['body']}" for one in listed] for tag, listed in DOCUMENTS.items()
    }
    assert Tongue(("en", "hi"), texts).of(text) == locale
    assert Tongue(("en",), texts).of(text) == ""
