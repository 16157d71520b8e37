"""Reviews that did not help."""

from __future__ import annotations

from dataclasses import replace

from kbtool.model import Library
from kbtool.stale.measure import measure
from tests.stale.stale_data import TODAY, article, chance_counts, library, mondays, seeded, table

REVIEWED = mondays(60)[-12]


def shelf(significance: str = "content") -> Library:
    one = article("x", "a", reviewed=REVIEWED)
    return library(replace(one, significance=significance))  # type: ignore[arg-type]


def found(before: float, gap: float, after: float, significance: str = "content") -> list[str]:
    chance = seeded(6)
    series = {f"t{n}": chance_counts(chance, 60, 20) for n in range(8)}
    series["a"] = [
        *chance_counts(chance, 44, before),
        *chance_counts(chance, 4, gap),
        *chance_counts(chance, 12, after),
    ]
    signals = measure(table(series), shelf(significance), TODAY)
    return [signal.why for signal in signals if signal.name == "no-deflection"]


def test_a_review_that_answered_a_rise_and_changed_nothing() -> None:
    (why,) = found(20, 45, 44)
    assert why.startswith(f"tickets rose in the 8 weeks after the review of {REVIEWED}: ")
    assert "of what was to be expected" in why


def test_a_fall_is_no_signal() -> None:
    assert found(20, 45, 8) == []


def test_a_review_of_a_calm_topic_had_nothing_to_bring_down_unless_it_was_major() -> None:
    assert found(20, 20, 20) == []
    assert len(found(20, 20, 22, significance="major")) == 1
