"""Render workers: order, limits, mistakes, and that nothing is left of them."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from kbtool.checks.registry import rules
from kbtool.errors import UsageError
from kbtool.model import PythonName, Question, Rendered
from kbtool.render.markdown import Renderer
from kbtool.render.pool import MANY, NotRendered, Pool
from kbtool.render.process import Limits, search_path
from kbtool.render.wire import Dialect
from tests.conftest import ROOT
from tests.samples import article

PLAIN = Dialect((), {"en": {"note": "Look"}})
SLOW = "[" * 20_000
linux = pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")


def why(page: Rendered) -> str:
    assert isinstance(page, NotRendered), page
    return page.message.removeprefix("this cannot be made into a page: ")


def workers_of(pid: int) -> list[int]:
    """The children of a process."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(parts[1]) == pid and parts[0] != "Z":
            found.append(int(path.parent.name))
    return found


@pytest.fixture(autouse=True)
def no_children_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests of this process may have workers of their own."""
    gc.collect()
    others, every = set(workers_of(os.getpid())), workers_of
    monkeypatch.setitem(
        globals(), "workers_of", lambda pid: [child for child in every(pid) if child not in others]
    )


def test_a_worker_gives_what_the_renderer_gives() -> None:
    articles = [
        article("a", body="## नीति\n\n!!! note\n    [b](b.md) ![c](c.png) :smile: \U0001f600 \u0000\n"),
        article("b", body="Text.\n", questions=(Question("क्यों?", "*So.*"),)),
    ]
    here = Renderer((), {"note": "Look"})
    with Pool() as pool:
        assert pool.render(PLAIN, articles) == [here.render(one) for one in articles]


def test_results_have_the_order_of_the_articles_with_many_workers() -> None:
    articles = [article(str(n), body=f"Number {n}. " * (1 + n * 7 % 50)) for n in range(MANY + 20)]
    told: list[int] = []
    with Pool(most=3) as pool:
        pages = pool.render(PLAIN, articles, lambda: told.append(1))
        assert len(workers_of(os.getpid())) == 3
    assert [page.text.split(".")[0] for page in pages] == [f"Number {n}" for n in range(len(articles))]
    assert len(told) == len(articles)
    assert workers_of(os.getpid()) == []


@linux
def test_an_article_that_takes_too_long_takes_down_no_other() -> None:
    bodies = ["One.", SLOW, "Two.", "- " * 1500 + "x", SLOW + "!", "Three."]
    before = os.times()
    with Pool(Limits(cpu=0.4)) as pool:
        pages = pool.render(PLAIN, [article("a", body=body) for body in bodies])
    assert [page.text for page in pages] == ["One.", "", "Two.", "", "", "Three."]
    assert why(pages[1]) == why(pages[4]) == "it takes more than 0.4 seconds of CPU time"
    assert why(pages[3]).startswith("RecursionError: ")
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert 0.8 <= spent < 3


EXTENSIONS = """
import os, sys, time
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Nasty(Preprocessor):
    def run(self, lines):
        text = "".join(lines)
        print("printed by an extension")
        sys.stdin.read()
        if text == "memory":
            held = [b"x" * 1024 * 1024 for _ in range(4096)]
        elif text == "sleep":
            time.sleep(60)
        elif text == "kill":
            os.kill(os.getpid(), 9)
        elif text == "crash":
            os.kill(os.getpid(), 11)
        elif text == "raise":
            raise ValueError("no\\nway")
        elif text == "path":
            return [str("" in sys.path or os.getcwd() in sys.path)]
        return lines

class Made(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Nasty(md), "nasty", 100)

class Broken(Extension):
    def __init__(self):
        raise RuntimeError("never")
