"""The conditions of a query on metadata: what each means, and which articles meet it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from kbtool.errors import QueryError
from kbtool.lang.normalise import normalise
from kbtool.model import ArticleType, Audience
from kbtool.nearest import nearest
from kbtool.search.facts import Facts
from kbtool.search.query import Filter

STATUSES = ("published", "draft", "waiting", "expired", "archived")
ANSWERS = ("yes", "no")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "status": STATUSES,
    "audience": get_args(Audience),
    "type": get_args(ArticleType),
}
SOME = 8  # values that are named where none fits
DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
RANGE = re.compile(r"\s*(\S*?)\s*(?:\bto\b|\.\.)\s*(\S*?)\s*", re.IGNORECASE)
REVIEWED_HELP = "write reviewed:[2026-01-01 to 2026-06-30], reviewed:2026-03, reviewed:no or reviewed:overdue"

LISTED = ("tag", "topic", "product", "owner", "id", "section")


class Table:
    """The articles by the values of their metadata, levelled as values are compared."""

    def __init__(self, facts: Mapping[str, Facts], locale: str) -> None:
        self.facts = facts
        self._locale = locale
        self._by_name: dict[str, dict[str, set[str]]] = {}
        self._written: dict[str, set[str]] = {}

    def level(self, text: str) -> str:
        """A value as it is compared: without case, and with the variants of a script levelled."""
        return " ".join(normalise(text, self._locale).split())

    def having(self, name: str, value: str) -> set[str]:
        """The ids of the articles with that value."""
        self._fill(name)
        return self._by_name[name].get(self.level(value.strip("/")), set())

    def written(self, name: str) -> set[str]:
        """All values as they are written."""
        self._fill(name)
        return self._written[name]

    def _fill(self, name: str) -> None:
        if name in self._by_name:
            return
        table: dict[str, set[str]] = {}
        levels: dict[str, str] = {}
        for id, one in self.facts.items():
            for value in _values(one, name):
                if value not in levels:
                    levels[value] = self.level(value)
                table.setdefault(levels[value], set()).add(id)
        self._by_name[name], self._written[name] = table, set(levels)


def _values(one: Facts, name: str) -> Iterator[str]:
    """The values of an article; a section is known by its path, the parts of that, and its titles."""
    if name == "section":
        parts = one.section.split("/") if one.section else []
        yield from parts
        yield from ("/".join(parts[: n + 1]) for n in range(1, len(parts)))
        yield from one.sections
        return
    value = getattr(one, {"topic": "topics", "tag": "tags"}.get(name, name))
    yield from (value,) if isinstance(value, str) else value


@dataclass(frozen=True)
class Scope:
    """What conditions are held against: the articles, the day, and the ids of those whose tickets rise."""

    table: Table
    locale: str
    today: date
    stale: Callable[[], Collection[str]]
    hints: list[str] = field(default_factory=list)


def matching(condition: Filter, scope: Scope) -> set[str]:
    """The ids of the articles that meet a condition. Raises QueryError for a value that it cannot have."""
    name, value, facts = condition.name, condition.value, scope.table.facts
    if condition.is_range and name != "reviewed":
        raise QueryError(f"{name}: takes no range", f"write {name}:value")
    if name == "lang":
        return set(facts) if is_of(value, scope.locale) else set()
    if name == "stale":
        one_of(name, value, ANSWERS)
        stale = set(scope.stale()) & set(facts)
        stale |= {id for id, one in facts.items() if one.is_overdue(scope.today)}
        return stale if value == "yes" else set(facts) - stale
    if name == "reviewed":
        meets = _reviewed(condition, scope.today)
        return {id for id, one in facts.items() if meets(one)}
    if name in LISTED:
        found = scope.table.having(name, value)
        if not found:
            scope.hints.append(_nobody_has(name, value, scope.table))
        return found
    one_of(name, value, CHOICES[name])
    return {id for id, one in facts.items() if getattr(one, name) == value}


def is_of(value: str, locale: str) -> bool:
    """Whether `lang:value` holds in a locale."""
    return value == "*" or value.lower() == locale.lower()


def one_of(name: str, value: str, known: Iterable[str]) -> None:
    """Raise QueryError unless it is one of the known values."""
    known = tuple(known)
    if value in known:
        return
    near = nearest(value, known)
    also = f"did you mean {name}:{near}?" if near else f"write one of {', '.join(known)}"
    raise QueryError(f"{name}: cannot be '{value}'", also)


def _nobody_has(name: str, value: str, table: Table) -> str:
    """Say that nobody has the value, and which is near or which there are."""
    known = sorted(filter(None, table.written(name)))
    if not known:
        return f"no article has {name}:{value}; none has a {name} at all"
    near = nearest(table.level(value), {table.level(one): one for one in known})
    some = ", ".join(known[:SOME]) + (" ..." if len(known) > SOME else "")
    return f"no article has {name}:{value}; " + (f"did you mean {near}?" if near else f"there are {some}")


def _reviewed(condition: Filter, today: date) -> Callable[[Facts], bool]:
    value = condition.value.strip()
    if condition.is_range:
        match = RANGE.fullmatch(value)
        if not match or not (match[1] or match[2]):
            raise QueryError(f"reviewed: cannot be read: [{value}]", REVIEWED_HELP)
        first = _day(match[1])[0].isoformat() if match[1] else "0"
        last = _day(match[2])[1].isoformat() if match[2] else "9"
        return lambda one: bool(one.reviewed) and first <= one.reviewed <= last
    if value in ("no", "never"):
        return lambda one: not one.reviewed
    if value == "yes":
        return lambda one: bool(one.reviewed)
    if value == "overdue":
        return lambda one: one.is_overdue(today)
    start, end = (day.isoformat() for day in _day(value))
    return lambda one: start <= one.reviewed <= end


def _day(text: str) -> tuple[date, date]:
    """The first and the last day of a day, a month or a year."""
    match = DAY.fullmatch(text.translate(str.maketrans("०१२३४५६७८९", "0123456789")))
    try:
        if not match:
            raise ValueError("no date")
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if day:
            return date(year, month, day), date(year, month, day)
        last = month or 12
        return date(year, month or 1, 1), date(year, last, monthrange(year, last)[1])
    except ValueError:
        raise QueryError(f"'{text}' is no date", REVIEWED_HELP) from None
