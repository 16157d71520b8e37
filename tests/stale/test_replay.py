"""Decisions week by week: online, latched, and reset by a review."""

from __future__ import annotations

import numpy as np
import pytest

from kbtool.stale.coverage import coverage
from kbtool.stale.panel import Panel
from kbtool.stale.replay import GRID, LATCH, NO_ODDS, decisions, grid
from kbtool.stale.topics import panel_of
from tests.stale.stale_data import TODAY, article, chance_counts, library, mondays, seeded, table


def desk(tail: list[int], reviewed_ago: int | None = None, level: int = 12) -> Panel:
    chance = seeded(11)
    series = {f"t{n:02}": chance_counts(chance, 120, 20) for n in range(12)}
    series["z"] = [*chance_counts(chance, 120 - len(tail), level), *tail]
    reviewed = None if reviewed_ago is None else mondays(120)[-reviewed_ago]
    return panel_of(table(series), coverage(library(article("a", "z", reviewed=reviewed)), TODAY))[0]


def odds(panel: Panel, first: int = 80) -> np.ndarray:
    return np.array([decision.stale[-1] for decision in decisions(panel, first, 119)])


def test_a_rise_is_remembered_for_as_long_as_it_lasts() -> None:
    found = odds(desk([36] * 30))
    assert (found[-26:] > 1.28).all()
    assert found[:8].max() < 0


def test_it_is_let_go_when_the_tickets_fall() -> None:
    found = odds(desk([36] * 10 + [12] * 12))
    assert found.max() > 1.28
    assert found[-1] < LATCH


def test_a_review_asks_for_new_evidence() -> None:
    before, after = odds(desk([36] * 30)), odds(desk([36] * 30, reviewed_ago=10))
    assert before[-1] > 1.28
    assert after[-10:].max() < 0


@pytest.mark.parametrize(
    ("before", "high", "risen", "reviewed"),
    [(12, 36, 50, 35), (12, 36, 24, 18), (40, 120, 25, 20), (100, 200, 30, 25)],
)
def test_the_level_that_a_review_accepted_is_the_new_normal(
    before: int, high: int, risen: int, reviewed: int
) -> None:
    chance = seeded(12)
    tail = [*chance_counts(chance, 60 - risen, before), *chance_counts(chance, risen, high)]
    assert odds(desk(tail, reviewed, level=before), 120 - reviewed).max() < 1.28


def test_a_rise_upon_the_accepted_level_is_seen() -> None:
    assert odds(desk([36] * 35 + [90] * 15, reviewed_ago=45))[-1] > 1.28


def test_a_rise_after_a_fall_that_a_review_brought_is_seen() -> None:
    found = odds(desk([4] * 40 + [12] * 12, reviewed_ago=51))
    assert found[-1] > 1.28
    assert found[-14] < 0.5


def test_too_little_past_is_no_answer() -> None:
    panel = desk([36] * 4)
    early = next(decisions(panel, 5, 5))
    assert not early.tested.any()
    assert (early.stale == NO_ODDS).all()
    assert (early.baseline == -1).all()


def test_a_decision_reads_no_later_week() -> None:
    panel = desk([36] * 12)
    whole = list(decisions(panel, 80, 119))[:30]
    cut = Panel(
        panel.weeks[:110],
        panel.topics,
        panel.counts[:, :110],
        panel.totals[:, :110],
        panel.desk,
        panel.born,
        panel.since,
    )
    for one, other in zip(whole, decisions(cut, 80, 109), strict=True):
        assert np.allclose(one.stale, other.stale)
        assert np.allclose(one.surge, other.surge)
        assert (one.onset == other.onset).all()


def test_expectations_end_on_weeks_that_the_calendar_fixes() -> None:
    panel = desk([])
    ends = grid(panel, 80, 119)
    assert len(ends) > 10
    assert {panel.weeks[end].toordinal() // 7 % GRID for end in ends} == {0}
    assert set(grid(panel, 84, 119)) <= set(ends)


def test_the_measure_of_a_rise() -> None:
    last = list(decisions(desk([36] * 6), 100, 119))[-1]
    assert last.onset[-1] in (5, 6, 8)
    assert 2.0 < last.seen[-1] / last.expected[-1] < 4.0
    assert 1.3 < last.lower[-1] < last.seen[-1] / last.expected[-1]
    assert 60 < last.excess[-1] < 130
