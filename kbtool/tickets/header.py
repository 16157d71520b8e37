"""The first line of a file of counts -> its delimiter and the place of each column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.nearest import nearest
from kbtool.tickets.lines import BadQuote, split
from kbtool.tickets.measures import MEASURES
from kbtool.tickets.problems import Problems

WEIGHTS = tuple(f"{name}_n" for name, measure in MEASURES.items() if measure.is_mean)
COLUMNS = ("topic", "date", "week", "count", "locale", "channel", "resolved_by", *MEASURES, *WEIGHTS)
DELIMITERS = (",", ";", "\t")
FIRST_LINE = "the first line is: topic,date,count"
# What other exports call these columns; used in hints only, never guessed.
OTHER_NAMES = {
    "topic": ("category", "subject", "tag", "label", "issue", "विषय"),
    "date": ("day", "created", "created_at", "monday", "week_start", "तारीख", "दिनांक"),
    "count": ("tickets", "total", "number", "n", "quantity", "volume", "संख्या"),
}


@dataclass(frozen=True)
class Header:
    """The delimiter of the file, how many cells a row has, and the place of each column.

    `period` is `date` or `week`; `others` are columns that are no number: rows that differ in them count
    different things.
    """

    delimiter: str
    width: int
    at: dict[str, int]
    period: str = "date"
    others: tuple[int, ...] = ()


def read_header(lines: Iterator[tuple[int, str]], problems: Problems) -> Header | None:
    """The header, or None after saying why there is none that can be used."""
    number, text = next(((n, t) for n, t in lines if t.strip()), (0, ""))
    if not number:
        if not problems.found:
            problems.file("the file is empty", FIRST_LINE)
        return None
    options = [(delimiter, names) for delimiter in DELIMITERS if (names := _names(text, delimiter))]
    if text.count('"') % 2 or not options:
        problems.file("a quote in the header is never closed", FIRST_LINE, number)
        return None
    delimiter, names = max(options, key=lambda o: (len(set(o[1]) & set(COLUMNS)), len(o[1])))
    period = "date" if "date" in names else "week"
    used = [name for name in COLUMNS if name not in ("date", "week") or name == period]
    if not _complete_header(names, used, number, problems):
        return None
    at = {name: names.index(name) for name in used if name in names}
    if delimiter != DELIMITERS[0]:
        problems.delimiter("tab" if delimiter == "\t" else delimiter, number)
    if unused := [name or "(no name)" for name in names if name not in at]:
        problems.unused(unused, number)
    others = [place for place, name in enumerate(names) if name not in at or name == "resolved_by"]
    return Header(delimiter, len(names), at, period, tuple(others))


def _names(text: str, delimiter: str) -> list[str]:
    """The names of the columns, or none when the quotes do not fit this delimiter."""
    try:
        return [cell.strip().casefold() for cell in split(text, delimiter)[0]]
    except BadQuote:
        return []


def _complete_header(names: list[str], used: list[str], number: int, problems: Problems) -> bool:
    """Whether the columns that are needed are there once; says what is missing or repeated."""
    found = ", ".join(name or "(no name)" for name in names)
    before = len(problems.found)
    for name in used:
        if names.count(name) > 1:
            problems.file(f"the column {name} is there {names.count(name)} times", "keep one of them", number)
    for name in ("topic", "date", "count"):
        if name in names or (name == "date" and "week" in names):
            continue
        free = [other for other in names if other not in COLUMNS]
        usual = next((other for other in OTHER_NAMES[name] if other in free), None)
        meant = usual or nearest(name, free)
        help = f"did you mean '{meant}'? rename it to {name}" if meant else FIRST_LINE
        problems.file(f"there is no column {name}; found: {found}", help, number)
    return len(problems.found) == before
