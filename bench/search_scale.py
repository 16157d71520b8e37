"""Measures what the search costs: bytes, requests and time, at the size of a task and at 10,000 articles.

The task is filled up by `make_distractors.py` of the benchmark. Bytes are those of the files that Chromium
asks for, compressed as a web server does it (gzip -9), the scripts of the search among them.

    python bench/search_scale.py [--tasks xquad-en xquad-hi] [--articles 10000] [--every 4]
"""

from __future__ import annotations

import argparse
import gzip
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from common import CALL, ROOT, TASKS, at, cpu, fill, write_article, write_settings

from kbtool.search import build, postings
from kbtool.search.build import build_index
from kbtool.search.chromium import FLAGS, chromium, served_files
from kbtool.search.evaluate import ask_python, figures
from kbtool.search.format import index_dir
from kbtool.search.rank import search
from kbtool.search.reader import Index
from kbtool.search.tasks import Query, Task, read_task
from kbtool.search.texts import Document

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCRIPTS = ROOT / "theme" / "scripts"
SESSIONS, LATER = 25, 5  # readers, and what each asks after the first question
TYPED, RUNS = 30, 5  # questions that are typed letter by letter, and how often
SEED = 7
OPEN = """async ([script, base, locale]) => {
  const { openIndex } = await import(script);
  await import(script.replace("search.js", "search-box.js"));
  globalThis.opened = await openIndex(base, locale);
}"""
COLD = 1000  # articles of the help center that the command line searches
FIRST = "async (text) => (await globalThis.opened.searchFirst(text, 10)).length"
TYPING = """async ([texts, runs]) => {
  const times = [];
  for (const text of texts) {
    const typed = Array.from(text, (_, i) => text.slice(0, i + 1)).filter((part) => part.trim());
    for (const part of typed) await globalThis.opened.searchFirst(part, 10);
    for (const part of typed) {
      const took = [];
      for (let run = 0; run < runs; run += 1) {
        const index = await globalThis.opened.index;
        index.dictionary.meanings.clear(); // as if the words and the articles were new
        index.texts.clear();
        const start = performance.now();
        await globalThis.opened.searchFirst(part, 10);
        took.push(performance.now() - start);
      }
      took.sort((a, b) => a - b);
      times.push(took[Math.floor(runs / 2)]);
    }
  }
  return times;
}"""


def main() -> None:
    """Measure every task, and print a table of each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tasks", nargs="+", default=["xquad-en", "xquad-hi"])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=4, help="ask every so many-th question for the loss")
    given = parser.parse_args()
    if not TASKS.is_dir():
        sys.exit(f"the tasks are not here: {TASKS}")
    print("| task | what | measured |\n|---|---|---|")
    for name in given.tasks:
        with tempfile.TemporaryDirectory() as folder:
            filled = Path(folder) / name
            fill(name, filled, given.articles)
            for place in (TASKS / name, filled):
                for what, measured in measures(place, given.every):
                    print(f"| {name} | {what} | {measured} |", flush=True)
            what = f"{COLD:,} articles: CPU ms of `kbtool search` in a new process"
            print(f"| {name} | {what} | {cold(read_task(filled))} |", flush=True)


def measures(place: Path, every: int) -> Iterator[tuple[str, str]]:
    """What is measured of a task folder, as texts."""
    task = read_task(place)
    locale = task.documents[0].lang
    documents = [
        Document(
            one.id, f"{locale}/{one.id}/", one.title, "", "", "public", {"title": one.title, "body": one.body}
        )
        for one in task.documents
    ]
    size = f"{len(documents):,} articles"
    start = time.process_time()
    files = build_index(documents, locale)
    words = sum(len(f"{one.title} {one.body}".split()) for one in task.documents)
    took = time.process_time() - start
    yield f"{size}: indexing, words per CPU s", f"{words / took:,.0f}"
    queries = list(task.queries)
    for what, measured in in_browser(files, locale, [query.text for query in queries]):
        yield f"{size}: {what}", measured
    yield f"{size}: CPU ms of a warm query in Python", in_python(files, [query.text for query in queries])
    if len(documents) > build.SMALL:
        yield from loss(documents, files, locale, queries[::every], size)


def in_browser(files: Mapping[str, bytes], locale: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Bytes and requests of readers who come anew, and the time of a key."""
    from playwright.sync_api import sync_playwright

    site = {"index.html": b"<!doctype html><title>search</title>"}
    site.update({f"assets/{path.name}": path.read_bytes() for path in SCRIPTS.glob("search*.js")})
    site.update({index_dir(locale) + name: data for name, data in files.items()})
    sizes = {f"/{path}": len(gzip.compress(data, 9)) for path, data in site.items()}
    chosen = random.Random(SEED)
    first, later, requests = [], [], []
    with sync_playwright() as playwright, served_files(site) as base:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for _ in range(SESSIONS):
            asked: list[str] = []
            page = opened(browser, base, locale, asked)
            for number, text in enumerate(chosen.sample(texts, 1 + LATER)):
                before = len(asked)
                page.evaluate(FIRST, text)
                new = [path for path in asked[before:] if path in sizes]
                if number:
                    later.append(sum(sizes[path] for path in new))
                    requests.append(len(new))
                else:
                    first.append(sum(sizes[path] for path in asked if path not in {"/", "/favicon.ico"}))
            page.context.close()
        page = opened(browser, base, locale, [])
        times = page.evaluate(TYPING, [chosen.sample(texts, TYPED), RUNS])
        browser.close()
    yield "KB to the first result, cold", kilobytes(first)
    yield "KB of each later query", kilobytes(later)
    yield "requests of each later query", f"mean {sum(requests) / len(requests):.1f}, most {max(requests)}"
    yield "ms a key, shards cached", f"median {at(times, 0.5):.1f}, p95 {at(times, 0.95):.1f}"


