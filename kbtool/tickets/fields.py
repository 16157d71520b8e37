"""The cells of a row of counts: text -> topic, date, count, locale, or a plain word on what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

MAX_COUNT = 10_000_000
# Years outside are mistakes, and one of them would stretch the table of weeks over millennia.
FIRST_YEAR, LAST_YEAR = 1990, 2099

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]")
_LOCALE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)
GROUPED = re.compile(r"\d{1,3}(,\d{2,3})*,\d{3}")  # 1,200 and 1,00,000
_SHAPES = "write the day as 2024-04-03, or the ISO week as 2024-W14"
SPACES = re.compile(r"[\s_]+")


class BadCell(ValueError):
    """What is wrong with a cell, and the mend."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def digits(text: str) -> str:
    """The text with the decimal digits of every script (`१२`) as ASCII digits (`12`)."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def clean(text: str) -> str:
    """A name as it is compared: `Payment Declined` and `payment_declined` are payment-declined."""
    return SPACES.sub("-", unicodedata.normalize("NFC", text).strip().casefold())


def topic(text: str) -> str:
    """The name of a topic, cleaned. Raises BadCell when it is empty."""
    name = clean(text)
    if not name:
        raise BadCell("the topic is empty", "write it, or (none) to count in the total only")
    return name


def period(text: str) -> tuple[date, int]:
    """The first day and the length in days: (the day, 1), or (Monday, 7) for an ISO week. Raises BadCell."""
    written = digits(text).strip()
    if match := _WEEK.fullmatch(written):
        year, week = int(match[1]), int(match[2])
        return _real(written, lambda: date.fromisocalendar(year, week, 1)), 7
    if match := _DAY.fullmatch(written):
        year, month, day = (int(part) for part in match.groups())
        return _real(written, lambda: date(year, month, day)), 1
    raise _bad_date(text.strip(), written)


def _real(written: str, make: Callable[[], date]) -> date:
    try:
        value = make()
    except ValueError as error:
        raise BadCell(f"there is no {written} in the calendar", _SHAPES) from error
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise BadCell(f"the year of {written} is not between {FIRST_YEAR} and {LAST_YEAR}", _SHAPES)
    return value


def _bad_date(text: str, written: str) -> BadCell:
    if match := _SLASHED.fullmatch(written):
        first, second, year = int(match[1]), int(match[2]), match[3]
        day_first = f"{year}-{second:02}-{first:02}"
        month_first = f"{year}-{first:02}-{second:02}"
        if first > 12 or first == second:
            return BadCell(f"the date {text!r} is not in ISO form", f"write {day_first}")
        if second > 12:
            return BadCell(f"the date {text!r} is not in ISO form", f"write {month_first}")
        help = f"write {day_first} (the day stood first) or {month_first} (the month stood first)"
        return BadCell(f"the date {text!r} is ambiguous: it can be read in two ways", help)
    if match := _YEAR_FIRST.fullmatch(written):
        iso = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
        return BadCell(f"the date {text!r} is not in ISO form", f"write {iso}")
    if match := _TIMED.match(written):
        return BadCell(f"{text!r} holds a time of day", f"write the day alone: {match[1]}")
    return BadCell(f"{text!r} is not a date" if text else "the date is empty", _SHAPES)


def count(text: str) -> int:
    """A whole number of tickets from 0 to MAX_COUNT. Raises BadCell."""
    written = digits(text).strip()
    if written.isascii() and written.isdigit():
        value = int(written) if len(written) <= 18 else MAX_COUNT + 1
        if value > MAX_COUNT:
            raise BadCell(f"the count is larger than {MAX_COUNT:,}", "check the export")
        return value
    shown = text.strip()
    if written.startswith("-"):
        raise BadCell(f"the count {shown!r} is negative", "write a whole number of tickets, 0 or more")
    if not written:
        raise BadCell("the count is empty", "write 0 when there were no tickets")
    if GROUPED.fullmatch(written):
        help = f"write it without commas: {written.replace(',', '')}"
        raise BadCell(f"the count {shown!r} holds commas, which may group digits or begin a fraction", help)
    raise BadCell(f"the count {shown!r} is not a whole number", "write digits only, such as 12 or 1200")


def locale(text: str) -> str:
    """The BCP 47 tag in its usual letters (`pt_br` -> `pt-BR`); '' for an empty cell. Raises BadCell."""
    tag = text.strip().replace("_", "-")
    if not tag:
        return ""
    if not _LOCALE.fullmatch(tag):
        raise BadCell(f"{text.strip()!r} is not a locale", "write a tag such as en, hi or pt-BR")
    language, *rest = tag.lower().split("-")
    cased = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest]
    return "-".join([language, *cased])
