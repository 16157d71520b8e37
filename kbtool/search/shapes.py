"""What the files of an index must look like. Their digests match; but a reader takes nothing on trust."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kbtool.search.manifest import is_digest, is_number, want
from kbtool.search.passages import Passages, passages_in
from kbtool.search.postings import LIST
from kbtool.search.slots import slot_count


@dataclass(frozen=True)
class Shards:
    """The digests of all shards, and how many slots lie in one shard of passages."""

    postings: Sequence[str]
    passages: Sequence[str]
    neighbours: int


def shards_of(value: object, documents: int) -> Shards:
    """The digests of the shards of so many documents."""
    table = _table(value)
    want(list(table) == ["postings", "passages"])
    postings, passages = map(_row, table.values())
    want(all(isinstance(made, str) for made in (*postings, *passages)))
    want(len(postings) > 0 and len(passages) > 0)
    want(all(map(is_digest, postings)) and all(is_digest(made) for made in passages if made))
    slots = slot_count(documents)
    want(slots % len(passages) == 0)
    return Shards(postings, passages, slots // len(passages))


def ids_of(value: object, documents: int) -> dict[str, int]:
    """Id -> slot of so many documents."""
    row = _row(value)
    want(len(row) == 2 * documents)
    slots, ids = row[::2], row[1::2]
    want(all(map(is_number, slots)) and slots == sorted(set(slots)))
    want(all(isinstance(id, str) for id in ids))
    return dict(zip(ids, slots, strict=True))


def lists_of(value: object) -> dict[str, str]:
    """Stem -> the text with its list."""
    table = _table(value)
    want(all(isinstance(text, str) and LIST.fullmatch(text) for text in table.values()))
    return table


def rows_of(value: object) -> list[Passages]:
    """The documents in a shard of passages."""
    return [passages_in(row) for row in _row(value)]


def _table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("not what a build writes")
    return value


def _row(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not what a build writes")
    return value
