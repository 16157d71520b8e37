"""What a build gives away of protected articles: in its pages, its files, its log and its folders."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kbtool.errors import Exit
from tests.conftest import Kb

GOOD = "---\ntitle: Refunds\n---\n\nMoney comes back.\n"
AGENTS = "---\ntitle: Quokka\ndescription: Q\naudience: agents\n{}---\n\nWombat. {}\n"
SITE = "site_url: https://help.example.com/support/"


def hidden_in(kb: Kb) -> Kb:
    """Articles of every kind that the public must not hear of, with a warning in each."""
    kb.write("articles/en/refund.md", GOOD)
    for name, keys in {
        "quokka": "audience: agents",
        "numbat": "status: draft",
        "bilby": "status: archived",
        "potoroo": "publish_at: 2030-01-01",
        "dunnart": "expires_at: 2020-01-01",
    }.items():
        kb.write(f"articles/en/{name}.md", f"---\ntitle: {name}\n{keys}\nodd: 1\n---\n\n[x](gone.md)\n")
    return kb


NAMES = ("quokka", "numbat", "bilby", "potoroo", "dunnart")


def silent(text: str) -> bool:
    return not any(name in text.lower() for name in NAMES) and "held back" not in text


@pytest.mark.parametrize("more", [(), ("-v",), ("-q",)])
def test_a_public_log_tells_nothing_of_protected_articles(kb: Kb, more: tuple[str, ...]) -> None:
    done = hidden_in(kb).run("build", "--audience", "public", *more)
    assert done.exit == Exit.CLEAN, done.err
    assert silent(done.out + done.err)
    assert "warning" not in done.err
    assert more == ("-q",) or "1 articles" in done.out


def test_the_log_of_both_trees_tells_it_all(kb: Kb) -> None:
    done = hidden_in(kb).run("build", "-v")
    assert (
        "held back from the public: 1 archived, 1 draft, 1 expired, 1 for agents, 1 not yet due" in done.out
    )
    assert all(name in done.err for name in NAMES)


def test_a_public_log_is_silent_on_links_that_wait_for_their_day(kb: Kb) -> None:
    hidden_in(kb).write(
        "articles/en/refund.md", GOOD + "\n[a](potoroo.md) [b](/en/dunnart/) [c](lost.md) ![d](dunnart.md)\n"
    )
    done = kb.run("build", "--audience", "public")
    assert done.exit == Exit.CLEAN, done.err
    assert silent(done.out + done.err)
    assert done.err.count("warning[broken-link]") == 1


def test_an_error_in_a_protected_article_is_told_by_its_place_alone(kb: Kb) -> None:
    kb.write("articles/en/a.md", GOOD).write("articles/en/b.md", AGENTS.format("reviewed: Kowari\n", ""))
    done = kb.run("build", "--audience", "public")
    assert done.exit == Exit.FINDINGS
    assert "articles/en/b.md:5:11: error[bad-metadata]" in done.err
    assert "reviewed: Kowari" not in done.err
    assert "reviewed: Kowari" in kb.run("build").err


def test_an_article_that_is_taken_from_the_public_is_withdrawn_the_hidden_one_never_named(kb: Kb) -> None:
    hidden_in(kb).write("articles/en/going.md", GOOD.replace("Refunds", "Going"))
    assert kb.run("build", "--audience", "public").exit == Exit.CLEAN
    kb.write("articles/en/going.md", "---\ntitle: Going\naudience: agents\n---\n\nHush.\n")
    kb.write("articles/en/quokka2.md", AGENTS.format("", ""))
    done = kb.run("build", "--audience", "public")
    assert "withdrawn: en/going" in done.out
    assert silent(done.out + done.err)


def test_a_link_to_a_protected_article_stops_every_kind_of_build(kb: Kb) -> None:
    kb.write("articles/en/a.md", GOOD).write("articles/en/b.md", AGENTS.format("", ""))
    assert kb.run("build").exit == Exit.CLEAN
    before = kb.tree()
    kb.write("articles/en/a.md", GOOD + "\n[x](b.md)\n")
    place = "articles/en/a.md:7:5: error[protected-target]: this links to b.md, which is for agents only"
    for verb in (("build",), ("build", "--audience", "public"), ("check",), ("check", "--quick")):
        done = kb.run(*verb)
        assert done.exit == Exit.FINDINGS, verb
        assert (done.out + done.err).count("protected-target]") == 1
        assert place in done.out + done.err
        (told,) = [part for part in (done.out + done.err).split("\n\n") if place in part]
        assert "Quokka" not in told
    assert kb.tree() == before


@pytest.mark.parametrize(
    "body",
    [
        "[x](b.md)",
        "[x](/en/b/)",
        "[x](https://help.example.com/support/en/b/)",
        "<https://help.example.com/support/en/b/>",
        "See https://help.example.com/support/en/b/, `https://help.example.com/support/en/b/`.",
        "![x](https://help.example.com/support/en/b/)",
        "<a href='\\en\\b\\'>x</a>",
        "# https://help.example.com/support/en/b/",
    ],
)
def test_what_waits_for_its_day_leaves_no_trace_in_the_pages(kb: Kb, body: str) -> None:
    kb.settings(top=SITE).write("articles/en/a.md", GOOD + f"\n{body}\n")
    kb.write("articles/en/b.md", "---\ntitle: B\npublish_at: 2030-01-01\n---\n\nText.\n")
    done = kb.run("build", "--audience", "public")
    assert done.exit == Exit.CLEAN, done.err
    assert not any(b"en/b/" in data or b"en\\b" in data or b"b.md" in data for data in kb.tree().values())
    assert kb.run("build", "--audience", "public", "--today", "2030-01-01").exit == Exit.CLEAN
    assert "https://help.example.com/support/en/a/" in kb.page("en/a")


def test_a_translation_for_agents_alone_stays_with_them(kb: Kb) -> None:
    kb.write("articles/en/a.md", GOOD)
    kb.write("articles/hi/a.md", "---\ntitle: Quokka\naudience: agents\n---\n\nWombat.\n")
    assert kb.run("build").exit == Exit.CLEAN
    assert not any(word in data for word in (b"Quokka", b"Wombat") for data in kb.tree().values())
    assert "Money" in kb.page("hi/a")
    assert "Wombat" in kb.page("hi/a", ".kbtool/mkdocs/agents")


def attached(kb: Kb) -> set[str]:
    """The names of the files that the public site holds, without their fingerprints."""
    names = {name.removeprefix("assets/files/") for name in kb.tree() if name.startswith("assets/files/")}
    return {name.rpartition("-")[0] for name in names} - {"icon"}


def test_only_files_that_a_public_page_refers_to_are_published(kb: Kb) -> None:
    for name in ("beside", "linked", "block", "draft", "film", "poster", "sound", "words", "set", "loose"):
        kb.write(f"articles/en/{name}.bin", name.encode())
    kb.write("articles/en/both.bin", b"english").write("articles/hi/both.bin", b"hindi")
    kb.write("articles/en/team.md", AGENTS.format("", "[x](linked.bin)"))
    kb.write("articles/en/later.md", "---\ntitle: L\nstatus: draft\n---\n\n[x](draft.bin)\n")
    kb.write(
        "articles/en/a.md",
        GOOD
        + "\n!!! agents\n    [x](block.bin) ![y](beside.bin)\n\n"
        + "<video src='film.bin' poster='poster.bin'><track src='words.bin'></video>"
        + "<audio src='sound.bin'></audio> <img alt='x' srcset='set.bin 2x'> <!-- loose.bin -->\n",
    )
    kb.write("articles/hi/a.md", "---\ntitle: H\n---\n\n[x](both.bin)\n")
    assert kb.run("build").exit == Exit.CLEAN
    assert attached(kb) == {"film", "poster", "words", "sound", "both"}
    tree = kb.tree()
    assert b"hindi" in tree.values()
    assert b"english" not in tree.values()
    agents = set(kb.tree(".kbtool/mkdocs/agents").values())
    assert {b"linked", b"block", b"beside"} <= agents
    assert b"draft" not in agents


def test_the_list_of_the_sections_is_no_attachment(kb: Kb) -> None:
    kb.write("articles/en/a.md", GOOD + "\n[x](../sections.yml)\n").write("articles/sections.yml", "")
    assert "error[protected-target]" in kb.run("build").err


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_private_folders_are_for_their_owner_whatever_the_umask(kb: Kb, umask: int) -> None:
    hidden_in(kb)
    before = os.umask(umask)
    try:
        assert kb.run("build").exit == Exit.CLEAN
        assert kb.run("build").exit == Exit.CLEAN
    finally:
        os.umask(before)
    private = kb.root / ".kbtool" / "mkdocs"
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    for path in private.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & 0o077 == 0 or closed_above(path, private), (str(path), oct(mode))


def closed_above(path: Path, top: Path) -> bool:
    """Whether a file lies in a folder below `top` that nobody else may enter."""
    around = (folder for folder in path.parents if folder.is_relative_to(top) and folder != top)
    return any(stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0 for folder in around)


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("articles/en/b.md", "outside.md"),
        ("articles/en/b.md", "articles/en/a.md"),
        ("articles/en/more", "outside"),
        ("articles/en/loop", "articles"),
        ("articles/_assets", "outside"),
        ("articles/_assets/x.png", "outside.md"),
        ("articles/en/_assets", "outside"),
        ("articles/sections.yml", "outside.md"),
        ("look/styles/x.css", "outside.md"),
        ("look/styles/x.css", "articles/en/a.md"),
        ("look/templates", "outside"),
        ("look/scripts/x.js", "articles/en/a.md"),
        ("words/synonyms.en.yml", "outside.md"),
    ],
)
def test_symbolic_links_are_errors_wherever_files_are_taken_from(kb: Kb, link: str, target: str) -> None:
    own = "locales: {en: English}\narticles: {defaults: {audience: public}}\nsearch: {synonyms: words}"
    kb.settings(own, top="theme: {name: material, custom_dir: look}")
    kb.write("articles/en/a.md", GOOD).write("outside.md", "").write("outside/x.md", GOOD)
    kb.write("look/styles/own.css", "").write("words/synonyms.en.yml.txt", "")
    assert kb.run("build").exit == Exit.CLEAN
    (kb.root / link).parent.mkdir(parents=True, exist_ok=True)
    (kb.root / link).symlink_to(kb.root / target)
    done = kb.run("build")
    assert done.exit == Exit.FINDINGS
    assert f"{link}: error[symlink]" in done.err
    assert f"{link}: error[symlink]" in kb.run("check", "--quick").out


def test_links_that_stay_inside_of_the_theme_and_a_linked_folder_of_articles(kb: Kb) -> None:
    kb.settings(top="theme: {name: material, custom_dir: look}")
    kb.write("elsewhere/en/a.md", GOOD).write("look/styles/own.css", "")
    (kb.root / "articles").symlink_to("elsewhere")
    (kb.root / "look" / "styles" / "same.css").symlink_to("own.css")
    done = kb.run("build")
    assert done.exit == Exit.CLEAN, done.err
    assert "Money" in kb.page("en/a")
