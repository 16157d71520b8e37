"""A file of counts -> its lines: compression, encoding marks and size limits, and CSV quoting."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

# A quoted cell may hold line breaks, but an unclosed quote must not swallow the file.
MAX_JOINED = 20


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
