"""sitemap.xml: what is indexed, with translations, in valid XML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

from kbtool.model import Alternate, Article, Page, SitePlan
from kbtool.site.plan import plan
from kbtool.site.shelf import stock
from kbtool.site.sitemap import sitemap
from tests.samples import article, library

BASE = "https://help.example.com/support/"
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def planned(*articles: Article, base: str = BASE) -> SitePlan:
    shelf, _ = stock(library(*articles))
    return plan(shelf, "public", base=base, names={"en": "E", "hi": "H"}, titles={"en": "Help", "hi": "मदद"})


def rows(text: str) -> dict[str, ET.Element]:
    root = ET.fromstring(text)  # noqa: S314 - our own output
    return {
        url.findtext("s:loc", "", SPACES).removeprefix(BASE): url for url in root.findall("s:url", SPACES)
    }


def test_it_holds_indexed_pages_only() -> None:
    found = rows(sitemap(planned(article("s/a"), article("s/b"), article("s/b", "hi"))))
    own, a_z = ["", "en/", "en/s/", "en/s/a/", "en/s/b/"], ["en/a-z/", "hi/a-z/"]
    assert list(found) == [*own, a_z[0], "hi/", "hi/s/", "hi/s/b/", a_z[1]]


def test_translations_are_named_with_absolute_addresses() -> None:
    row = rows(sitemap(planned(article("b"), article("b", "hi"))))["hi/b/"]
    links = {link.get("hreflang"): link.get("href") for link in row.findall("x:link", SPACES)}
    assert links == {"en": BASE + "en/b/", "hi": BASE + "hi/b/", "x-default": BASE + "en/b/"}


def test_the_date_is_that_of_the_review_and_never_made_up() -> None:
    found = rows(sitemap(planned(article("a", reviewed=date(2026, 3, 4)), article("b"))))
    assert found["en/a/"].findtext("s:lastmod", None, SPACES) == "2026-03-04"
    assert found["en/b/"].find("s:lastmod", SPACES) is None


def test_other_scripts_are_percent_encoded() -> None:
    text = sitemap(planned(article("नीति", "hi")))
    assert text.isascii()
    assert "hi/%E0%A4%A8%E0%A5%80%E0%A4%A4%E0%A4%BF/" in rows(text)


def test_markup_in_an_address_stays_text() -> None:
    site = planned(article("a"))
    page = Page("article", "x", "a&b'c]]>/", "en", "t", alternates=(Alternate("en", BASE + 'a"&<'),))
    found = rows(sitemap(replace(site, pages=(page,))))
    assert list(found) == ["a&b'c]]%3E/"]


def test_without_a_base_there_is_none() -> None:
    assert sitemap(planned(article("a"), base="")) == ""
