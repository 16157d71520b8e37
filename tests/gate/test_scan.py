"""A protected word or sentence in a public file is found with both places; a public one never."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool import pipeline
from kbtool.config import load
from kbtool.gate.protected import Protected, protect
from kbtool.gate.scan import Gate, Leak
from kbtool.model import Finding
from kbtool.targets.tree import tree_files
from tests.conftest import ROOT, Kb

DAY = date(2026, 11, 22)
AGENTS = "articles/en/inside/limits.md"
SETTINGS = "locales: {en: English, hi: हिन्दी}\narticles: {defaults: {audience: public}}"


@pytest.fixture
def center(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> Kb:
    kb.write(
        "articles/en/refund.md", "---\ntitle: Refunds\n---\n\nMoney comes back in three days. ![x](r.csv)\n"
    )
    kb.write("articles/en/r.csv", "day,count\n1,2\n3,4\n5,6\n")
    kb.write(
        AGENTS,
        """\
        ---
        title: Zanzibar limits
        audience: agents
        owner: Weatherwax
        ---

        Up to fortyseven euros. Money comes back in the days that you say.

        ![x](stamps.csv)
        """,
    )
    kb.write("articles/en/inside/stamps.csv", "stamp,perforation\n1,2\n3,4\n")
    kb.write(
        "articles/en/note.md",
        "---\ntitle: Note\n---\n\nFor all.\n\n!!! agents\n    Only for the marmalade.\n",
    )
    monkeypatch.chdir(kb.root)
    return kb


def protected_in(kb: Kb) -> Protected:
    config, problems = load(kb.root / "mkdocs.yml", {})
    assert config, problems
    return protect(config, pipeline.read(config), today=DAY)


def leaks(protected: Protected, files: Mapping[str, str | bytes]) -> list[Leak]:
    gate = Gate(protected)
    for path, data in files.items():
        gate.look(path, data if isinstance(data, bytes) else data.encode())
    return gate.leaks


def finding(protected: Protected, text: str | bytes, path: str = "en/a/index.html") -> Finding:
    found = leaks(protected, {path: text})
    assert found, text
    return found[0].finding("site")


def test_a_word_is_found_with_both_places(center: Kb) -> None:
    told = finding(protected_in(center), "<p>one</p>\n<p>the Fortyseven</p>\n")
    assert (told.rule, told.severity, str(told.where)) == (
        "protected-text",
        "error",
        "site/en/a/index.html:2",
    )
    assert told.message == f"this holds 'fortyseven', which stands in {AGENTS}:7 (for agents only)"
    assert "gate.allow" in told.help


def test_a_sentence_of_common_words_is_found(center: Kb) -> None:
    told = finding(protected_in(center), "<p>Money comes <b>back</b> in\nthe days that <i>you</i> say.</p>")
    assert str(told.where) == "site/en/a/index.html:2"
    assert "'back in the days that you', which stands in articles/en/inside/limits.md:7" in told.message
    assert leaks(protected_in(center), {"a.html": "<p>Money comes back in three days.</p>"}) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("zanzibar", f"{AGENTS}:2"),
        ("weatherwax", f"{AGENTS}:4"),
        ("stamps", f"{AGENTS}:9"),
        ("perforation", "articles/en/inside/stamps.csv:1"),
        ("marmalade", "articles/en/note.md:8 (for agents only)"),
        ("limits", AGENTS),
    ],
)
def test_everything_of_a_protected_article_is_looked_for(center: Kb, text: str, where: str) -> None:
    assert where in finding(protected_in(center), f"<p>{text}</p>").message


def test_a_copy_of_a_file_and_a_name_are_found(center: Kb) -> None:
    data = (center.root / "articles/en/inside/stamps.csv").read_bytes()
    told = finding(protected_in(center), data, "assets/files/x-1.csv")
    assert (
        "a copy of a file that lies in articles/en/inside/stamps.csv" in told.message
        or "stamp" in told.message
    )
    assert (
        finding(protected_in(center), b"", "en/zanzibar/index.html").where.path
        == "site/en/zanzibar/index.html"
    )
    assert leaks(protected_in(center), {"a.csv": (center.root / "articles/en/r.csv").read_bytes()}) == []


def test_drafts_archived_and_undue_articles_are_protected_on_that_day(center: Kb) -> None:
    for number, line in enumerate(
        ["status: draft", "status: archived", "publish_at: 2027-01-01", "expires_at: 2026-01-01"]
    ):
        center.write(
            f"articles/en/d{number}.md", f"---\ntitle: T\n{line}\n---\n\nThe quicksilver{number * 1111}x.\n"
        )
    protected = protected_in(center)
    whys = ["a draft", "archived", "not published on this day", "not published on this day"]
    for number, why in enumerate(whys):
        assert why in finding(protected, f"quicksilver{number * 1111}x").message


def test_a_word_that_may_be_read_is_allowed(center: Kb) -> None:
    center.settings(SETTINGS + "\ngate: {allow: [fortyseven euros]}")
    assert leaks(protected_in(center), {"a.html": "fortyseven"}) == []
    assert leaks(protected_in(center), {"a.html": "zanzibar"})


def test_what_has_passed_is_not_looked_at_again_for_the_same_set_only(center: Kb) -> None:
    protected = protected_in(center)
    first = Gate(protected)
    first.look("a.html", b"<p>fine</p>")
    first.look("b.html", b"<p>zanzibar</p>")
    assert len(first.passed) == 1
    second = Gate(protected, frozenset(first.passed))
    second.look("a.html", b"<p>fine</p>")
    assert second.passed == first.passed
    second.look("zanzibar.html", b"<p>fine</p>")
    assert [leak.path for leak in second.leaks] == ["zanzibar.html"]
    center.write("articles/en/more.md", "---\ntitle: More\naudience: agents\n---\n\nMarzipan.\n")
    assert protected_in(center).digest != protected.digest


def test_every_file_is_told_and_a_line_that_held_something_is_looked_at_again(center: Kb) -> None:
    found = leaks(protected_in(center), {f"{n}.html": "<p>zanzibar</p>\n<p>fine</p>" for n in range(3)})
    assert [leak.path for leak in found] == ["0.html", "1.html", "2.html"]


def test_nothing_is_protected_in_a_public_center(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kb.root)
    kb.write("articles/en/a.md", "---\ntitle: A\n---\n\nText.\n")
    assert protected_in(kb).is_empty


LETTERS = st.text(alphabet="bcdfghjklmnpqrstvwz", min_size=7, max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.sets(LETTERS, min_size=4, max_size=8), st.integers(0, 10))
def test_a_planted_word_is_always_found_and_a_public_one_never(
    tmp_path_factory: pytest.TempPathFactory, drawn: set[str], at: int
) -> None:
    *public, secret = sorted(drawn)
    kb = Kb(tmp_path_factory.mktemp("planted")).settings()
    kb.write("articles/en/a.md", f"---\ntitle: A\n---\n\n{' '.join(public)}\n")
    kb.write("articles/en/b.md", f"---\ntitle: B\naudience: agents\n---\n\n{secret} {' '.join(public)}\n")
    protected = protected_in(kb)
    text = [*public, *public, *public]
    assert leaks(protected, {"a.html": f"<p>{' '.join(public)}</p>"}) == []
    assert leaks(protected, {"a.html": f"<p>{' '.join([*text[:at], secret, *text[at:]])}</p>"})


def sites() -> list[tuple[Path, float]]:
    """Settings of real help centers, each with the share of its articles that becomes one for agents."""
    corpora = ("arduino", "tldr") if (ROOT.parent / "shared/corpora").is_dir() else ()
    paths = [ROOT / "mkdocs.yml", *(ROOT / f"bench/sites/{name}.yml" for name in corpora)]
    found = [(path, share) for path in paths for share in (0.0, 0.33)]
    # Five languages in three scripts, with names and phrases in common: where most false alarms were.
    return [*found, (ROOT / "bench/sites/fastapi.yml", 0.33)] if corpora else found


@pytest.mark.parametrize(("path", "share"), sites(), ids=lambda value: getattr(value, "stem", str(value)))
def test_no_false_alarm_on_real_articles(path: Path, share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    config, problems = load(path, os.environ)
    assert config, problems
    content = pipeline.read(config)
    draw = Random(1)  # noqa: S311 - a choice of articles
    articles = tuple(
        replace(article, audience="agents") if draw.random() < share else article
        for article in content.library.articles
    )
    content = replace(content, library=replace(content.library, articles=articles))
    tree = pipeline.compile(config, content, "public", today=DAY)
    gate = Gate(protect(config, content, today=DAY))
    for name, data in tree_files(config, tree):
        gate.look(name, data)
    assert gate.leaks == []
    assert share == 0 or gate.protected.words
