"""The cells of many rows at once: where each begins and ends, and what each distinct one means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kbtool.tickets.fields import BadCell

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Hashes = NDArray[np.uint64]

NEWLINE, RETURN, QUOTE, ZERO = 10, 13, 34, 48
WORD = 8
# Odd numbers with well mixed bits, as hashes use them.
FIRST, SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
SHIFT = np.uint64(29)
KEPT = np.array([(1 << (8 * n)) - 1 for n in range(WORD + 1)], dtype=np.uint64)
BAD = -1
DIGITS = 9  # of a number that is read here; a longer one is looked at by itself


@dataclass(frozen=True)
class Grid:
    """The cells of the regular lines of a block. All arrays have a row per line.

    `lines` counts from 0 within the block; cell (i, k) is `data[starts[i, k]:][:lengths[i, k]]`.
    `others` are the lines that have another number of cells, `text` the bytes as numbers.
    """

    data: bytes
    text: NDArray[np.uint8]
    words: Hashes
    lines: Ints
    others: Ints
    starts: Ints
    lengths: Ints


def grid(data: bytes, delimiter: str, width: int) -> Grid | None:
    """The cells of a block; None where quotes do more than stand around a cell."""
    padded = data if data.endswith(b"\n") else data + b"\n"
    text = np.frombuffer(padded + bytes(WORD), np.uint8)
    words: Hashes = np.ndarray((len(padded) + 1,), "<u8", buffer=text.data, strides=(1,))
    text = text[: len(padded)]
    ends = np.flatnonzero(text == NEWLINE)
    between = np.flatnonzero(text == ord(delimiter))
    before = np.searchsorted(between, ends)
    found = np.diff(before, prepend=0)
    regular = found == width - 1
    inner = between[np.repeat(regular, found)].reshape(-1, width - 1)
    begin = np.concatenate(([0], ends[:-1] + 1))
    starts = np.column_stack((begin[regular], inner + 1)).astype(np.int64)
    stops = np.column_stack((inner, ends[regular])).astype(np.int64)
    stops[:, -1] -= (stops[:, -1] > starts[:, -1]) & (text[stops[:, -1] - 1] == RETURN)
    if quotes := padded.count(b'"'):
        around = (text[starts] == QUOTE) & (stops - starts > 1) & (text[stops - 1] == QUOTE)
        if quotes != 2 * int(around.sum()):
            return None
        starts += around
        stops -= around
    lines, others = np.flatnonzero(regular), np.flatnonzero(~regular)
    return Grid(padded, text, words, lines, others, starts, stops - starts)


def hashed(cells: Grid, k: int) -> Hashes:
    """A hash of the bytes of each cell of a column."""
    starts, lengths = cells.starts[:, k], cells.lengths[:, k]
    found: Hashes = lengths.astype(np.uint64) * SECOND
    last = len(cells.words) - 1
    for at in range(0, int(lengths.max(initial=0)), WORD):
        word = cells.words[np.minimum(starts + at, last)] & KEPT[np.clip(lengths - at, 0, WORD)]
        found = (found ^ word) * FIRST
        found ^= found >> SHIFT
    return found


def mixed(parts: list[Hashes | Ints]) -> Hashes:
    """One number for each row of several."""
    found: Hashes = np.zeros(len(parts[0]), np.uint64)
    for part in parts:
        found = (found ^ part.astype(np.uint64)) * FIRST
        found ^= found >> SHIFT
    return found


def numbers(cells: Grid, k: int) -> Ints:
    """The whole numbers of a column; BAD where a cell holds anything but up to DIGITS digits."""
    starts, lengths = cells.starts[:, k], cells.lengths[:, k]
    values = np.zeros(len(starts), np.int64)
    good = (lengths > 0) & (lengths <= DIGITS)
    for at in range(min(DIGITS, int(lengths.max(initial=0)))):
        inside = at < lengths
        digit = cells.text[np.minimum(starts + at, len(cells.text) - 1)].astype(np.int64) - ZERO
        good &= ~inside | ((digit >= 0) & (digit <= 9))
        values = np.where(inside, values * 10 + digit, values)
    return np.where(good, values, BAD)


class Column:
    """What the cells of a column mean. Each distinct cell is read once, however often it occurs.

    `read` gives a whole number of at least 0 for a text, or raises BadCell.
    """

    BITS = 16
    LONGEST = 1024  # bytes of a cell; a longer one is looked at by itself

    def __init__(self, read: Callable[[str], int]) -> None:
        self._read = read
        self._hashes: Hashes = np.zeros(1 << self.BITS, np.uint64)
        self._values: Ints = np.full(1 << self.BITS, BAD, np.int64)
        self._known: dict[int, int] = {}

    def values(self, cells: Grid, k: int) -> Ints:
        """The number of each cell; BAD for those that cannot be read."""
        hashes = hashed(cells, k)
        slots = (hashes >> np.uint64(64 - self.BITS)).astype(np.intp)
        values = self._values[slots]
        (new,) = np.nonzero((self._hashes[slots] != hashes) | (values < 0))
        if len(new):
            distinct, first, inverse = np.unique(hashes[new], return_index=True, return_inverse=True)
            rows = new[first].tolist()
            means = [
                self._value(one, cells, row, k) for one, row in zip(distinct.tolist(), rows, strict=True)
            ]
            values[new] = np.array(means, np.int64)[inverse]
        return values

    def _value(self, one: int, cells: Grid, row: int, k: int) -> int:
        if one not in self._known:
            start, length = int(cells.starts[row, k]), int(cells.lengths[row, k])
            value = self._of(cells.data[start : start + length])
            self._known[one] = value
            slot = one >> (64 - self.BITS)
            if value != BAD and self._values[slot] == BAD:
                self._hashes[slot], self._values[slot] = one, value
        return self._known[one]

    def _of(self, cell: bytes) -> int:
        if len(cell) > self.LONGEST:
            return BAD
        try:
            return self._read(cell.decode("utf-8"))
        except (BadCell, UnicodeDecodeError):
            return BAD
