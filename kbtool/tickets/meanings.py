"""What a cell of counts means as a number: names, values of measures, days; each text is read once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kbtool.tickets import fields
from kbtool.tickets.blocks import Unreadable
from kbtool.tickets.cells import Floats
from kbtool.tickets.columns import Grid, Hashes, Ints, hashed
from kbtool.tickets.measures import MEASURES, Measure


class Names:
    """Names in the order of their appearance, each with its number."""

    def __init__(self, read: Callable[[str], str], most: int, what: str, *first: str) -> None:
        self.names = list(first)
        self._numbers = {name: number for number, name in enumerate(first)}
        self._read, self._most, self._what = read, most, what

    def number(self, text: str) -> int:
        """The number of a name. Raises BadCell where it cannot be one."""
        name = self._read(text)
        if name not in self._numbers:
            if len(self.names) >= self._most:
                message = f"more than {self._most:,} different {self._what}"
                raise Unreadable(message, "this is no file of counts: kbtool tickets import reads tickets")
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]


class Values:
    """Distinct values of a measure, each with its number."""

    def __init__(self, name: str) -> None:
        self._read = MEASURES[name].read
        self._found: list[float] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a value. Raises BadCell."""
        if text not in self._numbers:
            self._found.append(self._read(text))
            self._numbers[text] = len(self._found) - 1
        return self._numbers[text]

    def floats(self) -> Floats:
        """The values by their numbers; NaN for an empty cell."""
        return np.array(self._found or [np.nan], np.float64)


def weighted(values: Floats, tickets: Ints, measure: Measure) -> tuple[Floats, Floats]:
    """Values with their weights: the tickets of a mean, 1 for a sum, 0 for an empty cell."""
    weights = tickets if measure.is_mean else np.ones_like(tickets)
    return np.nan_to_num(values), np.where(np.isnan(values), 0.0, weights)


def day_number(text: str) -> int:
    """The ordinal of the first day, twice, and one more for an ISO week."""
    start, days = fields.period(text)
    return start.toordinal() * 2 + (days == 7)


def weight_number(text: str) -> int:
    """How many tickets a value rests on; an empty cell is none."""
    return fields.count(text) if text.strip() else 0


def hashed_texts(texts: list[str]) -> Hashes:
    """The same numbers as `hashed` gives for these cells."""
    if not texts:
        return np.zeros(0, np.uint64)
    cells = [text.encode("utf-8") for text in texts]
    lengths = np.array([[len(cell)] for cell in cells], np.int64)
    starts = np.concatenate(([[0]], np.cumsum(lengths, axis=0)[:-1]))
    data = b"".join(cells)
    padded = np.frombuffer(data + bytes(8), np.uint8)
    words: Hashes = np.ndarray((len(data) + 1,), "<u8", buffer=padded.data, strides=(1,))
    none = np.zeros(0, np.int64)
    return hashed(Grid(data, padded, words, none, none, starts, lengths), 0)
