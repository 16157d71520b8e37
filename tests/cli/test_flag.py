"""`kbtool flag`, `kbtool gap` and `kbtool review mark --note`: what agents say by hand."""

from __future__ import annotations

import json

import pytest

from kbtool.errors import Exit
from tests.conftest import Kb

SETTINGS = (
    "locales: {en: English, hi: हिन्दी}\narticles: {defaults: {audience: public}}\n"
    "tickets: {path: tickets/counts.csv}"
)


@pytest.fixture
def desk(kb: Kb) -> Kb:
    kb.settings(SETTINGS)
    for locale, title in (("en", "Refunds"), ("hi", "रिफंड")):
        head = f"title: {title}\ntopics: [refunds]\nreviewed: 2026-10-01"
        kb.write(f"articles/{locale}/refunds.md", f"---\n{head}\n---\n\nText.\n")
    rows = "".join(f"refunds,2026-{m:02}-{d:02},5\n" for m in (8, 9, 10) for d in range(1, 29))
    return kb.write("tickets/counts.csv", "topic,date,count\n" + rows)


def test_a_flag_stands_in_the_queue_until_the_article_is_reviewed(desk: Kb) -> None:
    reason = "step 3 is wrong, says ravi@mail.example"
    done = desk.run("flag", "refunds", "--reason", reason, "--ticket", "4711", "--lang", "hi")
    assert done.exit == Exit.CLEAN, done.err
    assert done.out == "tickets/notes.jsonl: flagged refunds in hi\n"
    queue = desk.run("queue").out
    assert (
        "articles/hi/refunds.md\n     flag: refunds: flagged: 2026-11-22 “step 3 is wrong, says [mail]”"
        in queue
    )
    assert "(ticket 4711)" in queue
    assert "kbtool review mark refunds --lang hi" in queue
    assert "ravi" not in (desk.root / "tickets/notes.jsonl").read_text(encoding="utf-8")
    marked = desk.run("review", "mark", "refunds", "--note", "step 3 mended")
    assert "tickets/notes.jsonl: step 3 mended" in marked.out
    assert "flag:" not in desk.run("queue").out
    notes = (desk.root / "tickets/notes.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["kind"] for line in notes] == ["flag", "review"]


def test_a_gap_is_done_when_an_article_has_it_as_a_topic(desk: Kb) -> None:
    for number in ("1", "2"):
        desk.run("gap", "change  UPI id", "--ticket", number)
    queue = desk.run("queue").out
    assert "change UPI id (no article)" in queue
    assert "(ticket 1); 2026-11-22 (ticket 2)" in queue
    desk.write("articles/en/upi.md", "---\ntitle: UPI\ntopics: [change UPI id]\n---\n\nText.\n")
    assert "change UPI id (no article)" not in desk.run("queue").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("flag", "refund", "--reason", "x"), "did you mean 'refunds'?"),
        (("flag", "refunds"), "--reason"),
        (("flag", "refunds", "--reason", "x", "--lang", "fr"), "no locale 'fr'"),
        (("gap", "  "), "the question is empty"),
    ],
)
def test_what_cannot_be_noted(desk: Kb, arguments: tuple[str, ...], message: str) -> None:
    done = desk.run(*arguments)
    assert done.exit == Exit.USAGE
    assert message in done.err


def test_a_damaged_line_is_named(desk: Kb) -> None:
    desk.write(
        "tickets/notes.jsonl", '{"kind": "flag", "day": "2026-11-01", "id": "refunds"}\n{"kind": "x"}\n'
    )
    done = desk.run("queue")
    assert done.exit != Exit.CLEAN
    assert "tickets/notes.jsonl:2: this line is no note" in done.err
