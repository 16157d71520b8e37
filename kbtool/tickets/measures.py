"""What else a file of counts may tell of the tickets of a topic: satisfaction, first contact, time, views."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kbtool.tickets.fields import BadCell, clean, digits

Sums = tuple[float, float]  # the values times their weights, and the weights
NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,9})?")


@dataclass(frozen=True)
class Measure:
    """A column of numbers: its mean over tickets, or a sum (`is_mean` False); within these bounds."""

    least: float
    most: float
    unit: str
    is_mean: bool = True

    def read(self, text: str) -> float:
        """The number in a cell, NaN for an empty one; `87 %` and `87,5` are read too. Raises BadCell."""
        written = digits(text).strip().removesuffix("%").strip()
        if not written:
            return math.nan
        if not NUMBER.fullmatch(written):
            raise BadCell(f"{text.strip()!r} is not a number", "write it as 87.5, or leave the cell empty")
        value = float(written.replace(",", "."))
        if not self.least <= value <= self.most:
            raise BadCell(
                f"{text.strip()} is not between {self.least:g} and {self.most:g}",
                f"write {self.unit}, or leave the cell empty",
            )
        return value


MEASURES = {
    "csat": Measure(0, 100, "the per cent of rated tickets whose customers were satisfied"),
    "nps": Measure(-100, 100, "the net promoter score, per cent of promoters less that of detractors"),
    "first_contact": Measure(0, 100, "the per cent of tickets solved with the first answer"),
    "answer_hours": Measure(0, 100_000, "the mean time to the first answer in hours"),
    "views": Measure(0, 1e12, "how often the articles on the topic were read", is_mean=False),
}


@dataclass(frozen=True)
class Measures:
    """The sums of each measure, by topic and the number of a week."""

    sums: Mapping[str, Mapping[str, Mapping[int, Sums]]] = field(default_factory=dict)

    def over(self, name: str, topic: str, weeks: Iterable[int]) -> Sums:
        """(mean, or sum, and n) of a measure over some weeks; (NaN, 0) without a value."""
        by_week = self.sums.get(name, {}).get(topic, {})
        pairs = [by_week[week] for week in weeks if week in by_week]
        total, n = sum(one for one, _ in pairs), sum(n for _, n in pairs)
        if n <= 0:
            return math.nan, 0.0
        return (total / n if MEASURES[name].is_mean else total), n


def measured(
    rows: Iterable[tuple[str, int, str, float, float]], aliases: Mapping[str, Sequence[str]]
) -> Measures:
    """The sums of rows of (topic, number of the week, measure, sum, weight), under the new names.

    A topic that was split gives its measures to all of its parts: a mean is one of them all.
    """
    names = {clean(old): tuple(dict.fromkeys(map(clean, new))) for old, new in aliases.items()}
    found: dict[str, dict[str, dict[int, Sums]]] = {}
    for topic, week, name, total, n in rows:
        for own in (names.get(topic) or (topic,)) if n > 0 else ():
            cells = found.setdefault(name, {}).setdefault(own, {})
            before = cells.get(week, (0.0, 0.0))
            cells[week] = before[0] + total, before[1] + n
    return Measures(found)
