"""`stale.under_review`: pages of articles whose tickets rise say so, until they are reviewed."""

from __future__ import annotations

import pytest

from tests.conftest import Kb

SETTINGS = """
locales: {en: English, hi: हिन्दी}
articles: {defaults: {audience: public}}
tickets: {path: t.csv}
stale: {under_review: true}
"""
DAY = ("--today", "2026-11-02")


@pytest.fixture
def desk(kb: Kb) -> Kb:
    kb.settings(SETTINGS)
    for topic in ("refunds", "delivery"):
        for locale in ("en", "hi"):
            head = f"title: {topic} {locale}\ntopics: [{topic}]\nreviewed: 2026-01-05"
            kb.write(f"articles/{locale}/{topic}.md", f"---\n{head}\n---\n\nText.\n")
    rows = [f"refunds,2026-W{week:02},{20 if week < 36 else 90}\n" for week in range(2, 45)]
    rows += [
        f"{topic},2026-W{week:02},60\n" for week in range(2, 45) for topic in ("delivery", "other", "more")
    ]
    return kb.write("t.csv", "topic,week,count\n" + "".join(rows))


def test_the_note_stands_on_what_rises_in_the_language_of_the_page(desk: Kb) -> None:
    assert desk.run("build", *DAY).exit == 0
    assert "We are reviewing this article." in desk.page("en/refunds")
    assert "हम इस लेख की जाँच कर रहे हैं।" in desk.page("hi/refunds")
    assert "We are reviewing" not in desk.page("en/delivery")
    desk.run("review", "mark", "refunds", *DAY)
    desk.run("build", *DAY)
    assert "We are reviewing" not in desk.page("en/refunds")


def test_counts_with_errors_are_told_and_nothing_is_claimed(desk: Kb) -> None:
    desk.write("t.csv", "topic,week,count\nrefunds,soon,1\n")
    done = desk.run("build", *DAY)
    assert done.exit == 0
    assert "warning[bad-ticket-file]: the ticket counts have errors" in done.err
    assert "We are reviewing" not in desk.page("en/refunds")


def test_without_the_setting_no_page_says_it(desk: Kb) -> None:
    desk.settings(SETTINGS.replace("true", "false"))
    desk.run("build", *DAY)
    assert "We are reviewing" not in desk.page("en/refunds")
