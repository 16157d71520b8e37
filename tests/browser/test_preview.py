"""What a writer sees while writing: a real preview in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.previewed import Preview

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import Kb

pytestmark = pytest.mark.browser
WITHIN = 3000  # milliseconds from a save to what it changes on the screen
LONG = "\n\n".join(f"Paragraph {number} of many." for number in range(80))


def article(title: str, text: str = "Some words.", more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n{text}\n"


@pytest.fixture
def preview(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    """A help center with two articles, served."""
    monkeypatch.chdir(kb.root)
    kb.write("articles/en/a/one.md", article("One", f"First words.\n\n{LONG}"))
    kb.write("articles/en/a/two.md", article("Two"))
    kb.write("articles/hi/a/one.md", article("एक", "पहले शब्द।"))
    with Preview(kb.root) as running:
        yield running


@pytest.fixture
def pages(browser: Browser) -> Iterator[list[Page]]:
    """Pages of two browsers; the test fails when one of them reports a mistake of a script."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 800}) for _ in "ab"]
    opened = [context.new_page() for context in contexts]
    problems: list[str] = []
    for page in opened:
        page.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(pages: list[Page]) -> Page:
    """One page."""
    return pages[0]


def sees(page: Page, text: str) -> None:
    page.get_by_text(text).first.wait_for(timeout=WITHIN)


def no_longer_sees(page: Page, selector: str) -> None:
    page.locator(selector).first.wait_for(state="hidden", timeout=WITHIN)


def test_an_edit_appears_by_itself_in_two_browsers_where_they_were(
    kb: Kb, preview: Preview, pages: list[Page]
) -> None:
    for page in pages:
        page.goto(f"{preview.url}en/a/one/")
        page.evaluate("scrollTo(0, 900)")
    pages[1].goto(f"{preview.url}hi/a/one/")
    kb.write("articles/en/a/one.md", article("One", f"Second words.\n\n{LONG}"))
    kb.write("articles/hi/a/one.md", article("एक", "दूसरे शब्द।"))
    sees(pages[0], "Second words.")
    sees(pages[1], "दूसरे शब्द।")
    pages[0].wait_for_function("scrollY > 890 && scrollY < 910", timeout=WITHIN)


def test_a_broken_save_shows_its_line_in_the_page_and_a_mended_one_goes_on(
    kb: Kb, preview: Preview, page: Page
) -> None:
    page.goto(f"{preview.url}hi/a/one/")
    kb.write("articles/en/a/two.md", "---\ntitle: [Two\n---\n")
    panel = page.locator(".kb-problems")
    panel.wait_for(timeout=WITHIN)
    assert "पहले शब्द।" in page.locator("article").inner_text(), "the page stays"
    assert panel.locator(".kb-problem__where").inner_text() == "articles/en/a/two.md:2:8"
    assert panel.locator(".kb-problem__line").inner_text().split() == ["2title:", "[Two"]
    assert panel.locator(".kb-problem__at").inner_text() == "["
    assert panel.locator(".kb-problem__help").inner_text() == "close it with ]"
    assert "गलती" in panel.locator("h2").inner_text(), "in the reader's language"
    panel.get_by_role("button").click()
    assert not panel.is_visible()
    page.locator("[data-kb-preview-show]").click()
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    page.goto(f"{preview.url}en/a/two/")
    panel.wait_for(timeout=WITHIN)
    assert page.locator("h1").inner_text() == "Two", "the last good page"
    kb.write("articles/en/a/two.md", article("Two, mended"))
    sees(page, "Two, mended")
    assert not panel.is_visible()
    assert not page.locator("[data-kb-preview-show]").is_visible()


def test_what_a_broken_save_holds_is_never_read_as_a_page(kb: Kb, preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}en/a/one/")
    kb.write("articles/en/a/two.md", "---\ntitle: [<img src=x onerror=document.title='bad'>\n---\n")
    page.locator(".kb-problems").wait_for(timeout=WITHIN)
    assert page.locator(".kb-problem__line").inner_text().endswith("onerror=document.title='bad'>")
    assert page.title() != "bad"
    assert page.locator(".kb-problems img").count() == 0


