"""Filling slots: links between articles, pictures, files, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kbtool.content.protected import AGENTS, Hidden, Why
from kbtool.model import Article, Page
from kbtool.site.links import Filled, Links, used_files
from kbtool.site.shelf import stock
from tests.samples import article, library, page_of, rendered

REFUND = article("refunds/how-long")
REFUND_HI = article("refunds/how-long", "hi")
LOGIN = article("account/login")
INDEX = article("refunds/index")
ALL = (REFUND, REFUND_HI, LOGIN, INDEX)


def fill(
    html: str,
    page: Page,
    *articles: Article,
    assets: Mapping[str, Path] | None = None,
    layout: str = "{locale}/{path}",
) -> Filled:
    shelf, _ = stock(library(*(articles or ALL)))
    return Links(shelf, assets or {}, layout).fill(rendered(html), page)


ON_REFUND = page_of(REFUND, "en", "en/refunds/how-long/")
ON_REFUND_HI = page_of(REFUND_HI, "hi", "hi/refunds/how-long/")
ON_LOGIN_FALLBACK = page_of(LOGIN, "hi", "hi/account/login/")


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("../account/login.md", "../../account/login/"),
        ("../account/login.md#reset", "../../account/login/#reset"),
        ("../account/login.md?x=1#reset", "../../account/login/#reset"),
        ("./../account/./login.md", "../../account/login/"),
        ("index.md", "../"),
        ("how-long.md", "./"),
        ("../../hi/refunds/how-long.md", "../../../hi/refunds/how-long/"),
        ("../account/logi%6E.md", "../../account/login/"),
    ],
)
def test_a_link_to_an_article_becomes_its_address(written: str, href: str) -> None:
    filled = fill(f'<p><a href="{written}" title="t">x</a></p>', ON_REFUND)
    assert filled == Filled(f'<p><a href="{href}" title="t">x</a></p>')


def test_a_link_stays_in_the_language_of_the_reader() -> None:
    link = '<a href="../account/login.md">x</a>'
    assert fill(link, ON_REFUND_HI).html == '<a href="../../account/login/">x</a>'
    back = '<a href="../refunds/how-long.md">x</a>'
    assert fill(back, ON_LOGIN_FALLBACK).html == '<a href="../../refunds/how-long/">x</a>'


def test_a_link_to_a_translation_with_a_name_of_its_own() -> None:
    translated = article("refunds/वापसी", "hi", id="refunds/how-long")
    there = page_of(article("refunds/a", "hi"), "hi", "hi/refunds/a/")
    filled = fill('<a href="वापसी.md">x</a>', there, REFUND, translated, article("refunds/a", "hi"))
    assert filled.html == ('<a href="../%E0%A4%B5%E0%A4%BE%E0%A4%AA%E0%A4%B8%E0%A5%80/">x</a>')


def test_one_locale_without_a_folder_of_its_own() -> None:
    one, two = article("s/a"), article("b")
    filled = fill('<a href="../b.md">x</a>', page_of(one, "en", "en/s/a/"), one, two, layout="{path}")
    assert filled.html == '<a href="../../b/">x</a>'


def test_links_and_pictures_in_a_layout_of_another_system(tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    picture.write_bytes(b"png")
    html = '<a href="../b.md">x</a><a href="../../../hi/docs/b.md">y</a><img src="../img/p.png" alt="z">'
    one, two, third = article("s/a", "hi"), article("b"), article("b", "hi")
    filled = fill(
        html,
        page_of(one, "hi", "hi/s/a/"),
        one,
        two,
        third,
        assets={"en/docs/img/p.png": picture},
        layout="{locale}/docs/{path}",
    )
    assert filled.findings == ()
    assert '<a href="../../b/">x</a><a href="../../b/">y</a>' in filled.html
    assert list(filled.files.values()) == [picture]


@pytest.mark.parametrize(
    "written", ["gone.md", "../secret/plan.md#x", "/en/refunds/how-long.md", "how-long", ""]
)
def test_a_link_to_nothing_loses_its_address_and_is_reported(written: str) -> None:
    filled = fill(f'<p><a href="{written}">words</a></p>', ON_REFUND)
    assert filled.html == "<p><a>words</a></p>"
    assert [(f.rule, f.severity) for f in filled.findings] == [("broken-link", "warning")]
    assert filled.findings[0].help


def test_other_addresses_stay_as_they_are() -> None:
    html = '<a href="https://example.com/x">a</a> <a href="mailto:a@example.com">b</a> <a href="#here">c</a>'
    assert fill(html, ON_REFUND) == Filled(html)


def test_findings_stand_where_the_target_is_written_repeats_in_turn() -> None:
    body = "one [a](gone.md)\n\ntwo [b](gone.md) and ![c](no.png)\n"
    written = article("refunds/how-long", body=body, body_line=4)
    html = '<a href="gone.md">a</a><a href="gone.md">b</a><img src="no.png" alt="c">'
    filled = fill(html, page_of(written, "en", "en/refunds/how-long/"), written)
    assert [(f.rule, f.where.line, f.where.column) for f in filled.findings] == [
        ("broken-link", 4, 9),
        ("broken-link", 6, 9),
        ("missing-image", 6, 27),
    ]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "My Pic.PNG"
    file.write_bytes(b"picture")
    return file


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("en/refunds/My Pic.PNG", "My%20Pic.PNG"),
        ("en/refunds/img/My Pic.PNG", "img/My%20Pic.PNG"),
        ("_assets/My Pic.PNG", "My%20Pic.PNG"),
        ("_assets/My Pic.PNG", "../../_assets/My%20Pic.PNG"),
    ],
)
def test_a_picture_is_published_with_a_fingerprint(picture: Path, place: str, written: str) -> None:
    filled = fill(f'<img alt="p" src="{written}">', ON_REFUND, assets={place: picture})
    ((url, file),) = filled.files.items()
    assert url.startswith("assets/files/my-pic-")
    assert url.endswith(".png")
    assert file == picture
    assert filled.html == f'<img alt="p" src="../../../{url}">'
    assert filled.findings == ()


def test_a_translation_falls_back_to_the_picture_of_its_source(picture: Path) -> None:
    html = '<img alt="p" src="p.png">'
    assets = {"en/refunds/p.png": picture}
    assert fill(html, ON_REFUND_HI, assets=assets).files == fill(html, ON_REFUND, assets=assets).files != {}


def test_a_file_is_never_taken_from_outside_the_articles(picture: Path) -> None:
    html = f'<img alt="p" src="../../../{picture.name}"> <a href="{picture}">x</a>'
    filled = fill(html, ON_REFUND, assets={"en/refunds/p.png": picture})
    assert filled.files == {}
    assert len(filled.findings) == 2


def test_other_bytes_get_another_name(tmp_path: Path) -> None:
    names = set()
    for content in (b"1", b"2"):
        file = tmp_path / "p.png"
        file.write_bytes(content)
        names |= set(fill('<img src="p.png">', ON_REFUND, assets={"en/refunds/p.png": file}).files)
    assert len(names) == 2


def test_a_link_to_a_file_publishes_it(picture: Path) -> None:
    filled = fill('<a href="p.png">x</a>', ON_REFUND, assets={"en/refunds/p.png": picture})
    assert list(filled.files.values()) == [picture]
    assert filled.html.startswith('<a href="../../../assets/files/my-pic-')


def test_a_missing_picture_becomes_its_words() -> None:
    filled = fill('<p><img alt="a &amp; b" src="no.png"><img src="no2.png"></p>', ON_REFUND)
    assert filled.html == '<p><span class="kb-missing-image">a &amp; b</span></p>'
    assert [f.rule for f in filled.findings] == ["missing-image", "missing-image"]


@pytest.mark.parametrize("address", ["https://example.com/p.png", "//example.com/p.png"])
def test_a_picture_of_another_site_is_a_link_and_never_fetched(address: str) -> None:
    filled = fill(f'<img alt="a &lt;cat>" src="{address}"><img src="{address}">', ON_REFUND)
    assert filled.html == '<a class="kb-remote-image" href="https://example.com/p.png">a &lt;cat&gt;</a>'
    assert [(f.rule, f.severity) for f in filled.findings] == [("remote-image", "warning")] * 2
    assert "shown as a link" in filled.findings[0].message


def test_a_film_of_another_site_is_left_out() -> None:
    filled = fill('<video src="https://example.com/a.mp4" poster="p.png" controls></video>', ON_REFUND)
    assert filled.html == '<video controls=""></video>'
    assert {f.rule for f in filled.findings} == {"remote-image", "missing-file"}
    assert "left out" in filled.findings[0].message + filled.findings[1].message


def test_an_address_cannot_break_out_of_its_attribute(tmp_path: Path) -> None:
    file = tmp_path / 'a"onload="x.png'
    file.write_bytes(b"x")
    filled = fill(
        "<img src='a&quot;onload=&quot;x.png'>", ON_REFUND, assets={"en/refunds/" + file.name: file}
    )
    assert filled.html.count('"') == 2


def test_all_files_of_a_tree_are_collected_once(picture: Path) -> None:
    html, assets = '<img src="p.png">', {"en/refunds/p.png": picture}
    shelf, _ = stock(library(*ALL))
    links = Links(shelf, assets, "{locale}/{path}")
    pages = [links.fill(rendered(html), page) for page in (ON_REFUND, ON_REFUND_HI)]
    assert list(used_files(pages).values()) == [picture]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("../secret/plan.md", "<a>x</a>"),
        ("/en/secret/plan/", "<a>x</a>"),
        ("https://help.example.com/en/secret/plan/", "<a>x</a>"),
        ("https://help.example.com/en/account/login/", None),
    ],
)
@pytest.mark.parametrize(("reason", "severity"), [(AGENTS, "error"), ("not yet published", "warning")])
def test_what_leads_to_something_protected_is_dropped_and_told(
    written: str, left: str | None, reason: str, severity: str
) -> None:
    why = Why(reason, "articles/en/secret/plan.md")
    hidden = Hidden({"en/secret/plan": why}, site_url="https://help.example.com/", strict=True)
    shelf, _ = stock(library(*ALL))
    links = Links(shelf, {}, "{locale}/{path}", hidden)
    filled = links.fill(rendered(f'<a href="{written}">x</a>'), ON_REFUND)
    assert filled.html == (left or f'<a href="{written}">x</a>')
    told = [(finding.severity, finding.about) for finding in filled.findings]
    assert told == ([(severity, why.path)] if left else [])


def test_a_picture_from_an_address_of_something_protected_is_no_link() -> None:
    hidden = Hidden({"en/secret/plan": Why(AGENTS)}, site_url="https://help.example.com/", strict=True)
    shelf, _ = stock(library(*ALL))
    html = '<img alt="words" src="https://help.example.com/en/secret/plan/">'
    filled = Links(shelf, {}, "{locale}/{path}", hidden).fill(rendered(html), ON_REFUND)
    assert filled.html == '<span class="kb-missing-image">words</span>'
    assert [finding.rule for finding in filled.findings] == ["protected-target"]
