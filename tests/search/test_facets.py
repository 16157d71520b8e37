"""Counts of values among the articles that were found."""

from __future__ import annotations

from datetime import date

from kbtool.search.facets import facets
from kbtool.search.facts import Facts

TODAY = date(2026, 11, 26)
FOUND = [
    (
        "en",
        Facts("a", "a/", "A", section="orders", owner="asha", tags=("card", "upi"), reviewed="2026-11-01"),
    ),
    ("en", Facts("b", "b/", "B", section="orders", tags=("upi",), reviewed="2024-01-01", review_every=90)),
    ("hi", Facts("a", "a/", "अ", section="account", owner="asha")),
]


def test_every_value_is_counted_the_most_frequent_first() -> None:
    found = facets(FOUND, TODAY)
    assert list(found["section"].items()) == [("orders", 2), ("account", 1)]
    assert list(found["tag"].items()) == [("upi", 2), ("card", 1)]
    assert found["owner"] == {"asha": 2}
    assert found["lang"] == {"en": 2, "hi": 1}
    assert found["reviewed"] == {"in time": 1, "no": 1, "overdue": 1}


def test_what_no_article_has_is_no_facet() -> None:
    assert "product" not in facets(FOUND, TODAY)
    assert facets([], TODAY) == {}
