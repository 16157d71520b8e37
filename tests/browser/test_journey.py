"""What a customer does, in a real browser on the built site of kbtool itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import Kb

pytestmark = pytest.mark.browser
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}


@pytest.fixture(scope="module")
def base(own_site: Kb, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The site under the sub-path that its `site_url` names."""
    root = tmp_path_factory.mktemp("host")
    (root / "help").symlink_to(own_site.root / "site")
    return serve(root) + "/help"


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page that fails the test when the browser reports an error or asks another host."""
    context = browser.new_context(viewport=PHONE if request.param == "phone" else DESKTOP)  # type: ignore[arg-type]
    opened = context.new_page()
    problems: list[str] = []
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("request", lambda r: None if "://127.0.0.1:" in r.url else problems.append(r.url))
    yield opened
    context.close()
    assert problems == []


def open_search(page: Page) -> None:
    """Touch the search box that is there: the big one, the one in the header, or its button."""
    box = page.locator(".kb-search__input:visible")
    if not box.count():
        page.locator("[data-kb-search-open]:visible").click()
    page.locator(".kb-search__input:visible").first.click()


def hits(page: Page, query: str) -> list[str]:
    open_search(page)
    page.locator(".kb-search__input:visible").first.fill(query)
    page.locator(".kb-hit").first.wait_for()
    found: list[str] = page.locator(".kb-hit").evaluate_all("all => all.map(a => a.href)")
    return found


def test_hindi_search_first_hit_and_language_switch(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/")
    assert hits(page, "पुराने लेख")
    page.locator(".kb-hit").first.click()
    page.wait_for_url(f"{base}/hi/writing/find-stale-articles/")
    assert page.locator("h1").inner_text() == "पुराने पड़ चुके लेख पहचानें"
    page.locator(".kb-menu__button").first.click()
    page.locator(".kb-menu__link[hreflang=en]").first.click()
    page.wait_for_url(f"{base}/en/writing/find-stale-articles/")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("query", ["lekh kaise likhe", "लेख कैसे लिखें", "लेखख लिखना"])
def test_hinglish_and_misspelt_queries_find_the_same_article(page: Page, base: str, query: str) -> None:
    page.goto(f"{base}/hi/")
    assert hits(page, query)[0].endswith("hi/writing/write-article/")


def test_nothing_of_the_index_is_loaded_before_the_box_is_touched(page: Page, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}/hi/writing/write-article/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/search/" in url or "search-box" in url or "tables" in url]
    assert hits(page, "टिकट")
    loaded = [url for url in asked if "/search/" in url]
    assert loaded
    assert all("/search/hi/" in url for url in loaded)


def test_a_search_with_no_answer_offers_topics(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/")
    open_search(page)
    page.locator(".kb-search__input:visible").first.fill("qqqq")
    page.locator(".kb-search__topics:visible a").first.wait_for()
    page.locator(".kb-search__status:visible").filter(has_text="qqqq").wait_for()


def test_an_address_with_a_query_searches_at_once(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/?q=टिकट")
    page.locator(".kb-hit").first.wait_for()


def test_keyboard_alone_reaches_an_article(page: Page, base: str) -> None:
    page.goto(f"{base}/en/")
    page.keyboard.press("/")
    page.keyboard.type("hosting")
    page.locator(".kb-hit").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/en/publishing/hosting/")


def test_a_missing_translation_says_so_and_keeps_the_frame(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/publishing/settings/")
    assert page.locator("html").get_attribute("lang") == "hi"
    assert "हिन्दी में उपलब्ध नहीं" in page.locator("main").inner_text()
    assert page.locator(".kb-text").get_attribute("lang") == "en"


def test_faq_links_open_their_question(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/answers/faq/")
    assert page.locator("details.kb-question[open], .kb-faq details[open]").count() == 0
    id = page.locator("main details [id], main details[id]").first.get_attribute("id")
    page.goto(f"{base}/hi/answers/faq/#{id}")
    page.reload()
    page.locator("main details[open]").first.wait_for()


def test_the_scheme_is_kept_from_page_to_page(page: Page, base: str) -> None:
    page.goto(f"{base}/en/")
    page.locator("[data-kb-scheme]").click()
    chosen = page.locator("html").get_attribute("data-md-color-scheme")
    page.goto(f"{base}/hi/writing/languages/")
    assert page.locator("html").get_attribute("data-md-color-scheme") == chosen == "slate"


def test_pages_never_scroll_sideways(page: Page, base: str) -> None:
    for url in (
        "",
        "hi/",
        "hi/writing/write-article/",
        "en/publishing/settings/",
        "hi/answers/faq/",
        "hi/404.html",
    ):
        page.goto(f"{base}/{url}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, url


def test_without_javascript_everything_can_be_read(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(base)
    page.locator("main a[hreflang=hi], a[lang=hi]").first.click()
    page.locator(".kb-cards a:visible").first.click()
    page.locator("main h1").wait_for()
    page.locator(".kb-list a:visible").first.click()
    assert page.locator(".kb-text p").count()
    page.goto(f"{base}/hi/answers/faq/")
    page.locator("main summary").first.click()
    assert page.locator("main details[open]").count() == 1
    page.locator(".kb-menu__button").first.click()
    page.locator(".kb-menu__link[hreflang=en]").first.click()
    page.wait_for_url(f"{base}/en/answers/faq/")
    context.close()


def test_an_address_that_cannot_be_decoded_breaks_nothing(page: Page, base: str) -> None:
    page.goto(f"{base}/en/answers/faq/#100%")
    assert hits(page, "stale articles")
