"""Articles that nobody asks about any more."""

from __future__ import annotations

from kbtool.stale.measure import measure
from tests.stale.stale_data import TODAY, article, library, table


def names(series: list[int]) -> list[str]:
    data = table({"a": series, "rest": [40] * len(series)})
    shelf = library(article("x", "a"), article("y", "rest"))
    return [f"{s.topic}: {s.why}" for s in measure(data, shelf, TODAY) if s.name == "quiet"]


def test_half_a_year_without_a_ticket_after_a_year_with_some() -> None:
    (why,) = names([2] * 80 + [0] * 26)
    assert why.startswith("a: no ticket in the last 26 weeks, where 50 were to be expected; the last came in")


def test_one_ticket_is_not_quiet() -> None:
    assert names([2] * 80 + [0] * 20 + [1] + [0] * 5) == []


def test_a_topic_of_one_season_is_not_called_quiet_between_two() -> None:
    season = [5 if 0 <= week % 52 < 10 else 0 for week in range(140)]
    assert season[-26:] == [0] * 26
    assert names(season) == []


def test_too_little_data_says_nothing() -> None:
    assert names([2] * 40 + [0] * 26) == []
    assert names([0] * 106) == []
    assert names([1] + [0] * 79 + [0] * 26) == []
