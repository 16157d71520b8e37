from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.conftest import ROOT, Kb


def published(kb: Kb, *texts: str) -> Kb:
    for text in texts:
        kb.write("articles/en/a.md", f"---\ntitle: A\n---\n\n{text}\n")
        assert kb.run("build").exit == 0
    return kb


def test_the_release_before_comes_back_and_a_second_rollback_undoes_it(kb: Kb) -> None:
    published(kb, "First.", "Second.")
    ran = kb.run("rollback")
    assert (ran.exit, ran.err) == (0, "")
    assert ran.out.startswith("site is release 1 again: made ")
    assert ran.out.endswith(", 1 public article\nto undo this: kbtool rollback\n")
    assert "First." in kb.page("en/a")
    assert "First." in kb.page("en/a", ".kbtool/mkdocs/agents")
    assert kb.run("rollback").exit == 0
    assert "Second." in kb.page("en/a")


def test_search_answers_from_the_release_that_is_out(kb: Kb) -> None:
    published(kb, "The blue form.", "The green form.")
    assert "1. A" in kb.run("search", '"green form"').out
    assert "no results" in kb.run("search", '"blue form"').out
    kb.run("rollback")
    assert "1. A" in kb.run("search", '"blue form"').out
    assert "no results" in kb.run("search", '"green form"').out
    assert "no results" in kb.run("search", "green").out


def test_the_list_names_what_is_out_and_what_is_kept(kb: Kb) -> None:
    published(kb, *"abcde")
    lines = kb.run("rollback", "--list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["now", "4", "3", "2"]
    assert all(line.endswith("1 public article") for line in lines)
    assert kb.run("rollback", "--to", "2").exit == 0
    assert "<p>b</p>" in kb.page("en/a")
    assert "<p>e</p>" not in kb.page("en/a")


def test_a_release_that_is_not_kept(kb: Kb) -> None:
    published(kb, "a", "b")
    ran = kb.run("rollback", "--to", "7")
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err == "error: there is no release 7\nhelp: there are 1: kbtool rollback --list\n"


def test_nothing_to_go_back_to(kb: Kb) -> None:
    ran = published(kb, "a").run("rollback")
    assert (ran.exit, ran.out) == (3, "")
    assert "no earlier release of site is kept" in ran.err


def test_the_next_build_tells_what_changed_since_the_release_that_came_back(kb: Kb) -> None:
    published(kb, "a")
    kb.write("articles/en/b.md", "---\ntitle: B\n---\n\nText.\n")
    assert "newly published: en/b" in kb.run("build").out
    kb.run("rollback")
    assert "newly published: en/b" in kb.run("build").out


def test_a_release_that_holds_what_is_protected_now_stays_where_it_is(kb: Kb) -> None:
    kb.write("articles/en/b.md", "---\ntitle: Goodwill\n---\n\nUp to the zanzibar limit.\n")
    published(kb, "a")
    kb.write("articles/en/b.md", "---\ntitle: Goodwill\naudience: agents\n---\n\nUp to the zanzibar limit.\n")
    published(kb, "b")
    before = kb.tree()
    ran = kb.run("rollback")
    assert ran.exit == 1
    assert "protected-text" in ran.err
    assert "articles/en/b.md" in ran.err
    assert kb.tree() == before


def test_an_article_that_was_withdrawn_does_not_come_back_though_its_words_are_common(kb: Kb) -> None:
    kb.write("articles/en/text.md", "---\ntitle: Text a\n---\n\nText b.\n")
    published(kb, "Text a text b.")
    kb.write("articles/en/text.md", "---\ntitle: Text a\naudience: agents\n---\n\nText b.\n")
    published(kb, "Text b text a.")
    ran = kb.run("rollback")
    assert ran.exit == 1
    assert "articles/en/text.md:1: error[protected-text]: release 1 shows this to everybody" in ran.err
    assert "en/text/index.html" not in kb.tree()


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_asked_to_end_says_so_and_clears_up(kb: Kb, ends: signal.Signals) -> None:
    published(kb, "a")
    for number in range(400):
        kb.write(f"articles/en/s/{number}.md", f"---\ntitle: T{number}\n---\n\nText.\n")
    before = kb.tree()
    code = (
        "import os, kbtool.targets.releases as r\n"
        "write = r.Staging.write\n"
        f"r.Staging.write = lambda *a, **k: (write(*a, **k), os.kill(os.getpid(), {int(ends)}))[0]\n"
        "from kbtool.cli import main; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "build", "-q"],
        cwd=kb.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 128 + ends
    assert ran.stderr.strip() == "stopped"
    assert kb.tree() == before
    assert not list(kb.root.rglob("new-*"))
