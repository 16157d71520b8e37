"""The file of counts that imports write: day by day, and the fuller count of a day wins."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path

from kbtool.errors import KbError
from kbtool.tickets.blocks import Unreadable, raw_lines
from kbtool.tickets.export.importing import MEASURED, Imported, Key, Sum

COLUMNS = ("topic", "date", "count", "locale")
MEASURES = tuple(name for measure in MEASURED for name in (measure, f"{measure}_n"))
DIGITS = 2
NOTHING = ("", "")
Rows = dict[str, list[tuple[str, ...]]]  # by day: the cells of each row, without the day
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Merged:
    """The bytes of the new file, and how many days are new, replaced, as before, or not in the import."""

    data: bytes
    new: int
    replaced: int
    kept: int
    untouched: int


def merged(path: Path, imported: Imported, *, replace: bool = False) -> Merged:
    """The counts of an import together with those that are in the file.

    A day that both have is taken from the one with more tickets: exports by the time of the last change hold
    older days only in part, and the last day of an export is seldom over. Importing a file twice changes
    nothing. `replace` drops what was there. Raises KbError when the file there is none of ours.
    """
    fresh = _rows(imported.cells)
    before = {} if replace or not path.is_file() else _read(path)
    found: Rows = {}
    new = replaced = kept = 0
    for day in sorted({*fresh, *before}):
        if day not in before:
            found[day], new = fresh[day], new + 1
        elif day not in fresh:
            found[day] = before[day]
        elif _total(fresh[day]) >= _total(before[day]):
            replaced += fresh[day] != before[day]
            kept += fresh[day] == before[day]
            found[day] = fresh[day]
        else:
            found[day], kept = before[day], kept + 1
    untouched = len(set(before) - set(fresh))
    return Merged(_written(path, found), new, replaced, kept, untouched)


def _rows(cells: Mapping[Key, Sum]) -> Rows:
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    names: dict[int, str] = {}
    for (day, topic, locale), cell in sorted(cells.items(), key=itemgetter(0)):
        if day not in names:
            names[day] = date.fromordinal(day).isoformat()
        measures: list[str] = []
        for total, n in zip(cell.sums, cell.numbers, strict=True):
            measures += (_number(total / n), str(n)) if n else NOTHING
        found[names[day]].append((safe(topic), str(cell.count), locale, *measures))
    return dict(found)


def _number(value: float) -> str:
    return str(round(value, DIGITS)).removesuffix(".0")


def _total(rows: list[tuple[str, ...]]) -> int:
    return sum(int(row[1]) for row in rows)


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _written(path: Path, rows: Rows) -> bytes:
    used = [n for n in range(len(MEASURES)) if any(row[3 + n] for listed in rows.values() for row in listed)]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*COLUMNS, *(MEASURES[n] for n in used)])
    picked = itemgetter(0, 1, 2, *(3 + n for n in used))
    for day, listed in rows.items():
        writer.writerows([topic, day, *others] for topic, *others in map(picked, listed))
    data = stream.getvalue().encode("utf-8")
    return gzip.compress(data, mtime=0) if path.suffix == ".gz" else data


def _read(path: Path) -> Rows:
    """What an import wrote before."""
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    rows = _table(path)
    names = next(rows, [])
    if tuple(names[: len(COLUMNS)]) != COLUMNS or not set(names[len(COLUMNS) :]) <= set(MEASURES):
        raise KbError(
            f"{path} was not written by an import: it begins with {','.join(names)[:80]}",
            "name another file: --out FILE, or write it anew: --replace",
        )
    at = {name: n for n, name in enumerate(names)}
    for cells in rows:
        if len(cells) != len(names) or not cells[2].isdigit():
            raise KbError(
                f"{path} has a row that no import wrote: {','.join(cells)[:80]}", "see kbtool check"
            )
        topic, day, count, locale = cells[: len(COLUMNS)]
        measures = [cells[at[name]] if name in at else "" for name in MEASURES]
        found[day].append((topic, count, locale, *measures))
    return dict(found)


def _table(path: Path) -> Iterator[list[str]]:
    try:
        yield from csv.reader(line.decode("utf-8") for _, line in raw_lines(path))
    except (Unreadable, UnicodeDecodeError, csv.Error) as error:
        raise KbError(f"{path} cannot be read: {error}", "write it anew: --replace") from error
