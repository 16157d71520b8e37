"""Topics under their new names: nothing lost, nothing made."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import TicketCount
from kbtool.tickets.aliases import renamed

MONDAY = date(2026, 1, 5)


def rows(topic: str, counts: list[int]) -> list[TicketCount]:
    return [TicketCount(topic, MONDAY + timedelta(weeks=n), 7, count) for n, count in enumerate(counts)]


def totals(found: list[TicketCount]) -> dict[str, int]:
    names = {row.topic for row in found}
    return {name: sum(row.count for row in found if row.topic == name) for name in sorted(names)}


def test_many_to_one() -> None:
    found = renamed(rows("a", [1, 2]) + rows("b", [3]) + rows("c", [4]), {"a": ["c"], "B ": ["c"]})
    assert totals(found) == {"c": 10}


def test_one_to_many_by_what_the_children_have() -> None:
    found = renamed(rows("old", [10] * 10) + rows("x", [30]) + rows("y", [10]), {"old": ["x", "y"]})
    assert totals(found) == {"x": 30 + 75, "y": 10 + 25}


def test_children_without_tickets_share_equally() -> None:
    assert totals(renamed(rows("old", [1] * 9), {"old": ["x", "y", "z"]})) == {"x": 3, "y": 3, "z": 3}


@pytest.mark.parametrize("count", [1, 2])
def test_small_weeks_do_not_all_go_to_the_largest(count: int) -> None:
    found = renamed(rows("old", [count] * 40) + rows("x", [6]) + rows("y", [4]), {"old": ["x", "y"]})
    assert totals(found)["y"] == pytest.approx(4 + 0.4 * 40 * count, abs=1)


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=30),
    st.lists(st.integers(0, 9), min_size=2, max_size=4),
)
def test_no_ticket_is_lost_or_made(counts: list[int], children: list[int]) -> None:
    names = [f"n{i}" for i in range(len(children))]
    own = [row for name, count in zip(names, children, strict=True) for row in rows(name, [count])]
    found = renamed(rows("old", counts) + own, {"old": names})
    assert sum(row.count for row in found) == sum(counts) + sum(children)
    assert all(row.count >= 0 for row in found)
    weekly = {row.start for row in found}
    for day in weekly:
        before = sum(row.count for row in rows("old", counts) + own if row.start == day)
        assert sum(row.count for row in found if row.start == day) == before
