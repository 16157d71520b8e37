"""Names that change: announced once, and nothing is flagged across it."""

from __future__ import annotations

import numpy as np

from kbtool.stale.coverage import coverage
from kbtool.stale.panel import Panel
from kbtool.stale.taxonomy import Break, across, find_break
from kbtool.stale.topics import panel_of, rank_topics
from kbtool.stale.verdict import verdicts
from tests.stale.stale_data import TODAY, chance_counts, library, seeded, table

WEEKS = 60


def renamed(moved: int, at: int = 50) -> dict[str, list[int]]:
    """Twelve topics, some of which go by another name from week `at` on."""
    chance = seeded(2)
    series = {f"t{n:02}": chance_counts(chance, WEEKS, 12) for n in range(12)}
    for n in range(moved):
        old = series[f"t{n:02}"]
        series[f"new{n:02}"] = [0] * at + old[at:]
        series[f"t{n:02}"] = old[:at] + [0] * (WEEKS - at)
    return series


def panel(series: dict[str, list[int]]) -> Panel:
    return panel_of(table(series), coverage(library(), TODAY))[0]


def test_a_third_renamed_is_announced_once_and_floods_nobody() -> None:
    found = list(verdicts(panel(renamed(4)), 30, WEEKS - 1))
    breaks = [verdict.broken for verdict in found if verdict.broken]
    assert len(breaks) == 1
    assert breaks[0].week == 50
    assert set(breaks[0].left) == {"t00", "t01", "t02", "t03"}
    assert set(breaks[0].entered) == {"new00", "new01", "new02", "new03"}
    assert sum(int(verdict.stale.sum() + verdict.surge.sum()) for verdict in found[20:]) == 0


def test_it_is_known_in_the_very_week() -> None:
    assert find_break(panel(renamed(4)), 50, None)
    assert find_break(panel(renamed(4)), 49, None) is None


def test_new_topics_alone_and_ended_topics_alone_are_no_renaming() -> None:
    chance = seeded(2)
    series = {f"t{n:02}": chance_counts(chance, WEEKS, 12) for n in range(12)}
    series["launch"] = [0] * 50 + [30] * 10
    series["t00"] = [*series["t00"][:50], *[0] * 10]
    assert not any(verdict.broken for verdict in verdicts(panel(series), 30, WEEKS - 1))


def test_a_quarter_of_the_topics_that_stop_is_a_break_too() -> None:
    chance = seeded(2)
    series = {f"t{n:02}": chance_counts(chance, WEEKS, 12) for n in range(12)}
    for n in range(4):
        series[f"t{n:02}"] = [*series[f"t{n:02}"][:50], *[0] * 10]
    found = [verdict for verdict in verdicts(panel(series), 30, WEEKS - 1) if verdict.broken]
    assert [verdict.week for verdict in found] == [52]


def test_tickets_that_move_into_a_topic_that_was_there_are_not_its_rise() -> None:
    series = renamed(4)
    swallowed = [a + b for a, b in zip(series["t05"], series.pop("new00"), strict=True)]
    series["t05"] = [n if week < 50 else 3 * n for week, n in enumerate(swallowed)]
    ranking = rank_topics(table(series), TODAY, library())
    row = next(row for row in ranking.rows if row.topic == "t05")
    assert row.moved
    assert not row.flagged
    assert len(ranking.breaks) == 1
    assert "tickets.aliases" in str(ranking.breaks[0])


def test_across() -> None:
    starts = np.array([8, 9, 10, 12, 13])
    assert across(Break(10, "", (), ()), starts).tolist() == [False, True, True, True, False]
    assert not across(None, starts).any()
