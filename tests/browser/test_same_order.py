"""The browser and Python read the same index and give the same articles in the same order."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from kbtool.search import build, postings
from kbtool.search.evaluate import Indexes, index_all
from kbtool.search.format import index_dir
from kbtool.search.rank import search
from kbtool.search.reader import Index
from kbtool.search.suggest import suggestion
from kbtool.search.tasks import Task, read_task
from kbtool.search.texts import Document

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Kb

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
ASK = """async ([script, base, locale, queries]) => {
  const { openIndex } = await import(script);
  const understand = await import(script.replace("search.js", "search-more.js"));
  const index = await openIndex(base, locale);
  const answers = [];
  for (const query of queries) {
    const hits = await index.search(query, 10);
    const found = hits.map(({ id, score, passage }) => [id, score, passage]);
    answers.push([found, understand.suggestion(query, hits.index)]);
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
) -> list[list[object]]:
    page = browser.new_page()
    page.goto(f"{base}/{locale}/404.html")
    found: list[list[object]] = page.evaluate(ASK, [script, f"{base}/{index_dir(locale)}", locale, queries])
    page.close()
    return found


def compare(site: Path, base: str, browser: Browser, locale: str, queries: list[str]) -> None:
    index = Index(site / index_dir(locale))
    script = "/" + next(site.glob("assets/kb-*/search.js")).relative_to(site).as_posix()
    for query, found in zip(queries, in_browser(browser, base, script, locale, queries), strict=True):
        assert found == answer(index, query), query


def answer(index: Index, query: str) -> list[object]:
    """What Python gives for the same query."""
    hits = [[hit.id, hit.score, hit.passage] for hit in search(index, query)]
    return [hits, suggestion(query, index)]


def misspelt(queries: list[str]) -> list[str]:
    """Every query once more with a letter gone, and once with two swapped."""
    return [q[:3] + q[4:] for q in queries] + [q[:2] + q[3:4] + q[2:3] + q[4:] for q in queries]


@pytest.mark.parametrize("locale", ["en", "hi"])
def test_judged_queries(own_site: Kb, browser: Browser, serve: Callable[[Path], str], locale: str) -> None:
    judged = yaml.safe_load((ROOT / "search" / "queries.yml").read_text(encoding="utf-8"))
    queries = [query["text"] for query in judged]
    site = own_site.root / "site"
    compare(site, serve(site), browser, locale, [*queries, *misspelt(queries), *ODD])


TASKS = SHARED / "bench" / "search" / "tasks"
QUERIES = 500  # of the development tasks together


def sampled() -> dict[str, Task]:
    """Every task of the benchmark with its share of the queries, by its name."""
    folders = sorted(path for path in TASKS.iterdir() if path.is_dir())
    found = {}
    for folder in folders:
        task = read_task(folder)
        step = max(1, len(task.queries) * len(folders) // QUERIES)
        found[folder.name] = replace(task, queries=task.queries[::step])
    return found


def indexes_of(task: Task) -> Indexes:
    """The indexes of a task, its texts as they are written."""
    documents: dict[str, list[Document]] = {}
    for one in task.documents:
        fields = {"title": one.title, "body": one.body}
        document = Document(one.id, f"{one.id}/", one.title, "", "", "public", fields)
        documents.setdefault(one.lang, []).append(document)
    return index_all(documents)


def compare_task(task: Task, site: Path, base: str, browser: Browser) -> None:
    """Hold both readers together on the queries of a task."""
    indexes = indexes_of(task)
    for script in (ROOT / "theme" / "scripts").glob("search*.js"):
        (site / script.name).write_bytes(script.read_bytes())
    for locale, files in indexes.items():
        folder = site / index_dir(locale)
        folder.mkdir(parents=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        index = Index(folder)
        texts = [query.text for query in task.queries if query.lang == locale]
        for text, found in zip(
            texts, in_browser(browser, base, f"{base}/search.js", locale, texts), strict=True
        ):
            assert found == answer(index, text), text


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the tasks in ../shared")
def test_queries_of_the_benchmark(tmp_path: Path, browser: Browser, serve: Callable[[Path], str]) -> None:
    tasks = sampled()
    assert sum(len(task.queries) for task in tasks.values()) >= QUERIES
    base = serve(tmp_path)
    for name, task in tasks.items():
        (tmp_path / name).mkdir()
        compare_task(task, tmp_path / name, f"{base}/{name}", browser)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the tasks in ../shared")
@pytest.mark.parametrize("name", ["xquad-hi", "xquad-en", "xquad-zh-kw"])
def test_queries_of_the_benchmark_in_a_large_index(
    tmp_path: Path,
    browser: Browser,
    serve: Callable[[Path], str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """A large index has lists that are read first, and a query may ask for few shards."""
    monkeypatch.setattr(build, "SMALL", 100)
    monkeypatch.setattr(postings, "FREQUENT_BYTES", 5_000)
    monkeypatch.setattr(postings, "MOST", 40)
    task = sampled()[name]
    compare_task(task, tmp_path, serve(tmp_path), browser)
    assert list(tmp_path.glob("search/*/frequent-*"))


def test_the_first_results_are_those_of_the_whole_answer(
    own_site: Kb, browser: Browser, serve: Callable[[Path], str]
) -> None:
    site = own_site.root / "site"
    base = serve(site)
    page = browser.new_page()
    page.goto(f"{base}/en/404.html")
    script = "/" + next(site.glob("assets/kb-*/search.js")).relative_to(site).as_posix()
    first, whole = page.evaluate(
        """async ([script, base]) => {
          const index = await (await import(script)).openIndex(base, "en");
          const ids = (hits) => hits.map(({ id }) => id);
          const asked = ["publish the site", 10];
          return [ids(await index.searchFirst(...asked)), ids(await index.search(...asked))];
        }""",
        [script, f"{base}/{index_dir('en')}"],
    )
    page.close()
    assert first
    assert whole[: len(first)] == first


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
