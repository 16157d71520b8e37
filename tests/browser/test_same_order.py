"""The browser and Python read the same index and give the same articles in the same order."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from kbtool.search.format import index_dir
from kbtool.search.rank import search
from kbtool.search.reader import Index

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Kb

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
ASK = """async ([script, base, locale, queries]) => {
  const { openIndex } = await import(script);
  const index = await openIndex(base, locale);
  const answers = [];
  for (const query of queries) {
    const hits = await index.search(query, 10);
    answers.push(hits.map(({ id, score }) => [id, score]));
  }
  return answers;
}"""
ODD = [
    "",
    "?",
    "?!*",
    "\u0000",
    "😀",
    "a",
    "क",
    "İstanbul",
    "ﬁle",
    "５ लेख",
    "x" * 600,
    "word " * 50,
    "रिफंड रिफंड",
    "कि",
    "ﷺ",
]


def in_browser(
    browser: Browser, base: str, script: str, locale: str, queries: list[str]
) -> list[list[list[object]]]:
    page = browser.new_page()
    page.goto(f"{base}/{locale}/404.html")
    found: list[list[list[object]]] = page.evaluate(
        ASK, [script, f"{base}/{index_dir(locale)}", locale, queries]
    )
    page.close()
    return found


def compare(site: Path, base: str, browser: Browser, locale: str, queries: list[str]) -> None:
    index = Index(site / index_dir(locale))
    script = "/" + next(site.glob("assets/kb-*/search.js")).relative_to(site).as_posix()
    for query, found in zip(queries, in_browser(browser, base, script, locale, queries), strict=True):
        assert found == [[hit.id, hit.score] for hit in search(index, query)], query


def misspelt(queries: list[str]) -> list[str]:
    """Every query once more with a letter gone, and once with two swapped."""
    return [q[:3] + q[4:] for q in queries] + [q[:2] + q[3:4] + q[2:3] + q[4:] for q in queries]


@pytest.mark.parametrize("locale", ["en", "hi"])
def test_judged_queries(own_site: Kb, browser: Browser, serve: Callable[[Path], str], locale: str) -> None:
    judged = yaml.safe_load((ROOT / "search" / "queries.yml").read_text(encoding="utf-8"))
    queries = [query["text"] for query in judged]
    site = own_site.root / "site"
    compare(site, serve(site), browser, locale, [*queries, *misspelt(queries), *ODD])


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the corpora in ../shared")
def test_a_real_help_center(tmp_path: Path, browser: Browser, serve: Callable[[Path], str], kb: Kb) -> None:
    content = SHARED / "corpora" / "arduino-help-center" / "content"
    kb.settings(
        """
        locales: {en: English}
        articles:
          layout: "{path}"
          defaults: {audience: public}
          fields: {draft: {status: {true: draft, false: published}}}
        """,
    )
    settings = (kb.root / "mkdocs.yml").read_text(encoding="utf-8")
    kb.write("mkdocs.yml", settings.replace("docs_dir: articles", f"docs_dir: {content}"))
    built = kb.run("build", "--audience", "public", "-q")
    assert built.exit == 0, built.err
    lines = (SHARED / "bench" / "search" / "tasks" / "ardtitle-en" / "queries.jsonl").read_text(
        encoding="utf-8"
    )
    queries = [json.loads(line)["text"] for line in lines.splitlines()][:120]
    compare(tmp_path / "site", serve(tmp_path / "site"), browser, "en", queries)
