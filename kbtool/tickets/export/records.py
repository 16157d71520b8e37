"""An export of tickets -> one record each: JSON lines, a JSON document, pages of an API, or CSV; .gz too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from kbtool.tickets.blocks import Unreadable, raw_lines
from kbtool.tickets.header import DELIMITERS
from kbtool.tickets.lines import BadQuote, records, split
from kbtool.tickets.problems import Problems

MAX_RECORD = 1 << 25  # bytes of a ticket with all that was said
MAX_DOCUMENT = 1 << 28  # bytes of a JSON document that is no list of lines
Record = dict[str, Any]


def read_records(path: Path, keys: Sequence[str], problems: Problems) -> Iterator[tuple[int, Record]]:
    """(line, record) of each ticket; what cannot be read is a problem with its place.

    `keys` are those below which a document or a page lists its tickets. A column that a CSV file repeats
    gives a list. Raises Unreadable.
    """
    lines = raw_lines(path, MAX_RECORD)
    first: list[tuple[int, bytes]] = []
    for number, line in lines:
        first.append((number, line))
        if line.strip():
            break
    if not first or not first[-1][1].strip():
        raise Unreadable("the file is empty", "export tickets as JSON lines or CSV")
    if not first[-1][1].lstrip().startswith((b"{", b"[")):
        yield from _table(_chained(first, lines), problems)
        return
    try:
        orjson.loads(first[-1][1])
    except orjson.JSONDecodeError:
        yield from _document(_chained(first, lines), keys, problems)
        return
    yield from _by_line(_chained(first, lines), keys, problems)


def _chained(
    first: list[tuple[int, bytes]], lines: Iterator[tuple[int, bytes]]
) -> Iterator[tuple[int, bytes]]:
    yield from first
    yield from lines


def _by_line(
    lines: Iterator[tuple[int, bytes]], keys: Sequence[str], problems: Problems
) -> Iterator[tuple[int, Record]]:
    loads = orjson.loads
    for number, line in lines:
        try:
            value = loads(line)
        except orjson.JSONDecodeError as error:
            if line.strip():
                message = f"this line is no JSON: {error.msg}"
                problems.row("lines that are no JSON", (number, error.colno), "", message, "export it again")
            continue
        for one in _listed(value, keys):
            if isinstance(one, dict):
                yield number, one
            else:
                message = "this is no ticket: an object with fields is wanted"
                problems.row("lines that are no tickets", (number, 1), "", message, "export tickets")


def _listed(value: Any, keys: Sequence[str]) -> list[Any]:
    """The tickets in a value: itself, its items, or what it lists below one of the keys."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for key in keys:
            if isinstance(value.get(key), list):
                found: list[Any] = value[key]
                return found
    return [value]


def _document(
    lines: Iterator[tuple[int, bytes]], keys: Sequence[str], problems: Problems
) -> Iterator[tuple[int, Record]]:
    parts, size = [], 0
    for _, line in lines:
        size += len(line) + 1
        if size > MAX_DOCUMENT:
            message = f"a JSON document of more than {MAX_DOCUMENT:,} bytes"
            raise Unreadable(message, "export it as JSON lines, one ticket a line: jq -c '.tickets[]'")
        parts.append(line)
    try:
        value = orjson.loads(b"\n".join(parts))
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"it is no JSON: {error.msg}", "export it again", error.lineno) from error
    for number, one in enumerate(_listed(value, keys), 1):
        if isinstance(one, dict):
            yield number, one
        else:
            message = f"item {number} is no ticket: an object with fields is wanted"
            problems.row("items that are no tickets", (0, 0), "", message, "export tickets")


def _table(lines: Iterator[tuple[int, bytes]], problems: Problems) -> Iterator[tuple[int, Record]]:
    texts = _decoded(lines, problems)
    head = next(((number, text) for number, text in texts if text.strip()), None)
    if head is None:
        return
    names, delimiter = _named(head, problems)
    repeated = {name for name in names if names.count(name) > 1}
    for number, _, cells in records(texts, delimiter):
        if isinstance(cells, BadQuote):
            message = (
                "the quote opened here is never closed" if cells.unclosed else "text follows a quoted cell"
            )
            help = 'close the cell with ", and write "" for a quote inside of it'
            problems.row("rows with a bad quote", (number, cells.column), "", message, help)
        elif len(cells) != len(names):
            if any(cell.strip() for cell in cells):
                message = f"{len(cells)} cells where the first line has {len(names)}"
                kind = "rows with too few or too many cells"
                problems.row(kind, (number, 1), "", message, "export it again, with quotes around text")
        else:
            yield (
                number,
                _joined(names, cells, repeated) if repeated else dict(zip(names, cells, strict=True)),
            )


def _named(head: tuple[int, str], problems: Problems) -> tuple[list[str], str]:
    """The names of the columns, and what divides them."""
    options = []
    for delimiter in DELIMITERS:
        with suppress(BadQuote):
            options.append((len(split(head[1], delimiter)[0]), delimiter))
    if not options:
        message = "a quote in the first line is never closed"
        raise Unreadable(message, "the first line names the columns", head[0])
    delimiter = max(options, key=lambda option: option[0])[1]
    if delimiter != ",":
        problems.delimiter("tab" if delimiter == "\t" else delimiter, head[0])
    return [name.strip() for name in split(head[1], delimiter)[0]], delimiter


def _joined(names: Sequence[str], cells: Sequence[str], repeated: set[str]) -> Record:
    """A record whose repeated columns are lists."""
    record: Record = {}
    for name, cell in zip(names, cells, strict=True):
        if name not in repeated:
            record[name] = cell
        elif cell.strip():
            record.setdefault(name, []).append(cell)
    return record


def _decoded(lines: Iterator[tuple[int, bytes]], problems: Problems) -> Iterator[tuple[int, str]]:
    for number, raw in lines:
        try:
            yield number, raw.decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
            help = "save the file as CSV in UTF-8"
            problems.row("rows that are not UTF-8", (number, error.start + 1), "", message, help)
