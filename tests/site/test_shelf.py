"""What each locale has to offer, and in which order."""

from __future__ import annotations

from kbtool.model import Section
from kbtool.site.shelf import stock
from tests.samples import article, library


def test_a_missing_translation_is_a_fallback_under_the_readers_locale() -> None:
    shelf, findings = stock(library(article("a"), article("b"), article("b", "hi")))
    fallback, own = shelf.by_id["a"]["hi"], shelf.by_id["b"]["hi"]
    assert (fallback.url, fallback.is_fallback, fallback.article.locale) == ("hi/a/", True, "en")
    assert (own.url, own.is_fallback) == ("hi/b/", False)
    assert findings == []


def test_a_fallback_comes_from_the_first_locale_that_has_the_article() -> None:
    shelf, _ = stock(library(article("a", "hi"), article("a", "ar"), locales=("en", "hi", "ar")))
    assert shelf.by_id["a"]["en"].article.locale == "hi"


def test_a_translation_may_have_an_address_of_its_own() -> None:
    translated = article("वापसी", "hi", id="refund")
    shelf, findings = stock(library(article("refund"), translated))
    assert [item.url for item in shelf.items["hi"]] == ["hi/वापसी/"]
    assert findings == []


def test_a_fallback_never_takes_the_address_of_another_article() -> None:
    mine = article("refund", "hi", id="something-else", title="हिन्दी")
    shelf, findings = stock(library(article("refund"), mine))
    assert [item.article.title for item in shelf.items["hi"]] == ["हिन्दी"]
    assert {(f.rule, f.severity, f.where.path) for f in findings} == {
        ("fallback-clash", "warning", "articles/en/refund.md"),
        ("fallback-clash", "warning", "articles/hi/refund.md"),
    }
    of_english = next(f for f in findings if f.where.path == "articles/en/refund.md")
    assert "articles/hi/refund.md" in of_english.message
    assert "`id:`" in of_english.help


def test_order_is_section_then_list_then_name() -> None:
    sections = (
        Section("z", {"": "Z"}, order=("second", "first")),
        Section("a", {"": "A"}),
    )
    shelf, _ = stock(
        library(
            article("a/b"),
            article("a/a"),
            article("z/third"),
            article("z/first"),
            article("z/second"),
            article("top"),
            sections=sections,
        )
    )
    assert [item.article.rel for item in shelf.items["en"]] == [
        "top",
        "z/second",
        "z/first",
        "z/third",
        "a/a",
        "a/b",
    ]


def test_counts_hold_the_sections_inside_and_lists_leave_out_the_index() -> None:
    shelf, _ = stock(library(article("s/index"), article("s/a"), article("s/t/b"), article("s/t/b", "hi")))
    assert (shelf.count["en", "s"], shelf.listed["en", "s"], shelf.real["en", "s"]) == (3, 2, 3)
    assert (shelf.count["hi", "s"], shelf.listed["hi", "s"], shelf.real["hi", "s"]) == (3, 2, 1)
    assert shelf.index["hi", "s"].is_fallback
    assert [item.url for item in shelf.directly("en", "s")] == ["en/s/a/"]


def test_a_section_without_anything_to_show_is_not_offered() -> None:
    shelf, _ = stock(library(article("s/a"), sections=(Section("empty", {"": "Empty"}),)))
    assert [section.path for section in shelf.sections_in("en", "")] == ["s"]
