"""A CSV or TSV file of ticket counts -> counts, and every problem in it with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from kbtool.model import Finding, TicketCount
from kbtool.tickets import fields
from kbtool.tickets.aliases import renamed
from kbtool.tickets.fields import BadCell
from kbtool.tickets.header import Header, read_header
from kbtool.tickets.lines import BadQuote, Unreadable, raw_lines, records, split
from kbtool.tickets.problems import Problems

T = TypeVar("T")
Key = tuple[str, date, str, str]  # topic, start, locale, channel
Row = tuple[int, int, int]  # line, days, count


def read_counts(
    path: Path, aliases: Mapping[str, Sequence[str]] | None = None
) -> tuple[list[TicketCount], list[Finding]]:
    """The counts of a file (CSV or TSV, plain or gzip) and what is wrong with it.

    Columns: `topic`, `date` (or `week`), `count`; optional `locale`, `channel`. Dates are days or
    ISO weeks; when all days of a file fall on one weekday the counts are weekly (`days` = 7).
    `aliases` maps old topic names to the new ones. A row with an error is left out and the first of
    two equal keys is kept; a file that cannot be read to its end gives no counts. Never raises
    for what is in the file: whoever calls looks at the severities.
    """
    problems = Problems(str(path))
    rows: dict[Key, Row] = {}
    try:
        lines = _decoded(path, problems)
        header = read_header(lines, problems)
        if header:
            _read_rows(lines, header, rows, problems)
            if not rows and not problems.kinds:
                problems.file("there is a header but no row", "export counts, one topic and date a row")
    except Unreadable as error:
        problems.file(error.message, error.help, error.line)
        rows.clear()
    return _counts(rows, aliases or {}), problems.all()


def _decoded(path: Path, problems: Problems) -> Iterator[tuple[int, str]]:
    for number, raw in raw_lines(path):
        try:
            yield number, raw.decode("utf-8")
        except UnicodeDecodeError as error:
            before = raw[: error.start].decode("utf-8")
            message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
            where = (number, len(before) + 1)
            problems.row("rows that are not UTF-8", where, before, message, "save the file as CSV in UTF-8")


def _read_rows(
    lines: Iterator[tuple[int, str]], header: Header, rows: dict[Key, Row], problems: Problems
) -> None:
    """Add every sound row to `rows`."""
    for number, text, cells in records(lines, header.delimiter):
        if isinstance(cells, BadQuote):
            wrong = "the quote opened here is never closed"
            message = wrong if cells.unclosed else "text follows the end of this quoted cell"
            help = 'close the cell with ", and write "" for a quote inside of it'
            problems.row("rows with a bad quote", (number, cells.column), text, message, help)
        elif not any(cell.strip() for cell in cells):
            continue
        elif len(cells) != header.width:
            message = f"{len(cells)} cells where the header has {header.width}"
            quote = f"put quotes around a cell that holds {header.delimiter!r}"
            help = quote if len(cells) > header.width else "write every cell, also the empty ones"
            problems.row("rows with too few or too many cells", (number, 1), text, message, help)
        elif row := _row(cells, header, (number, text), problems):
            _add(row[0], (number, *row[1]), text, rows, problems)


def _row(
    cells: list[str], header: Header, line: tuple[int, str], problems: Problems
) -> tuple[Key, tuple[int, int]] | None:
    """(key, (days, count)) of a row, or None after all its bad cells were reported."""
    sound = True

    def cell(name: str, kind: str, parse: Callable[[str], T], default: T) -> T:
        nonlocal sound
        index = header.at.get(name)
        if index is None:
            return default
        try:
            return parse(cells[index])
        except BadCell as error:
            sound = False
            where = (line[0], _column(line[1], header.delimiter, index))
            problems.row(kind, where, line[1], error.message, error.help)
            return default

    topic = cell("topic", "rows without a topic", fields.topic, "")
    period = "date" if "date" in header.at else "week"
    start, days = cell(period, "bad dates", fields.period, (date.min, 1))
    count = cell("count", "bad counts", fields.count, 0)
    locale = cell("locale", "bad locales", fields.locale, "")
    channel = cell("channel", "bad channels", str.strip, "")
    return ((topic, start, locale, channel), (days, count)) if sound else None


def _column(text: str, delimiter: str, index: int) -> int:
    """The column of a cell; 1 for a record that goes over several lines."""
    try:
        return split(text, delimiter)[1][index]
    except (BadQuote, IndexError):
        return 1


def _add(key: Key, row: Row, text: str, rows: dict[Key, Row], problems: Problems) -> None:
    first = rows.setdefault(key, row)
    if first is not row:
        name = ", ".join([key[0], key[1].isoformat(), *(part for part in key[2:] if part)])
        message = f"lines {first[0]} and {row[0]} both count {name}"
        help = "keep one of them; they are not added, since most repeated rows are exported twice"
        problems.duplicate((row[0], 1), text, message, help)


def _counts(rows: dict[Key, Row], aliases: Mapping[str, Sequence[str]]) -> list[TicketCount]:
    """The rows as counts, under their new names; days that share one weekday are weeks."""
    days = {key[1] for key, row in rows.items() if row[1] == 1}
    weekly = len(days) > 1 and len({day.weekday() for day in days}) == 1
    counts = [
        TicketCount(topic, start, 7 if weekly else row[1], row[2], locale, channel)
        for (topic, start, locale, channel), row in rows.items()
    ]
    return renamed(counts, aliases) if aliases else counts
