"""`kbtool aliases`: words of readers become aliases, and the search finds the article by them."""

from __future__ import annotations

import json

import pytest

from kbtool.errors import Exit
from tests.conftest import Kb

WORDS = [
    {"id": "refunds", "locale": "hi", "text": "पैसे कब आएंगे", "tickets": 30},
    {"id": "refunds", "locale": "hi", "text": "वापसी का पैसा", "tickets": 9},
    {"id": "refunds", "locale": "en", "text": "cashback: when?", "tickets": 7},
]


@pytest.fixture
def desk(kb: Kb) -> Kb:
    kb.settings(
        "locales: {en: English, hi: हिन्दी}\narticles: {defaults: {audience: public}}\n"
        "tickets: {path: t/counts.csv}"
    )
    kb.write(
        "articles/en/refunds.md",
        "---\ntitle: Refunds\naliases: [money back]\ntopics: [refunds]\n---\n\nText.\n",
    )
    kb.write("articles/hi/refunds.md", "---\ntitle: रिफंड\ntopics: [refunds]\n---\n\nकुछ पाठ।\n")
    account = {
        "version": 1, "preset": "Zendesk", "rules": "", "first": "", "last": "", "tickets": 9, "ways": {},
        "words": WORDS, "dropped": [],
    }  # fmt: skip
    kb.write("t/counts.import.json", json.dumps(account))
    return kb.write("t/counts.csv", "topic,date,count\nrefunds,2026-10-01,5\n")


def test_what_waits_is_listed_and_the_queue_knows_it(desk: Kb) -> None:
    out = desk.run("aliases").out
    assert out.startswith("refunds (hi): रिफंड\n     30  पैसे कब आएंगे\n      9  वापसी का पैसा\n")
    assert "kbtool aliases accept refunds" in out
    queue = desk.run("queue").out
    assert "words: refunds: readers write what the article does not say: “पैसे कब आएंगे” (30)" in queue
    assert "kbtool aliases accept refunds --lang hi" in queue


def test_accepted_words_stand_in_the_front_matter_and_lead_to_the_article(desk: Kb) -> None:
    desk.run("build")
    assert "रिफंड" not in desk.run("search", "पैसे कब आएंगे", "--lang", "hi").out
    done = desk.run("aliases", "accept", "refunds")
    assert done.exit == Exit.CLEAN, done.err
    text = (desk.root / "articles/en/refunds.md").read_text(encoding="utf-8")
    assert 'aliases:\n  - money back\n  - "cashback: when?"\n' in text
    assert "No words of readers wait." in desk.run("aliases").out
    assert desk.run("check").exit == Exit.CLEAN
    desk.run("build")
    assert "रिफंड" in desk.run("search", "पैसे कब आएंगे", "--lang", "hi").out


def test_one_is_taken_and_one_is_dropped_for_good(desk: Kb) -> None:
    desk.run("aliases", "accept", "refunds", "वापसी का पैसा")
    desk.run("aliases", "drop", "refunds", "--lang", "en")
    assert desk.run("aliases").out.startswith("refunds (hi): रिफंड\n     30  पैसे कब आएंगे\n\n")
    account = json.loads((desk.root / "t/counts.import.json").read_text(encoding="utf-8"))
    assert [one["text"] for one in account["dropped"]] == ["cashback: when?"]


def test_an_article_without_proposals(desk: Kb) -> None:
    done = desk.run("aliases", "accept", "refund")
    assert done.exit == Exit.USAGE
    assert "did you mean 'refunds'?" in done.err