"""


@pytest.fixture
def nasty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dialect:
    """A dialect with an extension that does what the text says."""
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "kb_nasty.py").write_text(EXTENSIONS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.syspath_prepend("")
    return Dialect([("kb_nasty:Made", {})], {})


def texts(pool: Pool, dialect: Dialect, *bodies: str) -> list[Rendered]:
    return pool.render(dialect, [article("a", body=body) for body in bodies])


@linux
def test_whatever_an_extension_does_is_said_of_its_article(nasty: Dialect) -> None:
    with Pool(Limits(wall=4, memory=192 * 1024 * 1024)) as pool:
        bodies = ("memory", "fine", "kill", "crash", "raise", "sleep", "fine", "path")
        pages = texts(pool, nasty, *bodies)
    assert [why(pages[n]) for n in (0, 2, 3, 4, 5)] == [
        "it takes more than 192 MiB of memory",
        "the process that renders it was ended from outside, as systems do that run out of memory",
        "the process that renders it ends with the signal 11",
        "ValueError: no way",
        "it takes more than 4 seconds",
    ]
    assert [pages[n].text for n in (1, 6, 7)] == ["fine", "fine", "False"]
    assert all(page.help for page in pages if isinstance(page, NotRendered))


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("no.such_extension", {}, "no Markdown extension 'no.such_extension'"),
        ("toc", {"x": PythonName("no.such.name")}, "no Python object 'no.such.name'"),
        ("kb_nasty:Broken", {}, "a Markdown extension of the settings fails: RuntimeError: never"),
    ],
)
@pytest.mark.usefixtures("nasty")
def test_a_mistake_in_the_settings_ends_the_run(name: str, options: dict[str, object], words: str) -> None:
    with Pool() as pool:
        with pytest.raises(UsageError, match=words) as caught:
            texts(pool, Dialect([(name, options)], {}), "x")
        assert "markdown_extensions" in caught.value.help
        assert workers_of(os.getpid()) == []
        assert texts(pool, PLAIN, "x")[0].text == "x", "the next call starts others"


def test_nothing_starts_without_an_article_and_a_worker_is_used_again() -> None:
    with Pool() as pool:
        assert pool.render(PLAIN, []) == []
        assert workers_of(os.getpid()) == []
        texts(pool, PLAIN, "x")
        first = workers_of(os.getpid())
        texts(pool, Dialect((), {"en": {"note": "Look"}}), "x")
        assert workers_of(os.getpid()) == first
        texts(pool, Dialect((), {"en": {"note": "Other"}}), "x")
        assert len(workers_of(os.getpid())) == 1
        assert workers_of(os.getpid()) != first


def test_a_pool_that_is_forgotten_leaves_no_process() -> None:
    pool = Pool()
    texts(pool, PLAIN, "x")
    assert workers_of(os.getpid())
    del pool
    gc.collect()
    assert workers_of(os.getpid()) == []


HANGS = """
import sys
from kbtool.model import Article, Location
from kbtool.render.pool import Limits, Pool
from kbtool.render.wire import Dialect
print("go", flush=True)
with Pool(Limits(cpu=60)) as pool:
    pool.render(Dialect((), {}), [Article("a", "en", "A", "[" * 200_000, Location("a.md"))])
"""


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_the_workers_end_with_the_build(number: signal.Signals) -> None:
    """On Ctrl+C, which goes to all processes, at once; on a kill when the article is done or out of time."""
    program = HANGS if number == signal.SIGINT else HANGS.replace("cpu=60", "cpu=1")
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    assert parent.stdout is not None
    parent.stdout.readline()
    deadline = time.monotonic() + 20
    while not (children := workers_of(parent.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)
    if number == signal.SIGINT:
        os.killpg(parent.pid, number)
    else:
        parent.kill()
    said = parent.communicate(timeout=20)[1].decode()
    assert said.count("Traceback") == (1 if number == signal.SIGINT else 0), "none from a worker"
    assert children
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def test_the_search_path_of_a_worker_is_that_of_the_build() -> None:
    path = search_path()
    assert "" not in path
    assert path[-1] == str(ROOT)
    assert {entry for entry in sys.path if entry and entry != os.getcwd()} <= set(path)  # noqa: PTH109


def test_the_rule_names_the_limits() -> None:
    why = rules()["not-rendered"].why
    assert f"{Limits().cpu:g} seconds" in why
    assert f"{Limits().memory // 1024**2} MiB" in why
