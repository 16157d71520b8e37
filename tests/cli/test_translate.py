"""`kbtool translate mark`, and what the list says when the source moves on."""

from __future__ import annotations

from kbtool.errors import Exit
from tests.conftest import Kb

EN = "---\ntopics: [a]\n---\n# Refunds\n\nIntro.\n\n## How long\n\nFive days.\n"
HI = "---\ntopics: [a]\n---\n# रिफ़ंड\n\nपरिचय।\n\n## कितने दिन\n\nपाँच दिन।\n"


def site(kb: Kb) -> Kb:
    return (
        kb.write("articles/en/refunds.md", EN)
        .write("articles/hi/refunds.md", HI)
        .write("t.csv", "topic,date,count\na,2026-10-05,3\na,2026-10-12,3\n")
    )


def listed(kb: Kb) -> str:
    done = kb.run("stale", "--tickets", "t.csv", "--today", "2026-11-01")
    assert done.exit == Exit.CLEAN, done.err
    return done.out.partition("Translations behind their source")[2]


def test_marked_changed_and_marked_again(kb: Kb) -> None:
    site(kb)
    done = kb.run("translate", "mark", "refunds", "--lang", "hi")
    assert done.exit == Exit.CLEAN, done.err
    assert done.out == "articles/hi/refunds.md: up to date with articles/en/refunds.md (3 parts)\n"
    assert (kb.root / "articles/hi/refunds.md").read_text().endswith(HI.partition("---\n# ")[2])
    assert listed(kb) == ""
    kb.write("articles/en/refunds.md", EN.replace("Five", "Three"))
    assert "1 changed (how-long) of 3 parts in en since hi was made of it" in listed(kb)
    assert "articles/hi/refunds.md" in listed(kb)
    assert "articles/en/refunds.md" not in listed(kb)
    kb.run("translate", "mark", "refunds", "--lang", "hi")
    assert listed(kb) == ""


def test_what_cannot_be_marked(kb: Kb) -> None:
    site(kb).write("articles/en/alone.md", "# Alone\n")
    for arguments, message in (
        (("refund", "--lang", "hi"), "did you mean 'refunds'?"),
        (("alone", "--lang", "hi"), "'alone' has no version in hi"),
        (("alone", "--lang", "en"), "'alone' has no other version to be made from"),
        (("refunds", "--lang", "xx"), "xx"),
    ):
        done = kb.run("translate", "mark", *arguments)
        assert done.exit == Exit.USAGE
        assert message in done.err
    assert (kb.root / "articles/hi/refunds.md").read_text() == HI


def test_what_other_systems_keep_under_the_same_key_is_left_alone(kb: Kb) -> None:
    site(kb).write("articles/hi/refunds.md", HI.replace("topics", "source: {file: x.md}\ntopics"))
    assert listed(kb) == ""
    assert kb.run("check").exit == Exit.CLEAN
