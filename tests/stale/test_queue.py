"""One list of work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbtool.model import Signal, SignalName
from kbtool.stale.queue import STAKES, queue
from tests.stale.stale_data import article, library

SHELF = library(
    replace(article("x", "a"), owner="Billing"), article("x", "a", locale="hi"), article("y", "b")
)
NUMBERS: dict[SignalName, dict[str, float | int | str]] = {
    "stale": {"lower": 1.5, "expected": 20.0},
    "no-deflection": {"after": 12.0},
    "flag": {"n": 2},
    "words": {"tickets": 104},
    "gap": {"lower": 4.0},
    "translation-behind": {"changed": 1, "new": 0, "gone": 1, "parts": 4, "tickets": 104, "locale": "hi"},
    "overdue": {"days_late": 90, "review_every": 180, "tickets": 130},
    "quiet": {"expected": 9.0},
}
EXPECTED = {
    "stale": 10.0,
    "flag": 2.0,
    "words": 0.5,
    "no-deflection": 3.0,
    "gap": 4.0,
    "translation-behind": 1.0,
    "overdue": 0.5,
    "quiet": 0.0,
}


def signal(name: SignalName, *articles: str, topic: str = "a") -> Signal:
    return Signal(name, topic, 1.0, "because", articles, NUMBERS.get(name, {}))


@pytest.mark.parametrize("name", list(STAKES))
def test_the_tickets_at_stake(name: SignalName) -> None:
    (entry,) = queue([signal(name, *(() if name == "gap" else ("x",)))], SHELF)
    assert entry.stake == pytest.approx(EXPECTED[name])
    assert entry.todo


def test_one_entry_per_article_led_by_its_strongest_signal() -> None:
    found = queue([signal("overdue", "x"), signal("stale", "x"), signal("no-deflection", "y")], SHELF)
    assert [(entry.id, [each.name for each in entry.signals]) for entry in found] == [
        ("x", ["stale", "overdue"]),
        ("y", ["no-deflection"]),
    ]
    assert found[0].todo.endswith("kbtool review mark x")


def test_gaps_are_entries_of_their_own_and_alarms_are_none() -> None:
    missing, untranslated = signal("gap", topic="new"), signal("gap", "x", topic="a")
    untranslated = replace(untranslated, numbers={"lower": 5.0, "locale": "hi"})
    found = queue([missing, untranslated, signal("surge", "x"), signal("stale", "x")], SHELF)
    assert [entry.topic for entry in found] == ["a", "a", "new"]
    assert "--translates x --lang hi" in found[1].todo
    assert "topics: [new]" in found[2].todo


def test_the_work_of_one_owner() -> None:
    signals = [signal("stale", "x"), signal("stale", "y"), signal("gap", topic="new")]
    assert [entry.id for entry in queue(signals, SHELF, "billing")] == ["x"]
    assert queue(signals, SHELF, "nobody") == []
