"""Our own help center in a real browser under the strict policy of the guides: nothing is refused."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.ci.test_deploy import POLICY
from tests.conftest import Kb, QuietHandler

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

pytestmark = pytest.mark.browser


class StrictHandler(QuietHandler):
    """Static files with the headers of the guides."""

    def end_headers(self) -> None:
        """Add the headers to every answer."""
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()


@pytest.fixture(scope="module")
def base(own_site: Kb, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of our help center under the policy, in the sub-path that its settings name."""
    root = tmp_path_factory.mktemp("host")
    shutil.copytree(own_site.root / "site", root / "help")
    handler = functools.partial(StrictHandler, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/help"
    server.shutdown()
    server.server_close()


@pytest.fixture
def said(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what its console says of errors."""
    page = browser.new_page()
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield page, found
    page.close()


def test_the_console_stays_empty_and_the_search_works(said: tuple[Page, list[str]], base: str) -> None:
    page, found = said
    for url in ("", "en/", "hi/", "hi/writing/write-article/", "en/answers/faq/", "hi/404.html"):
        page.goto(f"{base}/{url}")
        page.wait_for_load_state("networkidle")
    page.goto(f"{base}/hi/")
    page.keyboard.press("/")
    page.keyboard.type("lekh kaise likhe")
    page.locator(".kb-hit").first.wait_for()
    assert page.locator(".kb-hit").first.get_attribute("href")
    page.locator("[data-kb-scheme]").click()
    assert found == []


def test_icons_and_colours_are_there(said: tuple[Page, list[str]], base: str) -> None:
    page, found = said
    page.goto(f"{base}/en/writing/audiences/")
    mask = "getComputedStyle(document.querySelector('.admonition-title'), '::before').maskImage"
    assert page.evaluate(mask).startswith('url("data:image/svg+xml')
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).backgroundColor") != (
        "rgba(0, 0, 0, 0)"
    )
    assert found == []


def test_what_the_policy_refuses_would_be_seen(said: tuple[Page, list[str]], base: str) -> None:
    page, found = said
    page.goto(f"{base}/en/")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('style'), {textContent: 'a{}'}))"
    )
    page.wait_for_function("document.querySelector('head > style') !== null")
    assert any("Content Security Policy" in text for text in found)
