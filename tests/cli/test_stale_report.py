"""`kbtool stale --format html|markdown|csv|github`: the week for people who were not there."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from kbtool.errors import Exit
from tests.conftest import Kb

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DAY = ("--today", "2026-11-15")
VOID = {"meta", "br", "input"}


class Balanced(HTMLParser):
    """Fails for an element that is not closed where it has to be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") or name == "src" for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def html(kb: Kb, locale: str) -> str:
    done = kb.run("stale", "--format", "html", "--lang", locale, *DAY)
    assert done.exit == Exit.CLEAN, done.err
    return done.out


@pytest.mark.parametrize("locale", ["en", "hi"])
def test_one_page_without_scripts_or_other_files(own_site: Kb, locale: str) -> None:
    page = html(own_site, locale)
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    assert f'<html lang="{locale}"' in page
    assert "<script" not in page
    assert not re.search(r"url\(|@import|https?://|<link", page)
    assert {"stale", "gap"} <= set(re.findall(r'<section id="([\w-]+)"', page))
    assert page == html(own_site, locale), "the same counts give the same bytes"


def test_nothing_is_left_in_english_on_the_hindi_page(own_site: Kb) -> None:
    page = html(own_site, "hi")
    body = re.sub(
        r"<style>.*?</style>|<p class=.(?:files|topic).>.*?</p>|<title>.*?</title>",
        " ",
        page,
        flags=re.DOTALL,
    )
    words = re.findall(r"[A-Za-z][A-Za-z-]+", re.sub(r"<[^>]*>", " ", body.partition("<footer>")[0]))
    topics = {row["topic"] for row in rows(own_site)}
    allowed = {part for topic in topics for part in (topic, *topic.split("-"))} | {
        "kbtool",
        "NPS",
        "help",
        "PDF",
    }
    assert {word for word in words if word not in allowed and word.lower() not in allowed} <= {"kbtool's"}


def rows(kb: Kb) -> list[dict[str, str]]:
    done = kb.run("stale", "--format", "csv", *DAY)
    return list(csv.DictReader(io.StringIO(done.out)))


def test_a_row_per_signal_for_spreadsheets(own_site: Kb) -> None:
    found = rows(own_site)
    assert found[0]["signal"] == "stale"
    assert found[0]["topic"] == "hosting"
    assert "articles/hi/publishing/hosting.md" in found[0]["files"]
    assert float(found[0]["ratio"]) > float(found[0]["lower"]) > 1


def test_markdown_and_annotations(own_site: Kb) -> None:
    text = own_site.run("stale", "--format", "markdown", "--lang", "hi", *DAY).out
    assert text.startswith("# इस हफ़्ते किन लेखों को देखना है\n")
    assert "गुना (कम से कम" in text
    lines = own_site.run("stale", "--format", "github", *DAY).out.splitlines()
    assert lines[0].startswith(
        "::warning file=articles/en/publishing/hosting.md,line=1,title=stale::hosting: "
    )
    assert any(line.startswith("::notice title=gap::") for line in lines)


def test_texts_of_others_are_only_text(kb: Kb) -> None:
    kb.settings("locales: {en: English}\narticles: {defaults: {audience: public}}\ntickets: {path: t.csv}")
    kb.write(
        "t.csv",
        "topic,date,count\n"
        + "".join(f"<img src=x onerror=alert(1)>,2026-10-{d:02},9\n" for d in range(1, 29)),
    )
    page = kb.run("stale", "--format", "html", *DAY).out
    assert "<img" not in page
    assert "&lt;img" in page
    assert r"\<img" in kb.run("stale", "--format", "markdown", *DAY).out


def test_measures_are_a_table_that_sorts_without_a_script(kb: Kb, browser: Browser) -> None:
    kb.settings(
        "locales: {en: English, hi: हिन्दी}\narticles: {defaults: {audience: public}}\ntickets: {path: t.csv}"
    )
    table = {"busy": (30, 60.0), "happy": (20, 95.0), "rare": (1, 99.0)}
    text = "topic,date,count,csat,csat_n\n" + "".join(
        f"{topic},2026-W{week},{count},{csat},{max(1, count // 10)}\n"
        for week in range(20, 45)
        for topic, (count, csat) in table.items()
        if topic != "rare" or week > 40
    )
    kb.write("t.csv", text)
    done = kb.run("stale", "--format", "html", "-o", "out/report.html", *DAY)
    assert done.exit == Exit.CLEAN, done.err
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto((kb.root / "out/report.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shown = "[...document.querySelectorAll('.row')].sort((a, b) => a.getBoundingClientRect().y - "
        shown += "b.getBoundingClientRect().y).map(row => row.firstChild.textContent)"
        assert page.evaluate(shown) == ["busy", "happy", "rare"]
        page.locator("#metrics label", has_text="Satisfied").click()
        assert page.evaluate(shown) == ["busy", "happy", "rare"], "the least satisfied first, too few last"
        assert "60 % (39)" in page.locator(".row").first.inner_text()
        assert "too few (4)" in page.locator(".row").last.inner_text()
        page.close()
