"""In which language a question is, as far as the index of the page's language can tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from kbtool.search.format import index_dir

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Kb

pytestmark = pytest.mark.browser
JUDGED = Path(__file__).parents[2] / "search" / "queries.yml"
ASK = """async ([script, base, locale, queries]) => {
  const { openIndex } = await import(script);
  const { isForeign, isGuess } = await import(script.replace("search.js", "search-more.js"));
  const index = await openIndex(base, locale);
  const found = {};
  for (const query of queries) {
    const hits = await index.search(query, 1);
    found[query] = isForeign(query, hits.index) || isGuess(query, hits.index);
  }
  return found;
}"""
Ask = Callable[[str, list[str]], dict[str, bool]]


@pytest.fixture(scope="module")
def elsewhere(own_site: Kb, browser: Browser, serve: Callable[[Path], str]) -> Ask:
    """For each query whether another language should be asked first."""
    site = own_site.root / "site"
    script = "/" + next(site.glob("assets/kb-*/search.js")).relative_to(site).as_posix()
    base = serve(site)

    def ask(locale: str, queries: list[str]) -> dict[str, bool]:
        page = browser.new_page()
        page.goto(f"{base}/{locale}/404.html")
        found: dict[str, bool] = page.evaluate(ASK, [script, f"{base}/{index_dir(locale)}", locale, queries])
        page.close()
        return found

    return ask


def judged(locale: str) -> list[str]:
    listed = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))
    return [query["text"] for query in listed if query["lang"] == locale]


@pytest.mark.parametrize("locale", ["en", "hi"])
def test_no_query_in_the_pages_language_leads_elsewhere(elsewhere: Ask, locale: str) -> None:
    found = elsewhere(locale, judged(locale))
    assert [query for query, away in found.items() if away] == []


def test_english_questions_on_a_hindi_page_lead_to_english(elsewhere: Ask) -> None:
    asked = [
        "How do I undo what I just published?",
        "Can I see what the site will look like next month?",
        "where are the logs",
        "larger text size",
        "what does it cost",
    ]
    assert elsewhere("hi", asked) == dict.fromkeys(asked, True)


def test_most_longer_english_questions_do(elsewhere: Ask) -> None:
    long = [query for query in judged("en") if len(query.split()) >= 4]
    assert sum(elsewhere("hi", long).values()) >= 0.7 * len(long)


def test_hindi_on_an_english_page_leads_to_hindi_unless_the_words_are_known(elsewhere: Ask) -> None:
    asked = ["पुराने लेख कैसे पहचानें", "ग्राहक को क्या दिखेगा"]
    assert elsewhere("en", asked) == dict.fromkeys(asked, True)
