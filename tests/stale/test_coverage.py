"""Which articles answer a topic."""

from __future__ import annotations

from datetime import date

import pytest

from kbtool.stale.coverage import answers, coverage
from tests.stale.stale_data import TODAY, article, library


def test_the_article_that_lists_a_topic_first_comes_first() -> None:
    found = coverage(
        library(article("a", "x", "refund"), article("b", "refund"), article("c", "refund")), TODAY
    )
    assert found.articles["refund"] == ("b", "c", "a")


def test_versions_of_an_article_are_one_article_in_two_locales() -> None:
    found = coverage(
        library(
            article("a", "x", locale="hi", reviewed=date(2026, 5, 1)),
            article("a", "x", reviewed=date(2026, 1, 1)),
        ),
        TODAY,
    )
    assert found.articles == {"x": ("a",)}
    assert found.locales == {"x": frozenset({"en", "hi"})}
    assert found.reviewed == {"x": date(2026, 1, 1)}


def test_drafts_and_archived_articles_answer_nothing() -> None:
    found = coverage(library(article("a", "x", status="draft"), article("b", "x", status="archived")), TODAY)
    assert found.articles == {}


def test_topics_are_compared_as_ticket_files_are_read() -> None:
    assert coverage(library(article("a", " cafe\u0301 ")), TODAY).articles == {"café": ("a",)}


@pytest.mark.parametrize(
    ("locale", "locales", "served"),
    [
        ("en", ["en"], True),
        ("en-IN", ["en"], True),
        ("EN", ["en"], True),
        ("en", ["en-IN"], False),
        ("eng", ["en"], False),
    ],
)
def test_answers(locale: str, locales: list[str], served: bool) -> None:
    assert answers(locale, locales) is served
