"""A review counts up to the day itself; a later one is told at its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kbtool.config import Config, Settings, SiteKeys
from kbtool.content.articles import parse
from kbtool.content.reviews import future_reviews
from kbtool.model import Library, Location, Source

TODAY = date(2026, 11, 22)
TEXT = "---\ntitle: T\naudience: public\nreviewed:  2026-11-{}\n---\nText.\n"


def library(text: str) -> Library:
    config = Config(Path("nowhere/mkdocs.yml").resolve(), SiteKeys(), Settings(locales={"en": ""}))
    found, findings = parse([Source("a.md", "en", "a", text, "")], config)
    assert findings == []
    return found


def test_a_review_up_to_today_is_fine() -> None:
    text = TEXT.format("22")
    assert list(future_reviews(library(text), {"a.md": text}, TODAY)) == []
    assert list(future_reviews(library("---\ntitle: T\naudience: public\n---\n"), {}, TODAY)) == []


def test_a_review_of_tomorrow_is_told_at_its_line() -> None:
    text = TEXT.format("23")
    (problem,) = future_reviews(library(text), {"a.md": text}, TODAY)
    assert (problem.rule, problem.severity) == ("future-review", "warning")
    assert problem.where == Location("a.md", 4, 12)
    assert problem.source_line == "reviewed:  2026-11-23"
    assert problem.message == "the review of 2026-11-23 lies in the future"


def test_a_review_under_the_key_of_another_system_is_told_at_the_file() -> None:
    found = library(TEXT.format("22"))
    later = found.narrowed(tuple(replace(a, reviewed=date(2027, 1, 1)) for a in found.articles))
    (problem,) = future_reviews(later, {"a.md": "---\nlast: 2027-01-01\n---\n"}, TODAY)
    assert problem.where == Location("a.md", 1)
