"""A CSV or TSV file of ticket counts -> one table of weeks, and every problem in it with its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np

from kbtool.model import Finding
from kbtool.tickets import fields
from kbtool.tickets.aliases import renamed
from kbtool.tickets.blocks import Block, Unreadable, blocks
from kbtool.tickets.calendar import Pair, Series, WeeklyTable, tabulated
from kbtool.tickets.cells import Batch, Cells
from kbtool.tickets.columns import BAD, Column, Grid, Hashes, Ints, grid, hashed, mixed, numbers
from kbtool.tickets.fields import BadCell
from kbtool.tickets.header import Header, read_header
from kbtool.tickets.lines import BadQuote, records, split
from kbtool.tickets.meanings import Names, Values, day_number, hashed_texts, weight_number, weighted
from kbtool.tickets.measures import MEASURES, measured
from kbtool.tickets.problems import LISTED, Problems

T = TypeVar("T")
MOST_TOPICS = 1_000_000
MOST_LOCALES = 4000
# Rows that are wrong; with more of them the file is another one than its header says.
MOST_WRONG = 20_000
MEASURED_WEEKS = 52  # of which measures are kept
JOINED = 3  # blocks that a cell with line breaks may reach over


def read_counts(
    path: Path, aliases: Mapping[str, Sequence[str]] | None = None
) -> tuple[WeeklyTable, list[Finding]]:
    """The counts of a file (CSV or TSV, plain or gzip) by week, and what is wrong with it.

    Columns: `topic`, `date` (or `week`), `count`; optional ones are listed in `header.COLUMNS`. Dates are
    days or ISO weeks; when all days of a file fall on one weekday the counts are weekly. `aliases` maps
    old topic names to the new ones. A row with an error is left out and the first of two equal rows is
    kept; a file that cannot be read to its end gives no counts. Never raises for what is in the file:
    whoever calls looks at the severities.
    """
    problems = Problems(str(path))
    if path.suffix == ".parquet":
        from kbtool.tickets.parquet import read_parquet

        return read_parquet(path, aliases or {}, problems)
    reader = _Reader(path)
    try:
        cells = reader.cells(problems)
    except Unreadable as error:
        problems.file(error.message, error.help, error.line)
        return WeeklyTable(), problems.all()
    if not cells.rows and not problems.found:
        problems.file("there is a header but no row", "export counts, one topic and date a row")
    return reader.table(cells, aliases or {}), problems.all()


class _Reader:
    """A file that is read, more than once if need be: names keep their numbers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.header: Header | None = None
        self.topics = Names(fields.topic, MOST_TOPICS, "topics")
        # Where a file lacks the column, every row has the first of these names.
        self.locales = Names(fields.locale, MOST_LOCALES, "locales", "")
        self.channels = Names(str.strip, MOST_TOPICS, "channels", "")
        self.columns: dict[str, Column] = {}
        self.values: dict[str, Values] = {}

    def cells(self, problems: Problems) -> Cells:
        """Everything in the file, added up."""
        cells: Cells | None = None
        for batch in self._batches(problems):
            cells = cells or Cells(tuple(self.values))
            cells.add(batch)
        if cells is None:
            return Cells(())
        repeated, number = cells.repeated()
        if number:
            self._take_back(cells, repeated, number, problems)
        return cells

    def table(self, cells: Cells, aliases: Mapping[str, Sequence[str]]) -> WeeklyTable:
        """The cells as a table of weeks."""
        series: dict[Pair, Series] = {}
        rows = list(cells)
        first = max((sums.weeks[-1] for sums in rows), default=0) - MEASURED_WEEKS
        found = []
        for sums in rows:
            topic = self.topics.names[sums.topic]
            series[topic, self.locales.names[sums.locale]] = sums.weeks, sums.counts
            late = bisect_left(sums.weeks, first)
            for name, values in zip(cells.measures, sums.values, strict=True):
                pairs = zip(sums.weeks[late:], values[late:], strict=True)
                found += [(topic, week, name, *pair) for week, pair in pairs if pair[1]]
        days = {date.fromordinal(day) for day in cells.days}
        if len(days) > 1 and len({day.weekday() for day in days}) == 1:
            days = set()  # counts of weeks, each dated on its first day
        return tabulated(renamed(series, aliases), days, measured(found, aliases))

    def _take_back(self, cells: Cells, repeated: Hashes, number: int, problems: Problems) -> None:
        """Name the first of the rows that count again what came before, and take all out of the sums.

        Raises Unreadable when they are so many that the file is no file of counts.
        """
        first = np.zeros(len(repeated), np.int64)
        told = 0
        for batch in self._batches(Problems(problems.path)):
            at = np.minimum(np.searchsorted(repeated, batch.keys), len(repeated) - 1)
            (rows,) = np.nonzero(repeated[at] == batch.keys)
            keys = at[rows]
            distinct, places = np.unique(keys, return_index=True)
            again = first[keys] > 0
            again[np.setdiff1d(np.arange(len(rows)), places)] = True
            new = first[distinct] == 0
            first[distinct[new]] = batch.lines[rows[places[new]]]
            for place in np.flatnonzero(again)[: LISTED - told].tolist():
                self._tell(batch, int(rows[place]), int(first[keys[place]]), problems)
                told += 1
            if number > MOST_WRONG and told == LISTED:
                message = f"{number:,} rows count again what a row before them counts"
                help = "if each is a part, add them up by topic and date; tickets: kbtool tickets import"
                raise Unreadable(message, help)
            cells.add(_chosen(batch, rows[again]), sign=-1)
        problems.more_duplicates(number - told)

    def _tell(self, batch: Batch, row: int, first: int, problems: Problems) -> None:
        topic = self.topics.names[batch.topics[row]]
        day = date.fromordinal(int(batch.starts[row])).isoformat()
        name = ", ".join(filter(None, [topic, day, self.locales.names[batch.locales[row]]]))
        line = int(batch.lines[row])
        message = f"lines {first} and {line} both count {name}"
        help = "keep one of them; they are not added, since most repeated rows are exported twice"
        problems.duplicate((line, 1), "", message, help)

    def _batches(self, problems: Problems) -> Iterator[Batch]:
        """The sound rows of the file, block by block."""
        waiting: Block | None = None
        held = 0
        stream = blocks(self.path)
        rest = self._headed(stream, problems)
        if rest is None or self.header is None:
            return
        header = self.header
        for new in chain([rest], stream):
            block = Block(waiting.data + new.data, waiting.first) if waiting else new
            waiting = None
            cells = grid(block.data, header.delimiter, header.width)
            if cells is None and block.data.count(b'"') % 2 and held < JOINED:
                waiting, held = block, held + 1
                continue
            held = 0
            yield from self._of_block(block, cells, header, problems)
        if waiting:
            yield from self._of_block(waiting, None, header, problems)

    def _headed(self, stream: Iterator[Block], problems: Problems) -> Block | None:
        """What follows the header in its block; None when there is no header, after saying why."""
        for block in stream:
            data, number = block.data, block.first
            while data:
                line, end, rest = data.partition(b"\n")
                if line.strip():
                    decoded = _decoded(number, line.rstrip(b"\r"), problems)
                    self.header = read_header(iter([decoded] if decoded else []), problems)
                    if self.header and not self.columns:
                        self._open(self.header)
                    return Block(rest, number + 1)
                data, number = rest, number + len(end)
        read_header(iter([]), problems)
        return None

    def _open(self, header: Header) -> None:
        self.columns = {
            "topic": Column(self.topics.number),
            header.period: Column(day_number),
            "locale": Column(self.locales.number),
            "channel": Column(self.channels.number),
        }
        for name in MEASURES:
            if name in header.at:
                self.values[name] = Values(name)
                self.columns[name] = Column(self.values[name].number)
                if (weight := f"{name}_n") in header.at:
                    self.columns[weight] = Column(weight_number)

    def _of_block(
        self, block: Block, cells: Grid | None, header: Header, problems: Problems
    ) -> Iterator[Batch]:
        if cells is None:
            lines = (one for raw in block.lines() if (one := _decoded(*raw, problems)))
            yield self._slow(records(lines, header.delimiter), header, problems)
        else:
            batch, bad = self._fast(cells, block.first, header)
            yield batch
            odd = np.sort(np.concatenate((bad, cells.others)))
            lines_of = block.data.split(b"\n") if len(odd) else []
            chosen = ((block.first + i, lines_of[i].rstrip(b"\r")) for i in odd.tolist())
            texts = (one for raw in chosen if (one := _decoded(*raw, problems)))
            if len(odd):
                yield self._slow(records(texts, header.delimiter), header, problems)
        if sum(problems.kinds.values()) > MOST_WRONG:
            last = block.first + block.data.count(b"\n")
            message = f"more than {MOST_WRONG:,} rows up to line {last:,} are wrong; reading stopped there"
            raise Unreadable(message, "is this the file that was meant? look at its first rows")

    def _fast(self, cells: Grid, first: int, header: Header) -> tuple[Batch, Ints]:
        """The rows that can be read side by side, and the lines of the others."""

        def column(name: str) -> Ints:
            at = header.at.get(name)
            return zero if at is None else self.columns[name].values(cells, at)

        zero = np.zeros(len(cells.lines), np.int64)
        topics, days, counts = column("topic"), column(header.period), numbers(cells, header.at["count"])
        locales, channels = column("locale"), column("channel")
        good = (topics != BAD) & (days != BAD) & (locales != BAD) & (channels != BAD)
        good &= (counts != BAD) & (counts <= fields.MAX_COUNT)
        values = {}
        for name, table in self.values.items():
            numbered = column(name)
            weights = column(f"{name}_n") if f"{name}_n" in self.columns else counts
            good &= (numbered != BAD) & (weights != BAD)
            value = table.floats()[np.maximum(numbered, 0)]
            values[name] = weighted(value, np.maximum(weights, 0), MEASURES[name])
        others: list[Hashes | Ints] = [hashed(cells, at) for at in header.others]
        batch = Batch(
            first + cells.lines, topics, locales, days >> 1, (days & 1).astype(bool),
            mixed([topics, days >> 1, locales, channels, *others]), counts, values,
        )  # fmt: skip
        (rows,) = np.nonzero(good)
        return (batch if len(rows) == len(good) else _chosen(batch, rows)), cells.lines[~good]

    def _slow(
        self, found: Iterator[tuple[int, str, list[str] | BadQuote]], header: Header, problems: Problems
    ) -> Batch:
        """The same for rows that need a closer look, one by one, with a message for each mistake."""
        sound: list[tuple[int, dict[str, int], list[str]]] = []
        for number, text, cells in found:
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
            elif (row := self._row(cells, header, (number, text), problems)) is not None:
                sound.append((number, row, [cells[at] for at in header.others]))

        def column(name: str) -> Ints:
            return np.array([row.get(name, 0) for _, row, _ in sound], np.int64)

        days, counts = column(header.period), column("count")
        topics, locales = column("topic"), column("locale")
        values = {}
        for name, table in self.values.items():
            value = table.floats()[column(name)]
            weights = column(f"{name}_n") if f"{name}_n" in self.columns else counts
            values[name] = weighted(value, weights, MEASURES[name])
        others = [hashed_texts([rest[k] for _, _, rest in sound]) for k in range(len(header.others))]
        return Batch(
            np.array([number for number, _, _ in sound], np.int64), topics, locales, days >> 1,
            (days & 1).astype(bool), mixed([topics, days >> 1, locales, column("channel"), *others]),
            counts, values,
        )  # fmt: skip

    def _row(
        self, cells: list[str], header: Header, line: tuple[int, str], problems: Problems
    ) -> dict[str, int] | None:
        """What each column of a row means, or None after all its bad cells were reported."""
        kinds: dict[str, tuple[str, Callable[[str], int]]] = {
            "topic": ("rows without a topic", self.topics.number),
            header.period: ("bad dates", day_number),
            "count": ("bad counts", fields.count),
            "locale": ("bad locales", self.locales.number),
            "channel": ("bad channels", self.channels.number),
        }
        for name, table in self.values.items():
            kinds[name] = (f"bad values of {name}", table.number)
            kinds[f"{name}_n"] = (f"bad values of {name}_n", weight_number)
        found: dict[str, int] = {}
        sound = True
        for name, (kind, read) in kinds.items():
            index = header.at.get(name)
            if index is None:
                continue
            try:
                found[name] = read(cells[index])
            except BadCell as error:
                sound = False
                where = (line[0], _column(line[1], header.delimiter, index))
                problems.row(kind, where, line[1], error.message, error.help)
        return found if sound else None


def _chosen(batch: Batch, rows: Ints) -> Batch:
    """Some rows of a batch."""
    return Batch(
        batch.lines[rows], batch.topics[rows], batch.locales[rows], batch.starts[rows], batch.weeks[rows],
        batch.keys[rows], batch.counts[rows],
        {name: (value[rows], weight[rows]) for name, (value, weight) in batch.values.items()},
    )  # fmt: skip


def _decoded(number: int, raw: bytes, problems: Problems) -> tuple[int, str] | None:
    try:
        return number, raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
        where = (number, len(before) + 1)
        problems.row("rows that are not UTF-8", where, before, message, "save the file as CSV in UTF-8")
        return None


def _column(text: str, delimiter: str, index: int) -> int:
    """The column of a cell; 1 for a record that goes over several lines."""
    try:
        return split(text, delimiter)[1][index]
    except (BadQuote, IndexError):
        return 1
