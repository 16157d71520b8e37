"""A build where nothing has changed does nothing; where anything has, it builds."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable

import pytest

from kbtool.targets.unchanged import MOMENT
from tests.conftest import Kb

LAST = ".kbtool/mkdocs/last.json"


@pytest.fixture
def built(kb: Kb) -> Kb:
    kb.write("articles/en/a.md", "---\ntitle: A\n---\nFirst text.\n")
    kb.write("articles/en/b.md", "---\ntitle: B\ndescription: Short\n---\nMore. ![x](/x.png)\n")
    kb.write("articles/_assets/x.png", "picture")
    time.sleep(2 * MOMENT)
    assert kb.run("build", "--today", "2026-11-20").exit == 0
    return kb


def is_built_again(kb: Kb, *more: str) -> bool:
    """Whether a build writes pages: then each page is another file."""
    page = kb.root / "site/en/a/index.html"
    before = page.stat().st_ino if page.is_file() else 0
    text = (kb.root / LAST).read_bytes() if (kb.root / LAST).is_file() else b""
    options = ("--today", "2026-11-20") if "--today" not in more else ()
    ran = kb.run("build", *options, *more)
    assert ran.exit == 0, ran
    same_record = (kb.root / LAST).is_file() and (kb.root / LAST).read_bytes() == text
    return before != page.stat().st_ino or not same_record


def edit_in_secret(kb: Kb) -> None:
    """Another text of the same length, with the time of the old one."""
    path = kb.root / "articles/en/a.md"
    status = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("First", "Other"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES: dict[str, Callable[[Kb], object]] = {
    "edit": lambda kb: kb.write("articles/en/a.md", "---\ntitle: A\n---\nOther.\n"),
    "edit in secret": edit_in_secret,
    "new article": lambda kb: kb.write("articles/en/c.md", "---\ntitle: C\n---\nText.\n"),
    "deleted": lambda kb: (kb.root / "articles/en/b.md").unlink(),
    "renamed": lambda kb: (kb.root / "articles/en/b.md").rename(kb.root / "articles/en/d.md"),
    "picture": lambda kb: kb.write("articles/_assets/x.png", "another"),
    "sections": lambda kb: kb.write("articles/sections.yml", "{}\n"),
    "settings": lambda kb: kb.write(
        "mkdocs.yml", (kb.root / "mkdocs.yml").read_text(encoding="utf-8") + "copyright: x\nsite_author: y\n"
    ),
    "site: edited": lambda kb: (kb.root / "site/en/a/index.html").write_text("x", encoding="utf-8"),
    "site: deleted": lambda kb: (kb.root / "site/en/a/index.html").unlink(),
    "site: more": lambda kb: kb.write("site/more.html", "x"),
    "site: gone": lambda kb: shutil.rmtree(kb.root / "site"),
    "site: rights": lambda kb: (kb.root / "site/index.html").chmod(0o600),
    "agents: deleted": lambda kb: (kb.root / ".kbtool/mkdocs/agents/en/a/index.html").unlink(),
    "texts: gone": lambda kb: shutil.rmtree(kb.root / ".kbtool/mkdocs/texts"),
    "record: gone": lambda kb: (kb.root / LAST).unlink(),
    "record: damaged": lambda kb: (kb.root / LAST).write_bytes((kb.root / LAST).read_bytes()[:-9] + b"x"),
    "record: no JSON": lambda kb: (kb.root / LAST).write_bytes(b"\xff\x00"),
    "rollback": lambda kb: (
        kb.write("articles/en/a.md", "---\ntitle: A\n---\nX.\n").run("build"),
        kb.run("rollback"),
    ),
}


def test_nothing_is_written_where_nothing_has_changed(built: Kb) -> None:
    tree = built.tree("site")
    assert not is_built_again(built)
    assert not is_built_again(built)
    assert built.tree("site") == tree


def test_it_says_the_same_as_the_build(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntitle: A\nfoo: 1\n---\nText.\n")
    time.sleep(2 * MOMENT)
    said = [kb.run("build", *more) for more in ((), (), ("-v",), ("-v",), ("-q",))]
    assert (kb.root / LAST).is_file()
    texts = [
        (ran.out.replace("0.0 s", "").replace("0.1 s", "").replace("0.2 s", ""), ran.err) for ran in said
    ]
    assert texts[1][1] == texts[0][1] != ""
    assert texts[3] == texts[2]
    assert "unknown key 'foo'" in texts[2][1]
    assert (said[4].out, said[4].err) == ("", "")
    assert said[1].out.splitlines()[-1] == said[0].out.splitlines()[-1]


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_it_is_built(built: Kb, change: str) -> None:
    CHANGES[change](built)
    assert is_built_again(built)
    files = built.tree("site")
    (built.root / LAST).unlink(missing_ok=True)
    assert is_built_again(built)
    assert built.tree("site") == files, "what is built from nothing is the same"


def test_another_day_or_another_choice_of_trees_is_built(built: Kb) -> None:
    assert is_built_again(built, "--today", "2026-11-21")
    assert is_built_again(built)
    assert is_built_again(built, "--audience", "public")
    assert is_built_again(built)


def test_what_is_changed_at_that_very_moment_is_looked_at_again(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntitle: A\n---\nText.\n")
    path = kb.root / "articles/en/a.md"
    os.utime(path, (time.time() + 60, time.time() + 60))  # a clock that is ahead
    assert kb.run("build").exit == 0
    assert not (kb.root / LAST).is_file()


def test_a_build_that_failed_changes_nothing(built: Kb) -> None:
    built.write("articles/en/c.md", "No front matter.\n")
    assert built.run("build", "--today", "2026-11-20").exit == 1
    (built.root / "articles/en/c.md").unlink()
    assert not is_built_again(built)
