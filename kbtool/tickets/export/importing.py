"""Exports of tickets -> counts by topic, day and locale, and an account of what was understood."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kbtool.model import Finding
from kbtool.tickets import fields
from kbtool.tickets.blocks import Unreadable
from kbtool.tickets.export.days import Days, Slashed, order_of, resolved
from kbtool.tickets.export.mapping import Ticket, TicketReader
from kbtool.tickets.export.preset import Preset
from kbtool.tickets.export.records import read_records
from kbtool.tickets.export.topics import NONE, WAYS, TopicFinder
from kbtool.tickets.fields import BadCell
from kbtool.tickets.problems import Problems

Key = tuple[int, str, str]  # ordinal of the day, topic, locale
MEASURED = ("csat", "nps", "first_contact", "answer_hours")
Progress = Callable[[int], None]
EVERY = 5000  # tickets between two calls of the progress


@dataclass(frozen=True)
class Matched:
    """What articles say of a subject: the topic ('' = none), how sure that is, and the article."""

    topic: str = ""
    confidence: float = 0.0
    id: str = ""
    locale: str = ""


@dataclass(frozen=True)
class Knowledge:
    """What is known of topics: by rules, by the articles (`match`), and the language of a text (`tongue`)."""

    finder: TopicFinder
    match: Callable[[Sequence[str]], Sequence[Matched]]
    tongue: Callable[[str], str]


@dataclass
class Sum:
    """The tickets of a cell, and the sums of their measures with how many had one."""

    count: int = 0
    sums: list[float] = field(default_factory=lambda: [0.0] * len(MEASURED))
    numbers: list[int] = field(default_factory=lambda: [0] * len(MEASURED))


@dataclass(frozen=True)
class Imported:
    """The counts, and what was understood of the export.

    `ways` counts tickets by how their topic was found ('' = not at all), `left_out` by why they do not count.
    `used` maps our fields to theirs. `subjects` are the distinct subjects with their tickets, topic, way and
    match: they are shown in samples and looked through for words, and never kept.
    """

    cells: Mapping[Key, Sum]
    tickets: int
    left_out: Mapping[str, int]
    ways: Mapping[str, int]
    used: Mapping[str, str]
    unused: Sequence[str]
    locales: Mapping[str, int]
    channels: Mapping[str, int]
    subjects: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    matches: Mapping[str, Matched] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    order: str = ""

    @property
    def counted(self) -> int:
        """How many tickets count."""
        return sum(self.ways.values())

    @property
    def coverage(self) -> float:
        """The share of them whose topic is known."""
        return 1 - self.ways.get("", 0) / self.counted if self.counted else 0.0

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day."""
        days = [key[0] for key in self.cells]
        return (date.fromordinal(min(days)), date.fromordinal(max(days))) if days else None


@dataclass(slots=True)
class _Row:
    """A ticket while the files are read."""

    updated: Any
    day: int | Slashed
    topic: str
    way: str
    subject: str
    locale: str
    channel: str
    left_out: str
    measures: tuple[float | None, ...]
    line: int
    file: int


def import_tickets(
    paths: Sequence[Path],
    preset: Preset,
    own_fields: Mapping[str, Sequence[str]],
    knowledge: Knowledge,
    zone: ZoneInfo,
    order: str = "",
    progress: Progress | None = None,
) -> Imported:
    """Read the exports and count. Of tickets that come more than once the newest version counts.

    `order` says how dates of numbers are written: `dmy`, `mdy`, or '' to find out. Never raises for what is
    in a file: whoever calls looks at the findings.
    """
    reader = TicketReader(preset, own_fields)
    days = Days(zone)
    rows: dict[object, _Row] = {}
    left_out: Counter[str] = Counter()
    problems = [Problems(str(path)) for path in paths]
    tickets = 0
    for number, (path, own) in enumerate(zip(paths, problems, strict=True)):
        try:
            for line, record in read_records(path, preset.records, own):
                tickets += 1
                ticket = reader.ticket(record)
                key = (
                    ticket.id
                    if type(ticket.id) is int
                    else str(ticket.id or "") or (str(path), line, tickets)
                )
                known = rows.get(key)
                if known is not None:
                    left_out["repeated"] += 1
                    if _is_newer(known.updated, ticket.updated):
                        continue
                row = _row(ticket, (number, line), knowledge.finder, days, own)
                if row is None:
                    left_out["unreadable"] += 1
                    continue
                rows[key] = row
                if progress and not tickets % EVERY:
                    progress(tickets)
        except Unreadable as error:
            own.file(error.message, error.help, error.line)
    if tickets and "id" not in reader.used:
        problems[0].file(
            "no field holds the number of a ticket", "name it in the preset: fields: {id: [...]}"
        )
    if tickets and "created" not in reader.used:
        problems[0].file(
            "no field holds the time of a ticket", "name it in the preset: fields: {created: [...]}"
        )
    if not tickets and not any(own.found for own in problems):
        problems[0].file("there is no ticket in it", "export tickets as JSON lines or CSV")
    order = _settled(rows.values(), order, problems)
    findings = [finding for own in problems for finding in own.all()]
    return _counted(rows.values(), knowledge, reader, tickets, left_out, findings, order)


