"""The search as readers meet it: the box while typing, the page of results, other languages, no results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Kb

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 860}}


@pytest.fixture(scope="module")
def base(own_site: Kb, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The site under the sub-path that its `site_url` names."""
    root = tmp_path_factory.mktemp("host")
    (root / "help").symlink_to(own_site.root / "site")
    return serve(root) + "/help"


@pytest.fixture(scope="module")
def shop(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `kbtool init` starts with, built, with ways to reach people."""
    root = tmp_path_factory.mktemp("shop")
    assert Kb(root).run("init", "help").exit == 0
    settings = root / "help" / "mkdocs.yml"
    contact = 'contact: {mail: help@shop.example, whatsapp: "+91 98765 43210"}'
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("      search:\n", f"      {contact}\n      search:\n"), encoding="utf-8"
    )
    ran = Kb(root / "help").run("build")
    assert ran.exit == 0, ran.err
    return serve(root / "help" / "site")


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page that fails the test when the browser reports an error or asks another host."""
    context = browser.new_context(viewport=SIZES[request.param], locale="hi-IN")  # type: ignore[arg-type]
    opened = context.new_page()
    problems: list[str] = []
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("request", lambda r: None if "://127.0.0.1:" in r.url else problems.append(r.url))
    yield opened
    context.close()
    assert problems == []


def box(page: Page) -> Any:
    """The box that is there, opened."""
    if not page.locator(".kb-search__input:visible").count():
        page.locator("[data-kb-search-open]:visible").click()
    found = page.locator(".kb-search__input:visible").first
    found.click()
    return found


def typed(page: Page, query: str) -> None:
    box(page).fill(query)
    page.locator(".kb-search__status:visible").filter(has_text="…").wait_for(state="hidden")


def titles(page: Page, where: str = ".kb-search__results") -> list[str]:
    page.locator(f"{where} .kb-hit").first.wait_for()
    found: list[str] = page.locator(f"{where} .kb-hit").evaluate_all("all => all.map(a => a.pathname)")
    return found


def fetched(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.mark.parametrize("query", ["refund kaise milega", "रिफंड कैसे मिलेगा", "रीफंड", "refnd", "पैसे वापस"])
def test_the_refund_article_is_among_the_first_three(page: Page, shop: str, query: str) -> None:
    page.goto(f"{shop}/hi/")
    typed(page, query)
    assert "/hi/orders/refund/" in titles(page)[:3]


def test_hinglish_with_enough_hits_asks_no_other_language(page: Page, base: str) -> None:
    asked = fetched(page)
    page.goto(f"{base}/hi/")
    typed(page, "lekh kaise likhe")
    assert len(titles(page)) >= 3
    page.wait_for_timeout(300)
    assert not [url for url in asked if "/search/en/" in url]
    assert page.locator(".kb-search__group").count() == 0


def test_an_english_question_on_a_hindi_page_has_its_answers_first(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/")
    typed(page, "how do i undo what i published")
    first = page.locator(".kb-search__results [role=group]").first
    first.wait_for()
    assert first.locator(".kb-search__group").inner_text() == "अंग्रेज़ी में नतीजे"
    assert first.locator(".kb-hit").first.get_attribute("lang") == "en"
    assert titles(page)[0] == "/help/en/publishing/publish/"
    assert len(titles(page)) == len(set(titles(page)))


def test_few_own_hits_are_followed_by_those_of_another_language(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/")
    typed(page, "rollback")
    page.locator(".kb-search__group").wait_for()
    found = titles(page)
    assert found[0].startswith("/help/hi/")
    assert any(path.startswith("/help/en/") for path in found)


def test_the_chosen_result_stays_chosen_when_another_language_answers(page: Page, base: str) -> None:
    held: list[Any] = []
    chosen: list[Any] = []
    page.route("**/help/search/en/**", lambda route: route.continue_() if chosen else held.append(route))
    page.goto(f"{base}/hi/")
    typed(page, "rollback")
    titles(page)
    page.keyboard.press("ArrowDown")
    chosen.append(box(page).get_attribute("aria-activedescendant"))
    for route in held:
        route.continue_()
    page.locator(".kb-search__group").wait_for()
    assert chosen[0]
    assert box(page).get_attribute("aria-activedescendant") == chosen[0]


def test_another_language_is_asked_when_the_reader_wants_it(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/")
    typed(page, "लेख प्रकाशित करें")
    own = titles(page)
    page.locator(".kb-search__other").click()
    page.locator(".kb-search__other").wait_for(state="hidden")
    assert titles(page)[: len(own)] == own, "what was there stays where it was"


def test_what_was_probably_meant(page: Page, base: str) -> None:
    page.goto(f"{base}/en/")
    typed(page, "publsh an artcle")
    page.locator(".kb-search__meant:visible button").click()
    page.locator(".kb-search__meant").wait_for(state="hidden")
    assert page.locator(".kb-search__input:visible").first.input_value() == "publish an article"
    assert titles(page)


def test_words_are_marked_whole(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/")
    typed(page, "पुराने लेख")
    titles(page)
    marked = page.locator(".kb-hit mark").all_inner_texts()
    assert {"पुराने", "लेख"} <= set(marked)
    broken = page.evaluate(
        """() => [...document.querySelectorAll(".kb-hit mark")].filter((mark) => {
          const after = mark.nextSibling?.textContent ?? "", before = mark.previousSibling?.textContent ?? "";
          return /^[\\p{L}\\p{M}]/u.test(after) || /[\\p{L}\\p{M}]$/u.test(before);
        }).map((mark) => mark.parentNode.textContent)"""
    )
    assert broken == []


def test_marks_of_folded_words_and_of_scripts_without_spaces(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/")
    script = page.locator("script[type=module]").first.get_attribute("src") or ""
    box_script = script.replace("ui.js", "search-box.js")
    split = """async ([box, text, words, locale]) => {
      const { split } = await import(new URL(box, location.href).href);
      return split(text, new Set(words), locale).map(([piece, hit]) => hit ? `[${piece}]` : piece).join("");
    }"""
    cases = [
        ("फ़ोन पर, फोनों में", ["फोन"], "hi", "[फ़ोन] पर, फोनों में"),
        ("Réset the Café", ["cafe", "reset"], "en", "[Réset] the [Café]"),
        ("退款需要三天。", ["退款", "三天", "天"], "zh", "[退款]需要[三天]。"),
        ("วิธีเปลี่ยนรหัสผ่าน", ["รหัส"], "th", "วิธีเปลี่ยน[รหัส]ผ่าน"),
        ("<b>refund</b>", ["refund"], "en", "<b>[refund]</b>"),
        ("", ["x"], "en", ""),
    ]
    for text, words, locale, expected in cases:
        assert page.evaluate(split, [box_script, text, words, locale]) == expected


def test_no_result_leads_to_topics_and_people_with_the_question_kept(page: Page, shop: str) -> None:
    page.goto(f"{shop}/hi/account/reset-password/")
    typed(page, "orders zzzqqq xxyyww")
    box(page).fill("zzzqqq")
    page.locator(".kb-search__topics:visible a").first.wait_for()
    page.locator(".kb-search__status:visible", has_text="zzzqqq").wait_for()
    assert page.locator(".kb-search__status:visible").inner_text() == "“zzzqqq” के लिए कुछ नहीं मिला"
    links = page.locator(".kb-contact a").evaluate_all("all => all.map(a => a.href)")
    assert any(link.startswith("mailto:help@shop.example?subject=zzzqqq&body=") for link in links)
    assert any(link.startswith("https://wa.me/919876543210?text=") and "zzzqqq" in link for link in links)
    box(page).fill("रिफंड")
    page.locator(".kb-search__results .kb-hit").first.wait_for()
    links = page.locator(".kb-contact a").evaluate_all("all => all.map(a => a.href)")
    assert not [link for link in links if "zzzqqq" in link]


def test_enter_leads_to_the_page_of_results_which_can_be_kept(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/writing/languages/")
    typed(page, "purane lekh")
    found = titles(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/hi/search/?q=purane+lekh")
    assert titles(page, ".kb-results")[: len(found)] == found
    assert page.title().startswith("“purane lekh” – ")
    assert page.locator(".kb-search__input").input_value() == "purane lekh"
    box(page).fill("टिकट")
    page.wait_for_url(f"{base}/hi/search/?q=*%E0%A4%9F*")
    page.locator(".kb-search__input").fill("लेख लिखें")
    page.keyboard.press("Enter")
    page.wait_for_function("document.title.includes('लेख लिखें')")
    page.go_back()
    page.wait_for_function("document.querySelector('.kb-search__input').value === 'टिकट'")
    page.go_back()
    page.wait_for_url(f"{base}/hi/writing/languages/")


def test_back_and_forward_show_their_questions(page: Page, base: str) -> None:
    page.goto(f"{base}/en/search/?q=hosting")
    titles(page, ".kb-results")
    page.locator(".kb-search__input").fill("publsh tickets")
    page.locator(".kb-results__meant:visible button").click()
    page.wait_for_url(f"{base}/en/search/?q=publish+tickets")
    page.go_back()
    page.wait_for_function("document.querySelector('.kb-search__input').value === 'publsh tickets'")
    assert titles(page, ".kb-results")


def test_the_page_of_results_says_when_there_are_none(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/search/?q=zzzqqq")
    page.locator(".kb-results__status").filter(has_text="zzzqqq").wait_for()
    assert page.locator(".kb-results__tip").is_visible()
    assert page.locator(".kb-card").count() > 3
    link = page.locator('.kb-contact a[href^="mailto:"]').get_attribute("href")
    assert link
    assert "zzzqqq" in link


def test_an_english_question_on_the_page_of_results(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/search/?q=how+do+i+undo+what+i+published")
    page.locator(".kb-results__group").first.wait_for()
    assert page.locator(".kb-results__group").all_inner_texts()[:2] == ["अंग्रेज़ी में नतीजे", "हिन्दी में नतीजे"]


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script><img src=x onerror=alert(1)>", "\x00", "😀", "\ud83d", '"', "(" * 199]
)
def test_odd_questions_break_nothing(page: Page, base: str, query: str) -> None:
    page.goto(f"{base}/hi/")
    field = box(page)
    field.evaluate("(field, text) => { field.value = text; field.dispatchEvent(new Event('input')); }", query)
    page.locator(".kb-search__status:visible").first.wait_for()
    page.wait_for_timeout(200)
    assert page.locator(".kb-search__panel script, .kb-search__panel img").count() == 0


def test_a_megabyte_is_cut(page: Page, base: str) -> None:
    page.goto(f"{base}/en/")
    field = box(page)
    field.evaluate(
        "(field) => { field.value = 'refund '.repeat(150000); field.dispatchEvent(new Event('input')); }"
    )
    titles(page)


def test_keys_alone(page: Page, base: str) -> None:
    page.goto(f"{base}/en/writing/languages/")
    page.keyboard.press("/")
    page.keyboard.type("hosting")
    page.locator(".kb-search__all[href$='q=hosting']").wait_for()
    field = page.locator(".kb-search__input:visible").first
    page.keyboard.press("ArrowDown")
    chosen = field.get_attribute("aria-activedescendant")
    assert chosen
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    page.locator(".kb-search__panel").wait_for(state="hidden")
    page.keyboard.press("/")
    titles(page)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "kb-search__all":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/en/search/?q=hosting")
    titles(page, ".kb-results")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "kb-hit":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/en/publishing/hosting/")


def names(page: Page) -> dict[str, list[str]]:
    """What a screen reader is told: role -> names, of what is not ignored."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    found: dict[str, list[str]] = {}
    for node in nodes:
        if not node.get("ignored"):
            role, name = node["role"]["value"], node.get("name", {}).get("value", "")
            found.setdefault(role, []).append(name)
    return found


def test_names_for_screen_readers(page: Page, base: str) -> None:
    page.goto(f"{base}/hi/")
    typed(page, "how do i undo what i published")
    page.locator(".kb-search__group").first.wait_for()
    told = names(page)
    assert "सहायता केंद्र में खोजें" in told["combobox"] + told.get("searchbox", []) + told.get("textbox", [])
    assert told["listbox"] == ["खोज के नतीजे"]
    assert [name for name in told["group"] if name][:2] == ["अंग्रेज़ी में नतीजे", "हिन्दी में नतीजे"]
    assert len(told["option"]) == len(titles(page))
    assert all(told["option"])
    assert all(name for name in told["button"])
    assert page.locator("[role=status]").first.inner_text() == "10 नतीजे"
    page.goto(f"{base}/hi/search/?q=टिकट")
    titles(page, ".kb-results")
    told = names(page)
    assert all(told["link"])
    assert "खोज के नतीजे" in told["heading"]
    assert "नतीजे" in page.locator(".kb-results [role=status]").inner_text()


def test_without_scripts_the_form_leads_to_all_articles(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=SIZES["phone"])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{base}/hi/")
    page.locator(".kb-search__input:visible").fill("रिफंड")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hi/search/?q=*")
    page.locator("main a[href*='a-z']").first.click()
    page.wait_for_url(f"{base}/hi/a-z/")
    page.locator(".kb-letters a").nth(2).click()
    page.locator(".kb-letter a").first.click()
    assert page.locator("main h1").count() == 1
    context.close()


@pytest.fixture(scope="module")
def large(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Forty-five articles about parcels, and one of them in two other languages."""
    kb = Kb(tmp_path_factory.mktemp("large"))
    kb.settings("locales: {en: English, hi: हिन्दी, de: Deutsch}\narticles: {defaults: {audience: public}}")
    for n in range(45):
        kb.write(f"articles/en/p{n}.md", f"---\ntitle: Parcel {n}\n---\nWhere the parcel is.\n")
    kb.write("articles/hi/h.md", "---\ntitle: Parcel पार्सल\n---\nपार्सल कहाँ है।\n")
    kb.write("articles/de/d.md", "---\ntitle: Parcel Paket\n---\nWo das Paket ist.\n")
    ran = kb.run("build", "--audience", "public")
    assert ran.exit == 0, ran.err
    return serve(kb.root / "site")


def test_any_number_of_results_is_counted(page: Page, large: str) -> None:
    page.goto(f"{large}/en/search/?q=parcel")
    for count in (20, 40):
        page.locator(".kb-results__status").filter(has_text=str(count)).wait_for()
        page.locator(".kb-results__more").click()
    page.locator(".kb-results__status").filter(has_text="45").wait_for()
    assert len(titles(page, ".kb-results")) == 45


def test_every_other_language_can_be_asked_in_turn(page: Page, large: str) -> None:
    page.goto(f"{large}/en/")
    typed(page, "parcel")
    page.wait_for_function("document.querySelectorAll('.kb-search__other').length === 2")
    for left in (1, 0):
        page.locator(".kb-search__other:visible").first.click()
        page.wait_for_function(f"document.querySelectorAll('.kb-search__other').length === {left}")
    assert page.locator(".kb-search__group").count() == 2