def opened(browser: Browser, base: str, locale: str, asked: list[str]) -> Page:
    """A page of a new reader that has opened the index; `asked` gets the path of every request."""
    page = browser.new_context().new_page()
    page.on("request", lambda request: asked.append(request.url.removeprefix(base)))
    page.goto(f"{base}/")
    page.evaluate(OPEN, ["/assets/search.js", f"{base}/{index_dir(locale)}", locale])
    return page


def in_python(files: Mapping[str, bytes], texts: Sequence[str]) -> str:
    """CPU time of a query in a process that has answered others."""
    with tempfile.TemporaryDirectory() as name:
        index = Index(written(files, Path(name)))
        chosen = random.Random(SEED).sample(texts, 300)
        for text in chosen[:100]:
            search(index, text)
        times = []
        for text in chosen[100:]:
            start = time.process_time()
            search(index, text)
            times.append(1000 * (time.process_time() - start))
    return f"median {at(times, 0.5):.1f}, p95 {at(times, 0.95):.1f}"


def loss(
    documents: Sequence[Document],
    files: Mapping[str, bytes],
    locale: str,
    queries: Sequence[Query],
    size: str,
) -> Iterator[tuple[str, str]]:
    """What it costs in relevance that lists are cut and a query may ask for few shards."""
    kept = build.REQUESTS, build.SMALL, postings.MOST
    build.REQUESTS, postings.MOST = len(files), len(documents)
    whole = build_index(documents, locale)
    build.REQUESTS, build.SMALL, postings.MOST = kept
    runs = [figures(queries, ask_python({locale: one}, queries)) for one in (files, whole)]
    for ours, all_of_it in zip(*runs, strict=True):
        lost = all_of_it.mrr10 - ours.mrr10
        measured = f"{ours.mrr10:.4f} against {all_of_it.mrr10:.4f}: lost {lost:.4f} (n {ours.n})"
        yield f"{size}: MRR@10 against the exhaustive ranking, {ours.kind}", measured


def cold(task: Task) -> str:
    """CPU ms of searching a built help center by a command, each time in a process of its own."""
    locale = task.documents[0].lang
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_settings(folder, locale)
        for one in task.documents[:COLD]:
            write_article(folder / "articles" / locale / f"{one.id}.md", one.title, one.body)
        cpu([*CALL, "build", "-q", "--audience", "public"], folder)
        texts = random.Random(SEED).sample([query.text for query in task.queries], 11)
        times = [1000 * cpu([*CALL, "search", "--lang", locale, "--", text], folder) for text in texts][1:]
    return f"median {statistics.median(times):.0f}, {min(times):.0f}-{max(times):.0f}"


def written(files: Mapping[str, bytes], folder: Path) -> Path:
    """The index in a folder."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def kilobytes(sizes: Sequence[int]) -> str:
    """Sizes in bytes as a text in kilobytes."""
    mean, high, most = sum(sizes) / len(sizes), at(sizes, 0.95), max(sizes)
    return f"mean {mean / 1000:.1f}, p95 {high / 1000:.1f}, most {most / 1000:.1f}"


if __name__ == "__main__":
    main()
