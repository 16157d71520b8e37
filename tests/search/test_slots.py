from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.slots import FEWEST, SPARE, slot_count, slots_of

IDS = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=60)


@given(IDS)
def test_everyone_has_a_slot_of_his_own_in_any_order(ids: list[str]) -> None:
    slots = slots_of(ids)
    assert slots.keys() == set(ids)
    assert len(set(slots.values())) == len(ids)
    assert all(0 <= slot < slot_count(len(ids)) for slot in slots.values())
    assert list(slots.values()) == sorted(slots.values())
    random.Random(1).shuffle(ids)  # noqa: S311 - another order
    assert slots_of(ids) == slots


def test_slots_are_the_same_on_every_machine() -> None:
    assert slots_of(["refund", "password", "delivery"]) == slots_of(
        reversed(["refund", "password", "delivery"])
    )
    assert slots_of(["refund"]) == {"refund": 10}
    assert slots_of([]) == {}


@given(IDS.filter(bool))
def test_a_new_article_moves_no_other_but_by_collision(ids: list[str]) -> None:
    new, *rest = ids
    before, after = slots_of(rest), slots_of(ids)
    if slot_count(len(rest)) != slot_count(len(ids)):
        return
    moved = [id for id in rest if before[id] != after[id]]
    # Who moved was pushed along, by the new one or by one that was pushed: together they are one run.
    pushed = {after[new], *(after[id] for id in moved)}
    held = {before[id] for id in moved}
    assert held <= pushed
    assert len(pushed - held) == 1
    if after[new] not in before.values():
        assert moved == []


def test_collisions_are_few() -> None:
    ids = [f"article-{n}" for n in range(1000)]
    before = slots_of(ids[:-40])
    after = slots_of(ids)
    assert slot_count(960) == slot_count(1000)
    moved = sum(before[id] != after[id] for id in before)
    assert moved < 40, "less than one for each new article"


@pytest.mark.parametrize("number", [*range(70), 500, 1000, 1023, 1024, 1025])
def test_there_are_spare_slots(number: int) -> None:
    count = slot_count(number)
    assert count & (count - 1) == 0
    assert max(FEWEST, SPARE * number) <= count < max(FEWEST + 1, 2 * SPARE * number)


def test_collisions_end_at_the_last_slot() -> None:
    """Who finds the last slot taken goes to the first."""
    ids = [f"{n}" for n in range(5000)]
    last = [id for id in ids if slots_of([id])[id] == FEWEST - 1][:3]
    assert sorted(slots_of(last).values()) == [0, 1, FEWEST - 1]