def test_new_renamed_and_deleted_articles(kb: Kb, preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}en/a/")
    kb.write("articles/en/a/three.md", article("Three"))
    sees(page, "Three")
    page.locator(".kb-list__link", has_text="Three").click()
    (kb.root / "articles/en/a/three.md").rename(kb.root / "articles/en/a/four.md")
    sees(page, "This page could not be found")
    page.goto(f"{preview.url}en/a/four/")
    (kb.root / "articles/en/a/four.md").unlink()
    sees(page, "This page could not be found")
    kb.write("articles/en/a/four.md", article("Four is back"))
    sees(page, "Four is back")


def test_settings_and_templates(kb: Kb, preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}en/a/one/")
    kb.write("own/templates/_footer.html", "<footer>Our own foot</footer>\n")
    own = (
        "locales: {en: English, hi: हिन्दी}\nidentity: {colour: red}\narticles: {defaults: {audience: public}}"
    )
    kb.settings(own, top="theme: {name: material, custom_dir: own}")
    sees(page, "Our own foot")
    assert page.locator("html").get_attribute("data-md-color-primary") == "red"
    kb.write("own/templates/_footer.html", "<footer>Another foot</footer>\n")
    sees(page, "Another foot")
    kb.write("own/templates/_footer.html", "<footer>{% if %}</footer>\n")
    page.locator(".kb-problems").wait_for(timeout=WITHIN)
    assert "own/templates/_footer.html:1" in page.locator(".kb-problem").inner_text()
    assert page.get_by_text("Another foot").is_visible()
    kb.write("own/templates/_footer.html", "<footer>Mended foot</footer>\n")
    sees(page, "Mended foot")


def test_drafts_and_what_is_for_agents_are_marked_in_lists_pages_and_search(
    kb: Kb, preview: Preview, page: Page
) -> None:
    page.goto(f"{preview.url}hi/a/")
    kb.write("articles/hi/a/three.md", article("तीसरा लेख", more="status: draft\n"))
    kb.write("articles/hi/a/four.md", article("चौथा लेख", more="audience: agents\npublish_at: 2026-12-24\n"))
    sees(page, "तीसरा लेख")
    entry = page.locator(".kb-list__item", has_text="तीसरा लेख")
    assert entry.locator(".kb-badge--draft").inner_text() == "ड्राफ़्ट"
    assert page.locator(".kb-nav__articles .kb-badge--draft").is_visible()
    page.locator(".kb-list__link", has_text="चौथा लेख").click()
    bar = page.locator(".kb-preview")
    assert "24 दिसंबर 2026" in bar.inner_text()
    assert "एजेंट" in bar.inner_text()
    assert "articles/hi/a/four.md" in bar.inner_text()
    page.locator("[data-kb-search-open]:visible, .kb-search__input:visible").first.click()
    page.locator(".kb-search__input:visible").fill("तीसरा")
    hit = page.locator(".kb-hit").first
    hit.wait_for()
    assert "ड्राफ़्ट" in hit.inner_text()


def test_a_question_that_was_open_stays_open(kb: Kb, preview: Preview, page: Page) -> None:
    faq = "## How long?\n\n{}\n\n## How much?\n\nNothing.\n"
    kb.write("articles/en/a/faq.md", article("Questions", faq.format("A day."), more="type: faq\n"))
    preview.built()
    page.goto(f"{preview.url}en/a/faq/")
    page.locator("summary", has_text="How long?").click()
    kb.write("articles/en/a/faq.md", article("Questions", faq.format("Two days."), more="type: faq\n"))
    page.get_by_text("Two days.").wait_for(timeout=WITHIN)
    assert not page.get_by_text("Nothing.").is_visible()


def test_a_page_that_nobody_looks_at_catches_up_when_it_is_shown(
    kb: Kb, preview: Preview, page: Page
) -> None:
    page.goto(f"{preview.url}en/a/two/")
    hide = """hidden => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    }"""
    page.evaluate(hide, arg=True)
    kb.write("articles/en/a/two.md", article("Two", "Other words."))
    preview.built()
    page.wait_for_timeout(300)
    assert page.get_by_text("Some words.").is_visible()
    page.evaluate(hide, arg=False)
    sees(page, "Other words.")


def test_the_page_says_when_the_preview_has_ended(kb: Kb, page: Page) -> None:
    kb.write("articles/en/a.md", article("A"))
    with Preview(kb.root) as preview:
        page.goto(f"{preview.url}en/a/")
        page.wait_for_function("!document.querySelector('[data-kb-preview-ended]:not([hidden])')")
    sees(page, "The preview has ended.")
    no_longer_sees(page, ".kb-problems")
