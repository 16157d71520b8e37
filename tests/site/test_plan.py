"""The plan of a site: every page, its languages, its address for search engines, its navigation."""

from __future__ import annotations

from kbtool.model import Article, Library, Page, Section, SitePlan
from kbtool.site.plan import plan, same_addresses
from kbtool.site.shelf import stock
from tests.samples import article, library

BASE = "https://help.example.com/support/"
NAMES = {"en": "English", "hi": "हिन्दी", "ar": "العربية"}


def planned(lib: Library, base: str = BASE) -> SitePlan:
    shelf, findings = stock(lib)
    assert findings == []
    return plan(shelf, "public", base=base, names=NAMES, titles=dict.fromkeys(lib.locales, "Help"))


def at(site: SitePlan, url: str) -> Page:
    return next(page for page in site.pages if page.url == url)


def of(*articles: Article, base: str = BASE) -> SitePlan:
    return planned(library(*articles), base)


def alternates(page: Page) -> dict[str, str]:
    return {alternate.hreflang: alternate.href.removeprefix(BASE) for alternate in page.alternates}


def test_every_kind_of_page_is_there_in_every_locale() -> None:
    site = of(article("s/a"), article("s/q", type="faq"))
    assert [(page.kind, page.path) for page in site.pages] == [
        ("chooser", "index.html"),
        ("home", "en/index.html"),
        ("section", "en/s/index.html"),
        ("article", "en/s/a/index.html"),
        ("faq", "en/s/q/index.html"),
        ("search", "en/search/index.html"),
        ("a-z", "en/a-z/index.html"),
        ("not-found", "en/404.html"),
        ("home", "hi/index.html"),
        ("section", "hi/s/index.html"),
        ("article", "hi/s/a/index.html"),
        ("faq", "hi/s/q/index.html"),
        ("search", "hi/search/index.html"),
        ("a-z", "hi/a-z/index.html"),
        ("not-found", "hi/404.html"),
        ("not-found", "404.html"),
    ]


def test_real_translations_name_each_other_and_the_source_is_the_default() -> None:
    site = of(article("a"), article("a", "hi"))
    both = {"en": "en/a/", "hi": "hi/a/", "x-default": "en/a/"}
    assert alternates(at(site, "en/a/")) == alternates(at(site, "hi/a/")) == both
    assert at(site, "hi/a/").canonical == BASE + "hi/a/"


def test_a_fallback_is_no_translation() -> None:
    site = of(article("a"))
    page = at(site, "hi/a/")
    assert page.fallback
    assert (page.locale, page.content_locale) == ("hi", "en")
    assert page.canonical == BASE + "en/a/"
    assert page.alternates == ()
    assert not page.indexed
    assert alternates(at(site, "en/a/")) == {"en": "en/a/", "x-default": "en/a/"}


def test_homes_name_each_other_and_the_chooser_is_the_default() -> None:
    site = of(article("a"))
    for url in ("", "en/", "hi/"):
        assert alternates(at(site, url)) == {"en": "en/", "hi": "hi/", "x-default": ""}
        assert at(site, url).canonical == BASE + url


def test_the_language_switch_stays_on_the_article() -> None:
    site = of(article("a"), article("वापसी", "hi", id="a"), article("b"))
    assert [(s.url, s.current, s.translated) for s in at(site, "en/a/").switch] == [
        ("en/a/", True, True),
        ("hi/वापसी/", False, True),
    ]
    assert [(s.url, s.current, s.translated) for s in at(site, "hi/b/").switch] == [
        ("en/b/", False, True),
        ("hi/b/", True, False),
    ]
    assert [s.name for s in at(site, "en/a/").switch] == ["English", "हिन्दी"]


def test_a_section_is_indexed_where_it_has_something_in_that_language() -> None:
    site = of(article("s/index"), article("s/a"), article("s/a", "hi"), article("t/b"))
    ours = at(site, "hi/s/")
    assert ours.indexed
    assert ours.content_locale == "en", "its introduction is a fallback"
    assert ours.canonical == BASE + "hi/s/"
    assert alternates(ours) == {"en": "en/s/", "hi": "hi/s/", "x-default": "en/s/"}
    theirs = at(site, "hi/t/")
    assert not theirs.indexed
    assert theirs.canonical == BASE + "en/t/"
    assert theirs.alternates == ()


def test_pages_for_missing_addresses_are_never_indexed() -> None:
    site = of(article("a"))
    for url in ("404.html", "en/404.html", "hi/404.html"):
        page = at(site, url)
        assert not page.indexed
        assert page.canonical == ""
        assert page.alternates == ()
    assert at(site, "hi/404.html").locale == "hi"


