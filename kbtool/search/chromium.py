"""The search as readers have it: the scripts of the theme in a real Chromium, on an index of a site.

Only for measuring. playwright, which drives the browser, is no dependency of kbtool.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from kbtool.errors import KbError
from kbtool.resources import resource_dir
from kbtool.search.evaluate import LIMIT, Indexes, Progress, Run
from kbtool.search.format import index_dir
from kbtool.search.tasks import Query

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # it would not start for root; it opens nothing but what this machine serves
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BATCH = 200  # queries that are handed to the browser at once
SCRIPTS = "assets/"
TYPES = {".js": "text/javascript", ".json": "application/json", ".html": "text/html"}
OPEN = """async ([script, base, locale]) => {
  const { openIndex } = await import(script);
  globalThis.opened = await openIndex(base, locale);
}"""
ASK = """async ([queries, limit]) => {
  const answers = [];
  for (const query of queries) {
    const hits = await globalThis.opened.search(query, limit);
    answers.push(hits.map(({ id }) => id));
  }
  return answers;
}"""


class NoBrowser(KbError):
    """The browser that should be measured is not there, or fails."""


def chromium() -> str | None:
    """The program to run: what KBTOOL_CHROMIUM names, else the first of the usual names on the path."""
    return os.environ.get("KBTOOL_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def ask_browser(indexes: Indexes, queries: Sequence[Query], progress: Progress | None = None) -> Run:
    """What the search box finds. A query in a language without an index finds nothing."""
    run: Run = {query.id: [] for query in queries}
    done = 0
    with _browser() as browser, served_files(_site(indexes)) as base:
        for locale in indexes:
            asked = [query for query in queries if query.lang == locale]
            page = _opened(browser, base, locale)
            for start in range(0, len(asked), BATCH):
                batch = asked[start : start + BATCH]
                answers = page.evaluate(ASK, [[query.text for query in batch], LIMIT])
                run.update(zip((query.id for query in batch), answers, strict=True))
                done += len(batch)
                if progress:
                    progress(done, len(queries))
            page.close()
    if progress:
        progress(len(queries), len(queries))
    return run


def _opened(browser: Browser, base: str, locale: str) -> Page:
    """A page that has opened the index of the locale."""
    page = browser.new_page()
    page.goto(f"{base}/")
    page.evaluate(OPEN, [f"/{SCRIPTS}search.js", f"{base}/{index_dir(locale)}", locale])
    return page


@contextmanager
def _browser() -> Iterator[Browser]:
    """Chromium for the time being; what goes wrong in it is said plainly."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise NoBrowser(
            "the browser surface needs playwright, which is not installed",
            "install it: pip install playwright",
        ) from None
    program = chromium()
    if program is None:
        raise NoBrowser(
            f"there is no Chromium here ({', '.join(NAMES)})",
            "install it (on Debian: apt-get install chromium), or set KBTOOL_CHROMIUM to its path",
        )
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            try:
                yield browser
            finally:
                browser.close()
    except Error as error:
        said = error.message.partition("\n")[0]
        raise NoBrowser(
            f"the search in {program} failed: {said}", "see whether the browser starts by itself"
        ) from error


def _site(indexes: Indexes) -> dict[str, bytes]:
    """What the browser can ask for, by its path: a page, the scripts as the site ships them, the indexes."""
    scripts = sorted((resource_dir("theme") / "scripts").glob("*.js"))
    site = {"index.html": b"<!doctype html><title>kbtool</title>"}
    site.update({f"{SCRIPTS}{path.name}": path.read_bytes() for path in scripts})
    for locale, files in indexes.items():
        site.update({index_dir(locale) + name: data for name, data in files.items()})
    return site


class _Answers(BaseHTTPRequestHandler):
    """Files from memory, without a log."""

    def __init__(self, files: Mapping[str, bytes], *given: Any) -> None:
        self.files = files
        super().__init__(*given)

    def do_GET(self) -> None:
        """The file of that path, or 404."""
        path = self.path.partition("?")[0].removeprefix("/") or "index.html"
        data = self.files.get(path)
        self.send_response(404 if data is None else 200)
        self.send_header("Content-Type", TYPES.get(path[path.rfind(".") :], "text/plain") + "; charset=utf-8")
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served_files(files: Mapping[str, bytes]) -> Iterator[str]:
    """The address of these files on loopback, without a slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answers, files)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
