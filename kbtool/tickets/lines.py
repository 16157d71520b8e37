"""A file of counts -> its lines: compression, encoding marks and size limits, and CSV quoting."""

from __future__ import annotations

import gzip
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

GIB = 1 << 30
MAX_LINE = 1 << 20
# A quoted cell may hold line breaks, but an unclosed quote must not swallow the file.
MAX_JOINED = 20


class Unreadable(Exception):
    """The file as a whole cannot be read: what is wrong, the line (0 = all of it), the mend."""

    def __init__(self, message: str, help: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.line = line


class BadQuote(ValueError):
    """A quoted cell that does not end where a cell may end.

    `column` is where its quote opens; `unclosed` says that it is still open at the end.
    """

    def __init__(self, column: int, *, unclosed: bool) -> None:
        super().__init__(column)
        self.column = column
        self.unclosed = unclosed


def split(text: str, delimiter: str) -> tuple[list[str], list[int]]:
    """The cells of a record, and the column (from 1) at which each begins. Raises BadQuote.

    RFC 4180 quoting: a cell that begins with `"` ends at the next single `"`; `""` is one quote.
    """
    cells: list[str] = []
    columns: list[int] = []
    at = 0
    while True:
        columns.append(at + 1)
        if text.startswith('"', at):
            cell, end = _quoted(text, at)
            if end < len(text) and text[end] != delimiter:
                raise BadQuote(at + 1, unclosed=False)
        else:
            end = text.find(delimiter, at)
            end = len(text) if end < 0 else end
            cell = text[at:end]
        cells.append(cell)
        if end >= len(text):
            return cells, columns
        at = end + 1


def _quoted(text: str, start: int) -> tuple[str, int]:
    """The content of the quoted cell that opens at `start`, and the place after its last quote."""
    at = start + 1
    while True:
        at = text.find('"', at)
        if at < 0:
            raise BadQuote(start + 1, unclosed=True)
        if not text.startswith('""', at):
            return text[start + 1 : at].replace('""', '"'), at + 1
        at += 2


def records(
    lines: Iterator[tuple[int, str]], delimiter: str
) -> Iterator[tuple[int, str, list[str] | BadQuote]]:
    """(number of the first line, its text, cells) of each record; blank lines are skipped.

    A record with a bad quote gives the BadQuote instead of cells, and reading goes on at the
    next line, so that one missing quote costs one line and is reported where it opens.
    """
    waiting: deque[tuple[int, str]] = deque()
    while True:
        number, text = waiting.popleft() if waiting else next(lines, (0, ""))
        if not number:
            return
        if not text.strip():
            continue
        if '"' not in text:
            yield number, text, text.split(delimiter)
            continue
        cells, taken = _joined(text, delimiter, waiting, lines)
        if isinstance(cells, BadQuote):
            waiting.extendleft(reversed(taken))
        yield number, text, cells


def _joined(
    text: str, delimiter: str, waiting: deque[tuple[int, str]], lines: Iterator[tuple[int, str]]
) -> tuple[list[str] | BadQuote, list[tuple[int, str]]]:
    """The cells of the record that begins with `text`, and the further lines that were taken for it."""
    taken: list[tuple[int, str]] = []
    first: BadQuote | None = None
    while True:
        try:
            return split(text, delimiter)[0], taken
        except BadQuote as error:
            first = first or error
            if not error.unclosed or len(taken) >= MAX_JOINED:
                return first, taken
            number, more = waiting.popleft() if waiting else next(lines, (0, ""))
            if not number:
                return first, taken
            taken.append((number, more))
            text += "\n" + more


def raw_lines(path: Path, limit: int = GIB) -> Iterator[tuple[int, bytes]]:
    """(line number from 1, line without its end) of a plain or gzip file, one line in memory.

    A UTF-8 byte order mark is taken off. Raises Unreadable for a file that is missing, damaged,
    not text, or larger than `limit` bytes when unpacked.
    """
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == b"\x1f\x8b"
            plain.seek(0)
            stream: IO[bytes] = gzip.GzipFile(fileobj=plain) if packed else plain  # type: ignore[assignment]
            with closing(stream):
                yield from _numbered(stream, limit)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable(f"the gzip file is damaged: {error}", "export it again") from error
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise Unreadable(message, "check the path and the rights") from error


def _numbered(stream: IO[bytes], limit: int) -> Iterator[tuple[int, bytes]]:
    size = number = 0
    while raw := stream.readline(MAX_LINE + 1):
        number += 1
        size += len(raw)
        if size > limit:
            help = "split the file by year, or export counts instead of single tickets"
            raise Unreadable(f"more than {limit:,} bytes when unpacked; nothing was taken from it", help)
        if number == 1:
            _refuse_other_encodings(raw)
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if len(raw) > MAX_LINE:
            raise Unreadable(f"a line of more than {MAX_LINE:,} bytes", "is it a CSV file?", number)
        yield number, raw.rstrip(b"\r\n")


def _refuse_other_encodings(first: bytes) -> None:
    """Spreadsheets like to export UTF-16, in which every other byte of English text is zero."""
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("the text is in UTF-16", "save the file as CSV in UTF-8")
    if b"\0" in first:
        raise Unreadable("not a text file (it holds zero bytes)", "save it as CSV in UTF-8")
    if b"\r" in first.rstrip(b"\r\n"):
        raise Unreadable("the lines end with a lone carriage return", "save the file with ordinary line ends")
