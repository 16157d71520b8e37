"""Bad input through the whole program: every problem of every file in one run, nothing published."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.conftest import Kb, Ran

GOOD = "---\ntitle: Good\n---\n\nA good article.\n"
BETTER = GOOD.replace("good article", "better article")

# A file, and all that `kbtool build -v` says of it.
BAD: list[tuple[str, str | bytes, str]] = [
    (
        "hi/list.md",
        "---\ntitle: सूची\ntags: [पैसा, refund\n---\n",
        """\
articles/hi/list.md:3:7: error[bad-metadata]: the list opened here is never closed
    3 | tags: [पैसा, refund
      |       ^
help: close it with ]
""",
    ),
    (
        "en/quote.md",
        '---\nowner: A\ntitle: "Half\n---\n',
        """\
articles/en/quote.md:3:8: error[bad-metadata]: the quote opened here is never closed
    3 | title: "Half
      |        ^
help: close it, or escape the quote inside the text
""",
    ),
    (
        "en/value.md",
        "---\ntitle: T\naudience: agent\nstatus: pubished\n---\n",
        """\
articles/en/value.md:3:11: error[bad-metadata]: 'agent' is not one of public, agents
    3 | audience: agent
      |           ^
help: did you mean 'agents'?
articles/en/value.md:4:9: error[bad-metadata]: 'pubished' is not one of draft, published, archived
    4 | status: pubished
      |         ^
help: did you mean 'published'?
""",
    ),
    (
        "en/untitled.md",
        "Only words, no heading.\n",
        """\
articles/en/untitled.md:1: error[missing-title]: this article has no title
help: add `title:` at the top, or start the text with '# Title'
""",
    ),
    (
        "top.md",
        "---\ntitle: A\n---\nText.\n",
        """\
articles/top.md: error[unknown-locale]: this article lies outside the folders of the locales
help: move it into en/
""",
    ),
    (
        "en/block.md",
        "---\ntitle: T\n---\n\n!!! agents\nTell them the code.\n",
        """\
articles/en/block.md:5:1: error[agents-block]: this block for agents is empty: the text below is not indented
    5 | !!! agents
      | ^
help: indent what is for agents by four spaces
""",
    ),
    (
        "en/suffix.markdown",
        "---\ntitle: x\n---\nText.\n",
        """\
articles/en/suffix.markdown: warning[not-an-article]: this is not published: the names of articles end in .md
help: rename it to suffix.md
""",
    ),
    (
        "sections.yml",
        "biling: {audience: agents}\nplanned: {titel: x}\n",
        """\
articles/sections.yml:1:1: error[bad-section]: the section 'biling' has no article
    1 | biling: {audience: agents}
      | ^
help: did you mean 'billing'?
articles/sections.yml:2:1: warning[bad-section]: the section 'planned' has no article
    2 | planned: {titel: x}
      | ^
help: remove it, or write its first article
""",
    ),
    (
        "en/billing/x.md",
        "---\ntitle: X\n---\nText.\n",
        """\
