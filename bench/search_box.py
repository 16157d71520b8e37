"""Measures how soon the first result stands on the screen after a key, in a real browser on a real site.

A help center of 1,000 articles, built by `kbtool build`. Questions are typed letter by letter with real keys;
the clock runs in the page, from the event of the key to the frame that shows the new results, with the
pause that the box waits for the next key in it. Each question was typed once before, so that its shards are
in the browser's memory. `slower` is the same with the processor slowed down four times, about a cheap phone.

    python bench/search_box.py [--articles 1000] [--tasks xquad-en xquad-hi]
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from common import CALL, TASKS, at, fill, write_article, write_settings

from kbtool.search.chromium import FLAGS, chromium
from kbtool.search.tasks import read_task

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEED, QUESTIONS, LETTERS, SLOWER = 7, 6, 14, 4
WATCH = """() => {
  const input = document.querySelector(".kb-search__input");
  const list = document.querySelector(".kb-search__results");
  globalThis.times = [];
  let start = 0;
  input.addEventListener("input", () => { start = performance.now(); }, true);
  new MutationObserver(() => {
    if (!start || list.hidden || !list.querySelector(".kb-hit")) return;
    const began = start;
    start = 0;
    requestAnimationFrame(() => setTimeout(() => globalThis.times.push(performance.now() - began)));
  }).observe(list, { childList: true, subtree: true });
}"""


def main() -> None:
    """Build, type, print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--tasks", nargs="+", default=["xquad-en", "xquad-hi"])
    given = parser.parse_args()
    if not TASKS.is_dir():
        sys.exit(f"the tasks are not here: {TASKS}")
    print("| help center | keys | ms to the first result: median | p95 | most |\n|---|--:|--:|--:|--:|")
    for task in given.tasks:
        with tempfile.TemporaryDirectory() as name:
            questions, locale = made(Path(name), task, given.articles)
            for slower in (1, SLOWER):
                times = typed(Path(name) / "site", locale, questions, slower)
                what = f"{task}, {given.articles:,} articles" + (
                    f", {slower} times slower" if slower > 1 else ""
                )
                middle, high = at(times, 0.5), at(times, 0.95)
                print(f"| {what} | {len(times)} | {middle:.0f} | {high:.0f} | {max(times):.0f} |", flush=True)


def made(folder: Path, name: str, count: int) -> tuple[list[str], str]:
    """A built help center, questions to it and its language."""
    filled = folder / "task"
    fill(name, filled, count)
    task = read_task(filled)
    locale = task.documents[0].lang
    write_settings(folder, locale)
    for one in task.documents:
        write_article(folder / "articles" / locale / f"{one.id}.md", one.title, one.body)
    subprocess.run([*CALL, "build", "-q", "--audience", "public"], cwd=folder, check=True)
    questions = random.Random(SEED).sample([query.text for query in task.queries], QUESTIONS)
    return [question[:LETTERS].strip() for question in questions], locale


class Quiet(SimpleHTTPRequestHandler):
    """Static files without a log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a static server on loopback, without a slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def typed(site: Path, locale: str, questions: list[str], slower: int) -> list[float]:
    """The times of all keys that brought results."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, served(site) as base:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        page.goto(f"{base}/{locale}/")
        page.locator(".kb-search__input:visible").first.click()
        page.evaluate(WATCH)
        for question in questions:
            keys(page, question)
        page.evaluate("globalThis.times.length = 0")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        for question in questions:
            keys(page, question)
        times: list[float] = page.evaluate("globalThis.times")
        browser.close()
    return times


def keys(page: Page, question: str) -> None:
    """Type a question, each key when the box is at rest."""
    page.locator(".kb-search__input:visible").first.fill("")
    page.wait_for_timeout(200)
    for letter in question:
        page.keyboard.type(letter)
        page.wait_for_timeout(250)


if __name__ == "__main__":
    main()
