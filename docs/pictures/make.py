# ruff: noqa: INP001
"""Takes the pictures of the documents anew: `python docs/pictures/make.py`.

Builds kbtool's own help center into a temporary folder, opens its pages in the system's Chromium
(`KBTOOL_CHROMIUM`, else `chromium` on the path) and writes the pictures beside this file.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WIDTHS = {"phone": (390, 844), "desktop": (1280, 800)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True)
class Picture:
    """One picture: its name, the address it shows, and how it is looked at."""

    name: str
    url: str
    device: Literal["phone", "desktop"]
    scheme: Literal["light", "dark"] = "light"
    query: str = ""


PICTURES = (
    Picture("home-hi-phone", "hi/", "phone"),
    Picture("home-en-desktop", "en/", "desktop"),
    Picture("article-en-desktop", "en/writing/write-article/", "desktop"),
    Picture("article-hi-phone-dark", "hi/writing/find-stale-articles/", "phone", "dark"),
    Picture("search-hi-phone", "hi/", "phone", query="lekh kaise likhe"),
    Picture("search-en-desktop-dark", "en/", "desktop", "dark", query="articls for agents"),
    Picture("results-hi-phone", "hi/search/?q=purane+lekh", "phone"),
)


def main() -> None:
    """Build, look, and write every picture."""
    chromium = (
        os.environ.get("KBTOOL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if chromium is None:
        sys.exit("no Chromium here: install it (apt-get install chromium) or set KBTOOL_CHROMIUM")
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(_built(Path(folder))) as base,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        for picture in PICTURES:
            _take(browser, base, picture)
        browser.close()


def _built(folder: Path) -> Path:
    """The public site, built into a folder."""
    site = folder / "site"
    command = "import sys; from kbtool.cli import run; sys.exit(run(sys.argv[1:]))"
    arguments = ["build", "--quiet", "--audience", "public", "--site-dir", str(site)]
    subprocess.run([sys.executable, "-c", command, *arguments], cwd=ROOT, check=True)
    return site


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _served(site: Path) -> Iterator[str]:
    """The address of a server on loopback for as long as it is needed."""
    handler = functools.partial(_Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def _take(browser: Browser, base: str, picture: Picture) -> None:
    width, height = WIDTHS[picture.device]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=picture.scheme,
        locale=picture.url.partition("/")[0],
        device_scale_factor=1.5 if picture.device == "phone" else 1,
        has_touch=picture.device == "phone",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(base + picture.url, wait_until="networkidle")
    if picture.query:
        _search(page, picture)
    page.screenshot(path=HERE / f"{picture.name}.png")
    context.close()


def _search(page: Page, picture: Picture) -> None:
    """Type into the big search box and wait for its answers."""
    box = page.locator(".kb-hero input[type=search]")
    if picture.device == "phone":
        box.tap()  # leaves no pointer behind that marks a result
    else:
        box.click()
    box.fill(picture.query)
    page.locator(".kb-hit").first.wait_for()
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main()
