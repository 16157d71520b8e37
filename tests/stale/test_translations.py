"""Translations whose source has moved on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbtool.content.parts import digests
from kbtool.model import Article, TranslatedFrom
from kbtool.stale.measure import measure
from kbtool.tickets import weekly
from tests.stale.stale_data import TODAY, article, counted, library

SOURCE = replace(article("x", "a"), body="Intro.\n\n## How long\n\nFive days.\n\n## Who pays\n\nWe do.\n")
HINDI = replace(article("x", "a", locale="hi"), source=TranslatedFrom("en", digests(SOURCE)))


def why(source: Article, translation: Article = HINDI) -> list[str]:
    data = weekly(counted("a", [3] * 20, "hi") + counted("a", [9] * 20, "en"))
    signals = measure(data, library(source, translation), TODAY)
    return [signal.why for signal in signals if signal.name == "translation-behind"]


def test_in_step() -> None:
    assert why(SOURCE) == []


def test_what_changed_is_named_with_the_demand_in_its_locale() -> None:
    changed = replace(SOURCE, body="Intro.\n\n## How long\n\nThree days.\n\n## Fees\n\nNone.\n")
    (words,) = why(changed)
    assert words == (
        "1 changed (how-long), 1 new (fees), 1 gone (who-pays) of 4 parts in en since hi was made of it; "
        "39 tickets in the last 13 weeks"
    )


@pytest.mark.parametrize(("significance", "found"), [("typo", 0), ("content", 1), ("major", 1)])
def test_a_typo_leaves_translations_alone_and_a_major_change_is_said(significance: str, found: int) -> None:
    changed = replace(SOURCE, body="Other.\n", significance=significance)  # type: ignore[arg-type]
    words = why(changed)
    assert len(words) == found
    assert all(("a major change" in each) == (significance == "major") for each in words)


def test_a_translation_without_a_record_and_one_of_a_draft_say_nothing() -> None:
    changed = replace(SOURCE, body="Other.\n")
    assert why(changed, replace(HINDI, source=None)) == []
    assert why(replace(changed, status="draft")) == []