""",
    ),
]


def data(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kb, Ran]:
    """One build of a help center with all the bad files, and one good article."""
    kb = Kb(tmp_path_factory.mktemp("bad")).settings()
    kb.write("articles/en/good.md", GOOD)
    for path, content, _ in BAD:
        kb.write(f"articles/{path}", data(content))
    return kb, kb.run("build", "-v")


@pytest.mark.parametrize(
    ("path", "said"), [(path, said) for path, _, said in BAD], ids=[path for path, *_ in BAD]
)
def test_what_is_said_of_a_bad_file(bad: tuple[Kb, Ran], path: str, said: str) -> None:
    assert said.replace("/", os.sep) in bad[1].err.replace("\n\n", "\n"), path


def test_all_is_said_in_one_run_and_nothing_else(bad: tuple[Kb, Ran]) -> None:
    kb, ran = bad
    assert ran.exit == 1
    assert ran.out == ""
    expected = {
        line for _, _, said in BAD for line in said.splitlines() if re.match("articles.*: (error|warn)", line)
    }
    told = [line for line in ran.err.splitlines() if re.match("articles.*: (error|warn)", line)]
    assert len(told) == len(set(told))
    assert set(told) == expected
    errors = sum(": error[" in line for line in expected)
    warnings = len(expected) - errors
    last = f"{errors} errors, {warnings} warnings. Nothing was published; the last good site is untouched."
    assert ran.err.splitlines()[-1] == last
    assert "Traceback" not in ran.err
    assert not (kb.root / "site").exists()
    assert set(kb.private().values()) == {b""}  # locks that nobody holds


def test_errors_are_said_even_when_quiet(bad: tuple[Kb, Ran]) -> None:
    kb, loud = bad
    quiet = kb.run("build", "-q")
    assert quiet.exit == 1
    told = [line for line in quiet.err.splitlines() if ": error[" in line]
    assert told == [line for line in loud.err.splitlines() if ": error[" in line]


def test_the_last_good_site_stays_until_the_next_good_one(kb: Kb) -> None:
    kb.write("articles/en/a.md", GOOD).write("articles/en/b.md", GOOD.replace("Good", "Other"))
    assert kb.run("build").exit == 0
    before = kb.tree("site") | kb.private()
    assert "A good article." in kb.page("en/a")
    kb.write("articles/en/a.md", BETTER)
    for path, content, exit_code in (
        ("articles/en/b.md", "---\ntitle: B: c\n---\n", 1),
        ("articles/en/b.md", "---\ntitle: B\n---\n\n!!! agents\nTell.\n", 1),
        ("articles/sections.yml", "- a\n", 1),
        ("articles/hn/x.md", GOOD, 1),
        ("mkdocs.yml", "site_name: [\n", 2),
    ):
        file = kb.root / path
        old = file.read_bytes() if file.exists() else None
        kb.write(path, content.encode())
        assert kb.run("build").exit == exit_code, path
        assert kb.tree("site") | kb.private() == before, path
        if old is None:
            file.unlink()
        else:
            file.write_bytes(old)
    assert kb.run("build").exit == 0
    assert "A better article." in kb.page("en/a")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            "site_url: help\nplugins:\n  - kbtool:\n      locals: {en: English}\n      stale: {fdr: 5}\n",
            """\
mkdocs.yml:1:11: error[bad-settings]: 'help' is not a web address
    1 | site_url: help
      |           ^
help: write it as https://help.example.com/

mkdocs.yml:4:7: error[bad-settings]: unknown setting 'locals'
    4 |       locals: {en: English}
      |       ^
help: did you mean 'locales'?

mkdocs.yml:5:20: error[bad-settings]: '5' is not a number from 0 to 1
    5 |       stale: {fdr: 5}
      |                    ^
help: write it as 0.05

error: mkdocs.yml cannot be used
help: correct the settings above; nothing was changed
""",
        ),
        (
            "site_name: Hilfe: Start\n",
            """\
mkdocs.yml:1:17: error[bad-settings]: a second ': ' in this value
    1 | site_name: Hilfe: Start
      |                 ^
help: quote the value: site_name: "Hilfe: Start"

error: mkdocs.yml cannot be used
help: correct the settings above; nothing was changed
""",
        ),
        (
            None,
            """\
error: there is no settings file mkdocs.yml
help: start a help center with: kbtool init my-help
""",
        ),
    ],
)
def test_bad_settings(tmp_path: Path, settings: str | None, said: str) -> None:
    kb = Kb(tmp_path).write("articles/en/a.md", GOOD)
    if settings is not None:
        kb.write("mkdocs.yml", settings.encode())
    ran = kb.run("build")
    assert (ran.exit, ran.out, ran.err) == (2, "", said)


def test_nothing_to_publish(kb: Kb) -> None:
    (kb.root / "articles/en").mkdir(parents=True)
    ran = kb.run("build")
    assert (ran.exit, ran.out) == (3, "")
    assert ran.err.startswith("error: no articles in ")
    assert "help: write one with: kbtool new article" in ran.err


def test_text_for_agents_is_in_no_file_of_the_public_site(kb: Kb) -> None:
    kb.write(
        "articles/en/a.md",
        b"---\ntitle: A\nquestions:\n  - question: Q\n    answer: |\n      Yes.\n\n      !!! agents\n"
        b'          canary\n---\n\nText.\n\n??? AGENTS "canary"\n\tcanary\n\n\tcanary\n\n'
        b"- item\n\n    !!! note agents\n        canary\n",
    )
    ran = kb.run("build")
    assert ran.exit == 0, ran.err
    assert not [path for path, content in kb.tree("site").items() if b"canary" in content]
    assert [path for path, content in kb.tree(".kbtool/mkdocs/agents").items() if b"canary" in content]
