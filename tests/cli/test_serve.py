"""`kbtool serve` on the command line: what it says, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from kbtool.errors import Exit
from tests.conftest import ROOT, Kb

ARTICLE = "---\ntitle: {}\n---\n{}\n"


class Serving:
    """`kbtool serve` in a process of its own; `line()` is the next line of its result."""

    def __init__(self, kb: Kb, *arguments: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from kbtool.cli import main; main()", "serve", "--port", "0", *arguments],
            cwd=kb.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795305600", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")

    def end(self) -> tuple[int, str]:
        """Press Ctrl+C: the exit code, and what went to stderr."""
        self.process.send_signal(signal.SIGINT)
        self.out, err = self.process.communicate(timeout=20)
        return self.process.returncode, err


@pytest.fixture
def start(site: Kb) -> Iterator[Callable[..., Serving]]:
    """Starts `kbtool serve` with arguments and environment; what a failed test leaves is killed."""
    started: list[Serving] = []

    def starting(*arguments: str, **environment: str) -> Serving:
        started.append(Serving(site, *arguments, **environment))
        return started[-1]

    yield starting
    for serving in started:
        serving.process.kill()
        serving.process.communicate(timeout=20)


@pytest.fixture
def site(kb: Kb) -> Kb:
    """A help center with one article and a warning."""
    return kb.write("articles/en/a.md", ARTICLE.format("First", "![x](gone.png)"))


def test_it_says_where_it_is_what_it_watches_and_what_each_save_gave(
    site: Kb, start: Callable[..., Serving]
) -> None:
    serving = start()
    first = serving.line()
    assert first.startswith("preview: http://127.0.0.1:")
    assert first.endswith("/ (Ctrl+C ends it)")
    assert serving.line() == "watching mkdocs.yml, articles"
    assert serving.line().startswith("12 pages, ")
    with urlopen(first.split()[1], timeout=10) as answer:  # noqa: S310 - an address on loopback
        assert b"kb-preview" in answer.read()
    site.write("articles/en/a.md", ARTICLE.format("Second", "![x](gone.png)"))
    line = serving.line()
    assert line.startswith("articles/en/a.md: 12 pages, ")
    assert line.endswith(" s, 1 warning")
    site.write("articles/en/a.md", "---\ntitle: [x\n---\n")
    assert serving.line() == "articles/en/a.md: 1 error; the pages stay as they were"
    (site.root / "mkdocs.yml").unlink()
    assert serving.line() == "mkdocs.yml: an error; the pages stay as they were"
    code, err = serving.end()
    assert code == Exit.CLEAN
    assert err.count("missing-image") == 1, "a warning is told once"
    assert "articles/en/a.md:2:8: error[bad-metadata]: the list opened here is never closed" in err
    assert "help: close it with ]" in err
    assert "error: there is no settings file mkdocs.yml" in err
    assert "Traceback" not in err


def test_quiet_says_nothing_but_errors(site: Kb, start: Callable[..., Serving]) -> None:
    serving = start("-q", "--open", BROWSER=f"{sys.executable} -c pass %s")
    site.write("articles/en/b.md", "---\ntitle: [x\n---\n")
    assert serving.process.stderr is not None
    while "never closed" not in (line := serving.process.stderr.readline()):
        assert line
    code, err = serving.end()
    assert (code, "Traceback" in err) == (Exit.CLEAN, False)
    assert serving.out == ""


def test_another_host_is_warned_of(start: Callable[..., Serving]) -> None:
    serving = start("--host", "0.0.0.0")  # noqa: S104 - what the test is about
    assert "http://localhost:" in serving.line()
    code, err = serving.end()
    assert code == Exit.CLEAN
    assert "warning: others can reach this preview" in err


def test_open_shows_the_preview_in_the_browser(start: Callable[..., Serving], tmp_path: Path) -> None:
    opened, script = tmp_path / "opened", tmp_path / "browser.sh"
    script.write_text(
        f'#!/bin/sh\necho "$1" > "{opened}.new" && mv "{opened}.new" "{opened}"\n', encoding="utf-8"
    )
    script.chmod(0o755)
    serving = start("--open", BROWSER=f"{script} %s")
    url = serving.line().split()[1]
    serving.line()
    serving.line()
    assert opened.read_text(encoding="utf-8").strip() == url
    assert serving.end()[0] == Exit.CLEAN


def test_a_taken_port_ends_with_the_way_out(site: Kb) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = site.run("serve", "--port", str(listener.getsockname()[1]))
    assert done.exit == Exit.ENVIRONMENT
    assert f"(process {os.getpid()})" in done.err
    assert "kbtool serve --port " in done.err


@pytest.mark.parametrize(
    ("settings", "code", "message"),
    [
        ("plugins: [{kbtool: {langs: en}}]", Exit.USAGE, "mkdocs.yml:1:21: error[bad-settings]"),
        (None, Exit.USAGE, "kbtool init"),
        (
            "plugins:\n  - kbtool: {articles: {defaults: {audience: public}}}\ndocs_dir: none\n",
            Exit.NOTHING,
            "",
        ),
    ],
)
def test_what_cannot_start_ends_as_other_verbs_do(
    site: Kb, settings: str | None, code: Exit, message: str
) -> None:
    if settings is None:
        (site.root / "mkdocs.yml").unlink()
    else:
        site.write("mkdocs.yml", settings)
        (site.root / "none").mkdir()
    done = site.run("serve", "--port", "0")
    assert done.exit == code, done.err
    assert message in done.err
    assert "Traceback" not in done.err


def test_an_article_with_a_mistake_does_not_keep_it_from_starting(
    site: Kb, start: Callable[..., Serving]
) -> None:
    site.write("articles/en/b.md", "---\ntitle: [x\n---\n")
    serving = start()
    serving.line()
    serving.line()
    assert serving.line().endswith("1 error, 1 warning")
    assert serving.end()[0] == Exit.CLEAN


@pytest.mark.parametrize("verbose", [True, False])
def test_a_mistake_of_kbtool_is_told_and_traced_on_request(
    site: Kb, start: Callable[..., Serving], verbose: bool
) -> None:
    site.settings(top="theme: {name: material, custom_dir: own}")
    serving = start(*["-v"][: int(verbose)])
    for _ in range(3):
        serving.line()
    site.write("own/templates/home.html", "{{ 1 + page.title }}")
    assert serving.line() == "own/templates/home.html: an error; the pages stay as they were"
    code, err = serving.end()
    assert code == Exit.CLEAN
    assert "error: TypeError: unsupported operand" in err
    assert "kbtool serve -v" in err
    assert ("Traceback" in err) == verbose