def _is_newer(known: Any, other: Any) -> bool:
    """Whether the time of one version of a ticket is after that of another, where they can be compared."""
    if isinstance(known, (int, float)) and isinstance(other, (int, float)):
        return known > other
    return isinstance(known, str) and isinstance(other, str) and known > other


def _row(
    ticket: Ticket, where: tuple[int, int], finder: TopicFinder, days: Days, problems: Problems
) -> _Row | None:
    try:
        day = days.day(ticket.created)
    except BadCell as error:
        problems.row("tickets without a time", (where[1], 1), "", error.message, error.help)
        return None
    try:
        locale = fields.locale(ticket.locale) if ticket.locale else ""
    except BadCell:
        locale = ""  # the name of a language: the subject tells
    topic, way = ("", "") if ticket.left_out else finder.find(ticket)
    return _Row(
        ticket.updated, day, topic, way, ticket.subject, locale, ticket.channel, ticket.left_out, ticket[-4:],
        where[1], where[0],
    )  # fmt: skip


def _settled(rows: Iterable[_Row], order: str, problems: Sequence[Problems]) -> str:
    """The order of dates of numbers, if there are any; it is a mistake when nothing tells it."""
    waiting = [row for row in rows if isinstance(row.day, Slashed)]
    if not waiting:
        return ""
    found = order or order_of(row.day for row in waiting if isinstance(row.day, Slashed))
    own = problems[waiting[0].file]
    if found in "?!":
        first = waiting[0].day
        shown = f"{first.first}/{first.second}/{first.year}" if isinstance(first, Slashed) else ""
        what = "can be read in two ways" if found == "?" else "are written in two ways"
        own.file(
            f"the dates, such as {shown}, {what}",
            "say which: --dates dmy or --dates mdy",
            waiting[0].line,
        )
        return found
    for row in waiting:
        try:
            row.day = resolved(row.day, found) if isinstance(row.day, Slashed) else row.day
        except BadCell as error:
            problems[row.file].row("tickets without a time", (row.line, 1), "", error.message, error.help)
    return found


def _counted(
    rows: Iterable[_Row],
    knowledge: Knowledge,
    reader: TicketReader,
    tickets: int,
    left_out: Counter[str],
    findings: Sequence[Finding],
    order: str,
) -> Imported:
    rows = [row for row in rows if isinstance(row.day, int)]
    asked = list(
        dict.fromkeys(row.subject for row in rows if not row.way and not row.left_out and row.subject)
    )
    matches = dict(zip(asked, knowledge.match(asked), strict=True)) if asked else {}
    cells: defaultdict[Key, Sum] = defaultdict(Sum)
    ways: Counter[str] = Counter()
    locales: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    subjects: Counter[tuple[str, str, str]] = Counter()
    tongues: dict[str, str] = {}
    for row in rows:
        if row.left_out:
            left_out[row.left_out] += 1
            continue
        topic, way = row.topic, row.way
        if not way and (match := matches.get(row.subject)) and match.topic:
            topic, way = match.topic, "subject"
        locale = row.locale
        if not locale and row.subject:
            if row.subject not in tongues:
                tongues[row.subject] = knowledge.tongue(row.subject)
            locale = tongues[row.subject]
        subjects[row.subject, topic, way] += 1
        channels[row.channel] += 1
        cell = cells[row.day, topic or NONE, locale]  # type: ignore[index]
        cell.count += 1
        for n, value in enumerate(row.measures):
            if value is not None:
                cell.sums[n] += value
                cell.numbers[n] += 1
    for (_, _, way), n in subjects.items():
        ways[way] += n
    for (_, _, locale), cell in cells.items():
        locales[locale] += cell.count
    named = {way: ways[way] for way in (*WAYS, "") if ways[way]}
    return Imported(
        dict(cells), tickets, dict(sorted(left_out.items())), named, dict(reader.used), reader.unused,
        dict(locales.most_common()), dict(channels.most_common()), subjects, matches, findings, order,
    )  # fmt: skip
