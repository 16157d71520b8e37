"""A new site takes the place of the old one while somebody searches: answers are those of one release."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from tests.conftest import Kb

pytestmark = pytest.mark.browser
OPEN = """async ([script, base]) => {
  const { openIndex } = await import(script);
  window.kbIndex = await openIndex(base, "en");
}"""
ASK = "async (query) => (await window.kbIndex.search(query, 10)).map(({ title }) => title)"


def publish(kb: Kb, word: str) -> Path:
    """Publish a version that says so in every title; its folder. No file of its index is as before."""
    other = " other" * (1 + sum(word.encode()) % 7)
    for n in range(3):
        kb.write(f"articles/en/a{n}.md", f"---\ntitle: {word} {n}\n---\n\nRefund {word} form {n}{other}.\n")
    built = kb.run("build", "--audience", "public", "-q")
    assert built.exit == 0, built.err
    return kb.root / "site"


@pytest.fixture
def page(kb: Kb, browser: Browser, serve: Callable[[Path], str]) -> Iterator[Page]:
    """A page of the first version, from which the script of the search can be used."""
    site = publish(kb, "old")
    page = browser.new_page()
    page.goto(f"{serve(site)}/en/")
    yield page
    page.close()


def opening(page: Page, kb: Kb) -> list[str]:
    script = next((kb.root / "site").glob("assets/kb-*/search.js")).relative_to(kb.root / "site")
    return [f"/{script.as_posix()}", page.url.replace("/en/", "/search/en/")]


def titles(page: Page, query: str) -> list[str]:
    found: list[str] = page.evaluate(ASK, query)
    return found


def index_file(kb: Kb, kind: str) -> Path:
    return next(iter(sorted((kb.root / "site/search/en").glob(f"{kind}-*.json"))))


def test_a_query_after_the_exchange_is_answered_from_the_new_release(page: Page, kb: Kb) -> None:
    page.evaluate(OPEN, opening(page, kb))
    publish(kb, "new")
    assert titles(page, "refund form") == ["new 0", "new 1", "new 2"]
    assert titles(page, "old") == []


def test_an_index_that_was_read_stays_of_its_release(page: Page, kb: Kb) -> None:
    page.evaluate(OPEN, opening(page, kb))
    assert titles(page, "refund form") == ["old 0", "old 1", "old 2"]
    publish(kb, "new")
    assert titles(page, "refund form") == ["old 0", "old 1", "old 2"]


def test_queries_at_the_same_time_all_come_to_the_new_release(page: Page, kb: Kb) -> None:
    page.evaluate(OPEN, opening(page, kb))
    publish(kb, "new")
    both = page.evaluate(
        "async (queries) => Promise.all(queries.map(async (q) => (await window.kbIndex.search(q)).length))",
        ["refund", "form", "refund form", "other"],
    )
    assert both == [3, 3, 3, 3]


@pytest.mark.parametrize("times", [1, 2])
def test_an_exchange_while_it_is_opened(page: Page, kb: Kb, times: int) -> None:
    left = list(range(times))

    def exchange(route: Route) -> None:
        answer = route.fetch()
        if left:
            publish(kb, f"new{left.pop()}")
        route.fulfill(response=answer)

    page.route("**/manifest.json", exchange)
    page.evaluate(OPEN, opening(page, kb))
    assert titles(page, "refund form") == ["new0 0", "new0 1", "new0 2"]


def test_an_exchange_in_the_same_second_is_seen(page: Page, kb: Kb) -> None:
    """Servers tell by the second whether a file has changed."""
    page.evaluate(OPEN, opening(page, kb))
    manifest = kb.root / "site/search/en/manifest.json"
    at = manifest.stat().st_mtime
    publish(kb, "new")
    os.utime(manifest, (at, at))
    assert titles(page, "refund form") == ["new 0", "new 1", "new 2"]


def test_a_release_that_comes_back_is_found_though_the_browser_saw_it_missing(page: Page, kb: Kb) -> None:
    page.evaluate(OPEN, opening(page, kb))
    publish(kb, "new")
    assert titles(page, "refund form") == ["new 0", "new 1", "new 2"]
    assert kb.run("rollback").exit == 0
    page.evaluate(OPEN, opening(page, kb))
    assert titles(page, "refund form") == ["old 0", "old 1", "old 2"]


@pytest.mark.parametrize("kind", ["words", "shards", "postings", "passages"])
@pytest.mark.parametrize("what", ["missing", "damaged"])
def test_a_file_that_is_not_as_it_was_is_no_answer(page: Page, kb: Kb, kind: str, what: str) -> None:
    file = index_file(kb, kind)
    if what == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b" ")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    failed: Any = page.evaluate(
        f"""async (place) => {{
          try {{ await ({OPEN})(place); await ({ASK})("refund form"); return ""; }}
          catch (error) {{ return error.message; }}
        }}""",
        opening(page, kb),
    )
    assert file.name in failed
    assert ("404" if what == "missing" else "damaged") in failed
    assert sum(url.endswith("manifest.json") for url in asked) == 2, "it does not try for ever"
    assert json.loads((file.parent / "manifest.json").read_text(encoding="utf-8"))["version"] == 4


def test_the_search_box_answers_from_the_new_release(page: Page, kb: Kb) -> None:
    box = page.locator(".kb-search__input").first
    box.fill("zzzzzz")  # opens the index, and needs no postings
    page.wait_for_selector(".kb-search__panel--message")
    publish(kb, "new")
    box.fill("refund form")
    page.wait_for_selector(".kb-hit__title:has-text('new 1')")
    assert page.locator(".kb-hit__title").all_inner_texts() == ["new 0", "new 1", "new 2"]
