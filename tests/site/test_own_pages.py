"""The pages of search results and of all articles never take somebody's address."""

from __future__ import annotations

import pytest

from kbtool.model import Article, Library, Page
from kbtool.site.own_pages import OwnPages, own_pages
from kbtool.site.plan import plan
from kbtool.site.shelf import stock
from tests.samples import article, library


def names(*articles: Article) -> OwnPages:
    return own_pages(stock(library(*articles))[0])


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["a"], ("search", "a-z")),
        (["search"], ("search-results", "a-z")),
        (["search/tips"], ("search-results", "a-z")),
        (["search", "search-results", "a-z/b", "all-articles"], ("search-2", "a-z-2")),
        (["s/search", "s/a-z"], ("search", "a-z")),
    ],
)
def test_the_first_free_name_is_taken(ids: list[str], expected: tuple[str, str]) -> None:
    found = names(*(article(id) for id in ids))
    assert (found.search, found.a_z) == expected


def test_it_is_free_in_all_locales() -> None:
    assert names(article("a"), article("search", "hi")).search == "search-results"


def pages(lib: Library, kind: str) -> dict[str, Page]:
    shelf, _ = stock(lib)
    names = dict.fromkeys(lib.locales, "Name")
    site = plan(shelf, "public", base="https://h.example/", names=names, titles=names)
    return {page.locale: page for page in site.pages if page.kind == kind}


def test_the_search_page_is_for_readers_alone() -> None:
    found = pages(library(article("s/a")), "search")
    assert {page.url for page in found.values()} == {"en/search/", "hi/search/"}
    for page in found.values():
        assert (page.indexed, page.canonical, page.alternates) == (False, "", ())
        assert {choice.url for choice in page.switch} == {"en/search/", "hi/search/"}


def test_all_articles_stand_under_their_letters_with_their_section() -> None:
    lib = library(article("s/b", title="beta"), article("s/a", title="Alpha"), article("c", title="Ångström"))
    page = pages(lib, "a-z")["en"]
    assert [(letter.name, [entry.title for entry in letter.entries]) for letter in page.letters] == [
        ("A", ["Alpha", "Ångström"]),
        ("B", ["beta"]),
    ]
    assert [entry.section for letter in page.letters for entry in letter.entries] == ["S", "", "S"]
    assert {alternate.hreflang for alternate in page.alternates} == {"en", "hi", "x-default"}
    assert page.indexed


def test_what_is_not_translated_says_its_language() -> None:
    lib = library(article("a", title="Alpha"), article("b", "hi", title="बीटा"))
    found = pages(lib, "a-z")["hi"]
    assert [(entry.title, entry.locale) for letter in found.letters for entry in letter.entries] == [
        ("बीटा", ""),
        ("Alpha", "en"),
    ]
