"""Topics under their new names: nothing lost, nothing made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.tickets.aliases import renamed
from kbtool.tickets.calendar import Pair, Series


def rows(topic: str, counts: list[int]) -> dict[Pair, Series]:
    return {(topic, ""): (list(range(len(counts))), counts)}


def totals(found: dict[Pair, Series]) -> dict[str, int]:
    return {topic: sum(counts) for (topic, _), (_, counts) in sorted(found.items())}


def test_many_to_one() -> None:
    found = renamed(rows("a", [1, 2]) | rows("b", [3]) | rows("c", [4]), {"a": ["c"], "B ": ["c"]})
    assert totals(found) == {"c": 10}


def test_one_to_many_by_what_the_children_have() -> None:
    found = renamed(rows("old", [10] * 10) | rows("x", [30]) | rows("y", [10]), {"old": ["x", "y"]})
    assert totals(found) == {"x": 30 + 75, "y": 10 + 25}


def test_children_without_tickets_share_equally() -> None:
    assert totals(renamed(rows("old", [1] * 9), {"old": ["x", "y", "z"]})) == {"x": 3, "y": 3, "z": 3}


@pytest.mark.parametrize("count", [1, 2])
def test_small_weeks_do_not_all_go_to_the_largest(count: int) -> None:
    found = renamed(rows("old", [count] * 40) | rows("x", [6]) | rows("y", [4]), {"old": ["x", "y"]})
    assert totals(found)["y"] == pytest.approx(4 + 0.4 * 40 * count, abs=1)


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=30),
    st.lists(st.integers(0, 9), min_size=2, max_size=4),
)
def test_no_ticket_is_lost_or_made(counts: list[int], children: list[int]) -> None:
    before = rows("old", counts)
    names = [f"n{i}" for i in range(len(children))]
    for name, count in zip(names, children, strict=True):
        before |= rows(name, [count])
    found = renamed(before, {"old": names})
    assert by_week(found) == by_week(before)
    assert all(count >= 0 for _, counts in found.values() for count in counts)


def by_week(series: dict[Pair, Series]) -> dict[int, int]:
    found: dict[int, int] = {}
    for weeks, counts in series.values():
        for week, count in zip(weeks, counts, strict=True):
            found[week] = found.get(week, 0) + count
    return found
