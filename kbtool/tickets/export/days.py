"""The time a ticket came in -> its day: ISO times, seconds, and dates whose order the whole file tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kbtool.tickets.fields import FIRST_YEAR, LAST_YEAR, BadCell, digits

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: n for n, name in enumerate(NAMES, 1)}
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?![\d/.-])")
NAMED = re.compile(r"(\d{1,2})[ /-]([A-Za-z]{3})[a-z]*[ /,-]+(\d{2}|\d{4})(?!\d)")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]|$)")
HELP = "export times such as 2026-11-02T10:20:30Z"
EPOCH = date(1970, 1, 1).toordinal()
MILLISECONDS = 10**11


@dataclass(frozen=True)
class Slashed:
    """A date of three numbers; which of the first two is the month, other rows must tell."""

    first: int
    second: int
    year: int


class Days:
    """Reads times in one time zone; equal texts are read once."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._utc = zone.key == "UTC"
        self._known: dict[str, int | Slashed | None] = {}

    def day(self, value: Any) -> int | Slashed:
        """The ordinal of the day, or what must wait for other rows. Raises BadCell."""
        if isinstance(value, str):
            if value[10:11] == "T" and value[13:14] == ":" and value.endswith(("Z", "+00:00")):
                hour = value[:13]
                if hour not in self._known:
                    start, end = self._of_text(f"{hour}:00Z"), self._of_text(f"{hour}:59Z")
                    self._known[hour] = start if start == end else None
                # An hour in which the day ends is looked at by the minute.
                if (day := self._known[hour]) is not None:
                    return day
            return self._of_text(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self._of_number(value)
        raise BadCell("the time of the ticket is missing", HELP)

    def _of_number(self, value: float) -> int:
        if not 0 < value < 10**14:
            raise BadCell(f"{value!r} is no time", "export seconds since 1970, or ISO times")
        seconds = value / 1000 if value > MILLISECONDS else value
        return self._local(datetime.fromtimestamp(seconds, UTC))

    def _of_text(self, value: str) -> int | Slashed:
        text = digits(value).strip()
        if not text:
            raise BadCell("the time of the ticket is missing", HELP)
        if ISO.match(text):
            try:
                return self._local(datetime.fromisoformat(text))
            except ValueError:
                return self._start(text[:10], value)
        if match := SLASHED.match(text):
            first, second, year = map(int, match.groups())
            return Slashed(first, second, year if year > 99 else 2000 + year)
        if (match := NAMED.match(text)) and (month := MONTHS.get(match[2].lower())):
            year = int(match[3])
            return _real(year if year > 99 else 2000 + year, month, int(match[1]), value)
        if re.fullmatch(r"\d{9,13}(\.\d+)?", text):
            return self._of_number(float(text))
        raise BadCell(f"{value[:40]!r} is no time", HELP)

    def _start(self, text: str, value: str) -> int:
        year, month, day = map(int, text.split("-"))
        return _real(year, month, day, value)

    def _local(self, moment: datetime) -> int:
        if moment.tzinfo is not None and not (self._utc and moment.tzinfo is UTC):
            try:
                moment = moment.astimezone(self._zone)
            except OverflowError as error:
                raise BadCell(f"the year {moment.year} is out of range", HELP) from error
        return _bounded(moment.date())


def _real(year: int, month: int, day: int, value: str) -> int:
    try:
        return _bounded(date(year, month, day))
    except ValueError as error:
        raise BadCell(f"there is no {value[:40]} in the calendar", HELP) from error


def _bounded(day: date) -> int:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCell(f"the year {day.year} is not between {FIRST_YEAR} and {LAST_YEAR}", HELP)
    return day.toordinal()


def order_of(dates: Iterable[Slashed]) -> str:
    """How dates of numbers are written: `dmy` or `mdy`; '?' when both could be, '!' when neither can."""
    seen = set(dates)
    month_first = all(one.first <= 12 for one in seen)
    day_first = all(one.second <= 12 for one in seen)
    if month_first and day_first:
        return "?"
    return "mdy" if month_first else "dmy" if day_first else "!"


def resolved(one: Slashed, order: str) -> int:
    """The day of a date of numbers in that order. Raises BadCell."""
    day, month = (one.first, one.second) if order == "dmy" else (one.second, one.first)
    return _real(one.year, month, day, f"{one.first}/{one.second}/{one.year}")
