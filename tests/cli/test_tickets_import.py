"""`kbtool tickets import`: an export in, counts out, nothing personal anywhere."""

from __future__ import annotations

import json

import pytest

from kbtool.errors import Exit
from tests.conftest import Kb

SETTINGS = """
locales: {en: English, hi: हिन्दी}
articles: {defaults: {audience: public}}
tickets: {path: tickets/counts.csv, preset: zendesk, topics: {invoices: {tags: [gst]}}}
"""
SUBJECTS = {
    "refunds": ("refund not received", "रिफंड नहीं मिला", "refund nahi mila", "रिफंड नहीं मिला अटका"),
    "late-delivery": (
        "my delivery is late",
        "डिलीवरी देर से हो रही है",
        "delivery late kyu hai",
        "late delivry",
    ),
    "": ("hello", "namaste ji", "order 98765432", "thank you so much"),
}
SECRETS = ("ravi@mail.example", "98765 43210", "ABCDE1234F")


@pytest.fixture
def desk(kb: Kb) -> Kb:
    kb.settings(SETTINGS)
    texts = {
        ("refunds", "en"): ("Refund not received", "When a refund has not reached you after seven days."),
        ("refunds", "hi"): ("रिफंड नहीं मिला", "सात दिन में रिफंड न आए तो क्या करें।"),
        ("late-delivery", "en"): ("Delivery is late", "What to do when a delivery is late."),
        ("late-delivery", "hi"): ("डिलीवरी देर से", "डिलीवरी देर से हो तो क्या करें।"),
        ("warranty", "en"): ("Warranty claim", "How to claim the warranty of a broken thing."),
        ("warranty", "hi"): ("वारंटी का दावा", "टूटी चीज़ की वारंटी का दावा कैसे करें।"),
    }
    for (topic, locale), (title, body) in texts.items():
        head = f"title: {title}\ntopics: [{topic}]\nreviewed: 2026-01-05"
        kb.write(f"articles/{locale}/{topic}.md", f"---\n{head}\n---\n\n{body}\n")
    rows: list[dict[str, object]] = []
    for topic, subjects in SUBJECTS.items():
        for n in range(24):
            rows.append(
                {
                    "id": len(rows),
                    "created_at": f"2026-10-{1 + n:02}T10:00:00Z",
                    "updated_at": "2026-11-01T10:00:00Z",
                    "status": "closed",
                    "subject": subjects[n % len(subjects)],
                    "description": f"{SECRETS[n % 3]} {topic}",
                    "tags": [],
                }
            )
    rows.append({**rows[0], "id": 900, "subject": f"bill for {SECRETS[0]}", "tags": ["gst"]})
    rows += rows[:5]
    kb.write("export.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n")
    return kb


def test_three_languages_go_to_one_topic_and_what_nobody_answers_to_none(desk: Kb) -> None:
    done = desk.run("tickets", "import", "export.jsonl")
    assert done.exit == Exit.CLEAN, done.err
    totals: dict[str, int] = {}
    lines = (desk.root / "tickets/counts.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "topic,date,count,locale"
    for line in lines[1:]:
        topic, _, count, _ = line.split(",")
        totals[topic] = totals.get(topic, 0) + int(count)
    assert totals == {"refunds": 24, "late-delivery": 24, "invoices": 1, "(none)": 24}
    assert "5 more than once in the files" in done.out
    assert "Topics are known for 67 % of the tickets" in done.out
    assert "languages     " in done.out
    assert "24 new days" in done.err
    ranked = desk.run("stale")
    assert "tickets on 2 topics in 2 weeks" in ranked.out


def test_nothing_personal_is_kept_or_shown(desk: Kb) -> None:
    done = desk.run("tickets", "import", "export.jsonl")
    kept = "".join(path.read_text(encoding="utf-8") for path in (desk.root / "tickets").iterdir())
    for secret in SECRETS:
        assert secret not in kept + done.out + done.err
    assert "bill for [mail]" in done.out


def test_a_dry_run_writes_nothing_and_a_second_import_changes_nothing(desk: Kb) -> None:
    dry = desk.run("tickets", "import", "export.jsonl", "--dry-run", "--format", "json")
    assert dry.exit == Exit.CLEAN
    assert not (desk.root / "tickets").exists()
    assert json.loads(dry.out)["topics"] == {"tags": 1, "subject": 48, "unknown": 24}
    desk.run("tickets", "import", "export.jsonl")
    before = desk.tree("tickets")
    again = desk.run("tickets", "import", "export.jsonl", "export.jsonl")
    assert desk.tree("tickets") == before
    assert "24 as before" in again.err


def test_words_of_readers_are_proposed(desk: Kb) -> None:
    desk.run("tickets", "import", "export.jsonl")
    account = json.loads((desk.root / "tickets/counts.import.json").read_text(encoding="utf-8"))
    assert {"id": "refunds", "locale": "hi", "text": "रिफंड नहीं मिला अटका", "tickets": 6} in account["words"]
    assert all(word["tickets"] >= 5 for word in account["words"])


def test_changed_rules_are_told(desk: Kb) -> None:
    desk.run("tickets", "import", "export.jsonl")
    desk.settings(SETTINGS.replace("tags: [gst]", "tags: [bill]"))
    done = desk.run("tickets", "import", "export.jsonl")
    assert "the rules for topics have changed" in done.err
    replaced = desk.run("tickets", "import", "export.jsonl", "--replace")
    assert "have changed" not in replaced.err


@pytest.mark.parametrize(
    ("arguments", "exit", "message"),
    [
        (("none.jsonl",), Exit.USAGE, "none.jsonl"),
        (("export.jsonl", "--preset", "zendes"), Exit.USAGE, "did you mean 'zendesk'?"),
        (("empty.jsonl",), Exit.FINDINGS, "the file is empty"),
        (("export.jsonl", "--out", "x.parquet"), Exit.USAGE, "imports do not write"),
    ],
)
def test_what_cannot_be_imported(desk: Kb, arguments: tuple[str, ...], exit: int, message: str) -> None:
    desk.write("empty.jsonl", "")
    done = desk.run("tickets", "import", *arguments)
    assert done.exit == exit
    assert message in done.err
    assert not (desk.root / "tickets").exists()
