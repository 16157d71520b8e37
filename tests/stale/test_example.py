"""The example of the handbook: made as committed, and its planted truth is found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kbtool.model import Signal
from kbtool.stale import measure, rank_topics
from kbtool.tickets import WeeklyTable, read_counts
from tests.stale.stale_data import TODAY, article, library

EXAMPLES = Path(__file__).parents[2] / "examples"
COVERED = (
    *("install", "first-site", "write-article", "languages", "search"),
    *("stale-list", "publish", "hosting", "agents", "faq"),
)


@pytest.fixture(scope="module")
def data() -> WeeklyTable:
    table, findings = read_counts(EXAMPLES / "tickets.csv")
    assert findings == []
    return table


@pytest.fixture(scope="module")
def signals(data: WeeklyTable) -> list[Signal]:
    shelf = library(*(article(topic, topic, locale=locale) for topic in COVERED for locale in ("en", "hi")))
    return measure(data, shelf, TODAY)


def test_the_generator_writes_the_same_bytes(tmp_path: Path) -> None:
    target = tmp_path / "tickets.csv"
    subprocess.run([sys.executable, EXAMPLES / "make_tickets.py", target], check=True)
    assert target.read_bytes() == (EXAMPLES / "tickets.csv").read_bytes()


def test_the_shape(data: WeeklyTable) -> None:
    assert len(data.weeks) == 104
    assert data.weeks[-1].isoformat() == "2026-11-09"
    assert data.locales == ("en", "hi")
    assert set(data.topics) == {*COVERED, "pdf-export", "billing-invoice"}


def test_hosting_is_stale_and_neither_the_season_nor_the_wild_week_is(signals: list[Signal]) -> None:
    stale = [signal.topic for signal in signals if signal.name == "stale"]
    assert stale[0] == "hosting"
    assert not {"install", "publish"} & set(stale)
    assert set(stale) <= {"hosting", "search"}


def test_topics_without_an_article_are_gaps(signals: list[Signal]) -> None:
    gaps = [signal.topic for signal in signals if signal.name == "gap"]
    assert gaps == ["pdf-export", "billing-invoice"]


def test_the_season_is_named_as_one(data: WeeklyTable) -> None:
    row = next(
        row for row in rank_topics(data, TODAY, library()).rows if (row.topic, row.locale) == ("publish", "")
    )
    assert row.could_be_seasonal
