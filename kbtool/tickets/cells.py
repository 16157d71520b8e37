"""Rows of counts added up as they come: one number per topic, locale and week, for any number of rows."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import numpy as np
from numpy.typing import NDArray

from kbtool.tickets.columns import Hashes, Ints, Mask

Floats = NDArray[np.float64]

WEEK_BITS, LOCALE_BITS = 17, 12
WAITING = 1 << 19  # sums that wait to be added up
AT_HAND = 1 << 20  # keys of rows in memory; more of them go to the disk
PARTS_BITS = 6


@dataclass(frozen=True)
class Batch:
    """Sound rows of a file. All arrays are of one length.

    `lines` are line numbers, `topics` and `locales` numbers of names, `starts` ordinals of days, `weeks`
    says which rows are of an ISO week. `keys` tells rows apart: equal ones count the same thing twice.
    `values` are further measures, each with its weight (0 where the cell is empty).
    """

    lines: Ints
    topics: Ints
    locales: Ints
    starts: Ints
    weeks: Mask
    keys: Hashes
    counts: Ints
    values: Mapping[str, tuple[Floats, Floats]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sums:
    """What was added up for a topic and a locale, by numbers of weeks: tickets, and weighted measures."""

    topic: int
    locale: int
    weeks: list[int]
    counts: list[int]
    values: list[list[tuple[float, float]]]


class Cells:
    """The sums of all batches that were added, and whether rows among them repeat each other."""

    def __init__(self, measures: Sequence[str]) -> None:
        self.measures = tuple(measures)
        self.rows = 0
        self.days: set[int] = set()
        self._waiting: list[tuple[Ints, Floats]] = []
        self._keys = _Keys()

    def add(self, batch: Batch, *, sign: int = 1) -> None:
        """Add the rows of a batch, or take them away again (`sign` -1)."""
        if not len(batch.lines):
            return
        week = (batch.starts - 1) // 7
        cells = (batch.topics << (LOCALE_BITS + WEEK_BITS)) | (batch.locales << WEEK_BITS) | week
        columns = [batch.counts.astype(np.float64)]
        for name in self.measures:
            value, weight = batch.values[name]
            columns += [value * weight, weight]
        self._waiting.append(_summed(cells, np.stack(columns) * sign))
        if sum(len(sums[0]) for sums in self._waiting) > WAITING + len(self._waiting[0][0]):
            self._settle()
        if sign > 0:
            self.rows += len(batch.lines)
            self.days.update(np.unique(batch.starts[~batch.weeks]).tolist())
            self._keys.add(batch.keys)

    def repeated(self) -> tuple[Hashes, int]:
        """The keys that more than one row has, sorted, and how many rows have one that came before."""
        return self._keys.repeated()

    def __iter__(self) -> Iterator[Sums]:
        """The sums in the order of topic and locale."""
        self._settle()
        for cells, sums in self._waiting:
            pairs, starts = np.unique(cells >> WEEK_BITS, return_index=True)
            ends = [*starts[1:].tolist(), len(cells)]
            weeks = cells & ((1 << WEEK_BITS) - 1)
            counts = np.rint(sums[0]).astype(np.int64)
            for pair, start, end in zip(pairs.tolist(), starts.tolist(), ends, strict=True):
                own = slice(start, end)
                values = [
                    list(zip(sums[k, own].tolist(), sums[k + 1, own].tolist(), strict=True))
                    for k in range(1, len(sums), 2)
                ]
                yield Sums(
                    pair >> LOCALE_BITS,
                    pair & ((1 << LOCALE_BITS) - 1),
                    weeks[own].tolist(),
                    counts[own].tolist(),
                    values,
                )

    def _settle(self) -> None:
        if len(self._waiting) > 1:
            cells = np.concatenate([cells for cells, _ in self._waiting])
            sums = np.concatenate([sums for _, sums in self._waiting], axis=1)
            self._waiting = [_summed(cells, sums)]


def _summed(cells: Ints, columns: Floats) -> tuple[Ints, Floats]:
    """Each cell once, sorted, with its sums."""
    distinct, inverse = np.unique(cells, return_inverse=True)
    sums: Floats = np.stack([np.bincount(inverse, column, len(distinct)) for column in columns])
    return distinct, sums.astype(np.float64)


class _Keys:
    """Keys of any number of rows: beyond AT_HAND they lie on the disk, by their first bits."""

    def __init__(self) -> None:
        self._held: list[Hashes] = []
        self._count = 0
        self._folder: Path | None = None

    def add(self, keys: Hashes) -> None:
        self._held.append(keys)
        self._count += len(keys)
        if self._count > AT_HAND:
            self._put_away()

    def repeated(self) -> tuple[Hashes, int]:
        if self._folder is None:
            return _twice(self._held)
        self._put_away()
        found = [_twice([np.fromfile(part, np.uint64)]) for part in sorted(self._folder.iterdir())]
        return np.concatenate([keys for keys, _ in found]), sum(number for _, number in found)

    def _put_away(self) -> None:
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="kbtool-"))
            weakref.finalize(self, rmtree, self._folder, ignore_errors=True)
        keys = np.concatenate(self._held) if self._held else np.zeros(0, np.uint64)
        part = (keys >> np.uint64(64 - PARTS_BITS)).astype(np.uint8)
        order = np.argsort(part, kind="stable")
        keys, bounds = keys[order], np.searchsorted(part[order], np.arange((1 << PARTS_BITS) + 1))
        for number in range(1 << PARTS_BITS):
            with (self._folder / f"{number:02}").open("ab") as file:
                keys[bounds[number] : bounds[number + 1]].tofile(file)
        self._held, self._count = [], 0


def _twice(held: list[Hashes]) -> tuple[Hashes, int]:
    keys = np.concatenate(held) if held else np.zeros(0, np.uint64)
    keys.sort()
    again = keys[1:][keys[1:] == keys[:-1]]
    return np.unique(again), len(again)
