"""Where a stem occurs: slots and impacts, as a text that compresses well.

`012b7b103C` reads: `0`, then for each document how many slots it lies after the one before (from 1) and its
impact as a letter, b = 1 to Z = 51. An impact is the weight of the stem in the fields of that document,
without inverse document frequency, in twelfths. A list holds the documents with the largest impacts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import ascii_letters

from kbtool.search.format import packed

MOST = 400  # documents in a list; what is more frequent tells little, and the best of it is kept
STEP = 12  # impacts of one unit of weight
LETTERS = len(ascii_letters)
SHARD_BYTES = 6 * 1024  # before compression
FREQUENT_BYTES = 100_000  # of the lists that are read with the first query of a large index
PREFIX = 4  # characters of a stem that choose its shard, so that similar words lie together
LIST = re.compile(r"0(?:[1-9][0-9]*[a-zA-Z])*")
ENTRY = re.compile(r"([1-9][0-9]*)([a-zA-Z])")

Postings = list[tuple[int, int]]  # slot, impact


def written(weights: Mapping[int, float]) -> str:
    """The list of a stem: `weights` is slot -> weight."""
    best = [(slot, max(1, min(LETTERS - 1, round(STEP * weight)))) for slot, weight in weights.items()]
    if len(best) > MOST:
        best = sorted(best, key=lambda pair: (-pair[1], pair[0]))[:MOST]
    parts, last = ["0"], -1
    for slot, impact in sorted(best):
        parts.append(f"{slot - last}{ascii_letters[impact]}")
        last = slot
    return "".join(parts)


def read(text: str) -> Postings:
    """The list in a text."""
    found: Postings = []
    slot = -1
    for gap, letter in ENTRY.findall(text):
        slot += int(gap)
        found.append((slot, ascii_letters.index(letter)))
    return found


def frequent(lists: Mapping[str, str], order: Iterable[str]) -> dict[str, str]:
    """The lists of the first stems in the order, as many as fit into `FREQUENT_BYTES`."""
    found: dict[str, str] = {}
    size = 0
    for stem in order:
        size += _size(stem, lists[stem])
        if size > FREQUENT_BYTES:
            break
        found[stem] = lists[stem]
    return found


def _size(stem: str, text: str) -> int:
    return len(stem.encode()) + len(text) + len('"":"",')


def shard_count(lists: Iterable[tuple[str, str]]) -> int:
    """Into how many shards stems and their lists go: a power of two, so that it seldom changes."""
    size = sum(_size(stem, text) for stem, text in lists)
    return 1 << max(0, (size // SHARD_BYTES - 1).bit_length()) if size > SHARD_BYTES else 1


def shard_of(stem: str, count: int) -> int:
    """The shard in which a stem lies (FNV-1a over the code points of its beginning)."""
    value = 2166136261
    for char in stem[:PREFIX]:
        value = (value ^ ord(char)) * 16777619 & 0xFFFFFFFF
    return (value ^ value >> 15) % count


def shards(lists: Mapping[str, str]) -> list[bytes]:
    """The lists of all stems, divided into shards."""
    count = shard_count(lists.items())
    parts: list[dict[str, str]] = [{} for _ in range(count)]
    for stem in sorted(lists):
        parts[shard_of(stem, count)][stem] = lists[stem]
    return [packed(part) for part in parts]
