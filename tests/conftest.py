"""Fixtures that every test may use: a real browser and a real web server on loopback."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kbtool.search.chromium import FLAGS, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def state_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where kbtool keeps its secret in tests: never in the real home. Child processes inherit it."""
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder))
        patch.setenv("LOCALAPPDATA", str(folder))
        yield folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, driven by playwright; a missing browser is a failure, not a skip."""
    from playwright.sync_api import sync_playwright

    program = chromium()
    if program is None:
        pytest.fail("no Chromium here: install it (apt-get install chromium) or set KBTOOL_CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Static files without a log."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """The type by the name; scripts as browsers insist on, whatever the system's table says."""
        return "text/javascript" if str(path).endswith(".js") else super().guess_type(path)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test's own output is what matters."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """`serve(directory)` gives the base URL (no slash at the end) of a static server on loopback."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(directory: Path) -> str:
        handler = functools.partial(QuietHandler, directory=str(directory))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Ran:
    """What a command line gave."""

    exit: int
    out: str
    err: str


class Kb:
    """A help center in a temporary folder, for tests of the whole program in a few lines.

    `kb.write("articles/en/a.md", "# A")` writes a file, `kb.run("build")` runs kbtool in the folder
    in a process of its own, `kb.page("en/a/")` reads a built page, `kb.tree()` all built files.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str | bytes) -> Kb:
        """Write a file; text is dedented."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).lstrip("\n").encode())
        return self

    def settings(self, own: str = "", *, top: str = "") -> Kb:
        """Write `mkdocs.yml`; `own` are kbtool's settings, `top` are keys of mkdocs."""
        lines = ["site_name: Help", "docs_dir: articles", *textwrap.dedent(top).strip().splitlines()]
        if "theme:" not in top:
            lines.append("theme: {name: material}")
        lines += ["plugins:", "  - kbtool:"]
        own = (
            textwrap.dedent(own).strip()
            or "locales: {en: English, hi: हिन्दी}\narticles: {defaults: {audience: public}}"
        )
        lines += [" " * 6 + line for line in own.splitlines()]
        return self.write("mkdocs.yml", "\n".join(lines) + "\n")

    def run(self, *arguments: str, **environment: str) -> Ran:
        """Run kbtool; the day is fixed, so that a test gives the same tomorrow."""
        done = subprocess.run(
            [sys.executable, "-c", "from kbtool.cli import main; main()", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795305600", **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def forget(self) -> Kb:
        """Take away what builds know of earlier ones: the next one is from nothing."""
        for private in (self.root / ".kbtool").glob("*"):
            shutil.rmtree(private / "store", ignore_errors=True)
            (private / "last.json").unlink(missing_ok=True)
        return self

    def private(self) -> dict[str, bytes]:
        """All files below `.kbtool` by their path, but for what saves work only."""
        found = self.tree(".kbtool")
        return {path: data for path, data in found.items() if "/store/" not in path}

    def page(self, url: str, tree: str = "site") -> str:
        """The HTML of a built page by its address."""
        return (self.root / tree / url / "index.html").read_text(encoding="utf-8")

    def tree(self, folder: str = "site") -> dict[str, bytes]:
        """All files below a folder by their path."""
        base = self.root / folder
        return {
            p.relative_to(base).as_posix(): p.read_bytes() for p in sorted(base.rglob("*")) if p.is_file()
        }


@pytest.fixture
def kb(tmp_path: Path) -> Kb:
    """A help center with settings for English and Hindi and no article yet."""
    return Kb(tmp_path).settings()


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """kbtool's own help center, built in a copy of its folder."""
    kb = Kb(tmp_path_factory.mktemp("own"))
    for name in ("articles", "examples", "search"):
        shutil.copytree(ROOT / name, kb.root / name)
    shutil.copy(ROOT / "mkdocs.yml", kb.root)
    built = kb.run("build")
    assert built.exit == 0, built.err
    return kb