def test_without_a_base_there_are_no_absolute_addresses() -> None:
    site = of(article("a"), article("a", "hi"), base="")
    assert {page.canonical for page in site.pages} == {""}
    assert {page.alternates for page in site.pages} == {()}


def test_crumbs_lead_from_home_through_the_sections() -> None:
    site = of(article("s/t/a"))
    assert [(c.title, c.url) for c in at(site, "en/s/t/a/").crumbs] == [
        ("Help", "en/"),
        ("S", "en/s/"),
        ("T", "en/s/t/"),
    ]
    assert [c.url for c in at(site, "en/s/t/").crumbs] == ["en/", "en/s/"]


def test_the_navigation_opens_the_way_to_the_page() -> None:
    site = of(article("s/a"), article("s/t/b"), article("z/c"))
    opened, closed = at(site, "en/s/t/b/").nav
    assert (opened.url, opened.current, [link.url for link in opened.entries]) == (
        "en/s/",
        True,
        ["en/s/a/"],
    )
    assert [link.url for link in opened.children[0].entries] == ["en/s/t/b/"]
    assert (closed.url, closed.current, closed.entries) == ("en/z/", False, ())


def test_neighbours_stay_inside_the_section() -> None:
    site = of(article("s/a"), article("s/b"), article("t/c"))
    first, last = at(site, "en/s/a/"), at(site, "en/s/b/")
    assert first.previous is None
    assert first.next is not None
    assert first.next.url == last.url
    assert last.previous is not None
    assert last.next is None


def test_the_index_of_a_section_is_its_page_and_not_in_its_list() -> None:
    site = of(article("s/index", description="About S."), article("s/a"))
    page = at(site, "en/s/")
    assert page.article is not None
    assert page.description == "About S."
    assert [entry.url for entry in page.entries] == ["en/s/a/"]
    assert at(site, "en/").sections[0].count == 1


def test_titles_in_links_keep_their_marks_in_place_among_text_from_the_right() -> None:
    both = article("s/a"), article("s/a", "ar", title="متى؟")
    site = planned(library(*both, article("s/b", title="Why?"), locales=("en", "ar")))
    page = at(site, "ar/s/a/")
    assert page.next is not None
    assert page.next.title == "\u2066Why?\u2069"
    assert [link.title for link in page.nav[0].entries] == ["متى؟", "\u2066Why?\u2069"]
    assert at(site, "ar/s/b/").title == "Why?"


def test_a_section_without_a_title_is_called_as_its_index_in_each_language() -> None:
    index, there = article("s/index", title="Send"), article("s/index", "hi", title="भेजें")
    lib = library(index, there, article("s/a"), article("t/index", title="Pay"), article("t/b", "hi"))
    site = planned(lib)
    assert [section.title for section in at(site, "hi/").sections] == ["भेजें", "T"]
    assert [section.title for section in at(site, "en/").sections] == ["Send", "Pay"]
    assert at(site, "hi/s/").title == at(site, "hi/s/a/").crumbs[-1].title == "भेजें"
    named = library(index, article("s/a"), sections=(Section("s", {"": "S", "en": "Named"}),))
    assert at(planned(named), "en/s/").title == "Named"


def test_entries_of_a_fallback_say_their_language() -> None:
    site = of(article("s/a"), article("s/b"), article("s/b", "hi"))
    assert [(e.title, e.locale) for e in at(site, "hi/s/").entries] == [("a en", "en"), ("b hi", "")]


def test_an_article_at_the_address_of_a_section_is_an_error() -> None:
    site = of(article("refunds"), article("refunds/how-long"))
    findings = list(same_addresses(site.pages))
    assert {(f.rule, f.severity, f.where.path) for f in findings} == {
        ("duplicate-url", "error", "articles/en/refunds.md"),
    }
    assert "en/refunds/" in findings[0].message
    assert "index.md" in findings[0].help


def test_two_folders_with_one_address_are_an_error() -> None:
    site = of(article("Foo Bar/a"), article("foo-bar/b"))
    assert {f.rule for f in same_addresses(site.pages)} == {"duplicate-url"}


def test_pages_of_a_sound_plan_have_addresses_of_their_own() -> None:
    site = of(article("a"), article("s/index"), article("s/a"), article("s/t/a"), article("index"))
    assert list(same_addresses(site.pages)) == []
    paths = [page.path for page in site.pages]
    assert len(paths) == len(set(paths))
