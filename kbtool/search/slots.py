"""Document numbers that stay: a slot is made of the id alone, so that a new article moves no other."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

SPARE = 2  # slots for each document at least
FEWEST = 16


def slots_of(ids: Iterable[str]) -> dict[str, int]:
    """Id -> slot. The number of slots is a power of two; who finds his taken goes to the next free one."""
    keys = sorted((int.from_bytes(sha256(id.encode()).digest()[:8], "big"), id) for id in ids)
    count = slot_count(len(keys))
    taken: dict[int, str] = {}
    for key, id in keys:
        slot = key % count
        while slot in taken:
            slot = (slot + 1) % count
        taken[slot] = id
    return {id: slot for slot, id in sorted(taken.items())}


def slot_count(documents: int) -> int:
    """How many slots there are for so many documents."""
    return max(FEWEST, 1 << (SPARE * documents - 1).bit_length()) if documents else FEWEST
