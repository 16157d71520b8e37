"""A record of an export, by a preset -> what kbtool wants to know of a ticket."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from kbtool.tickets.export.preset import FIELDS, HOURS, Preset
from kbtool.tickets.export.records import Record

Getter = Callable[[Record], Any]
TAGS = re.compile(r"[,;\s]+")
MOST_HOURS = 100_000
MOST_KEPT = 10_000  # of values that are read once
TRUE = ("true", "1", "yes")


class Ticket(NamedTuple):
    """What one ticket says, for a moment. `left_out` says why it does not count; None stands for unknown."""

    id: Any
    created: Any
    updated: Any
    subject: str
    tags: tuple[str, ...]
    topic: str
    locale: str
    channel: str
    left_out: str
    links: tuple[str, ...]
    csat: float | None
    nps: float | None
    first_contact: float | None
    answer_hours: float | None


class _Plan(NamedTuple):
    """How records of one shape are read: a getter for every field, the tests of those that are there."""

    get: Mapping[str, Getter]
    tests: Sequence[tuple[str, str, frozenset[str]]]
    there: frozenset[str]
    share: float


class TicketReader:
    """Reads tickets by a preset and what the settings say of it; remembers which fields it met."""

    def __init__(self, preset: Preset, own: Mapping[str, Sequence[str]] | None = None) -> None:
        """`own` are fields of this help desk, which go before those of the preset."""
        self.preset = preset
        named = {name: (*(own or {}).get(name, ()), *preset.fields.get(name, ())) for name in FIELDS}
        self._paths = {name: paths for name, paths in named.items() if paths}
        self._answer = {path: HOURS[unit] for unit, paths in preset.answer.items() for path in paths}
        self._ratings = dict.fromkeys(preset.csat.get("satisfied", ()), 100.0)
        self._ratings |= dict.fromkeys(preset.csat.get("unsatisfied", ()), 0.0)
        self._solved = frozenset(preset.solved)
        leave_out = [
            (why, name, frozenset(value.casefold() for value in values))
            for why, tests in preset.leave_out.items()
            for name, values in tests.items()
        ]
        self._bad_tags = [(why, values) for why, name, values in leave_out if name == "tags"]
        self._leave_out = [test for test in leave_out if test[1] != "tags"]
        self._tags: dict[Any, tuple[tuple[str, ...], str]] = {}
        self._channels: dict[Any, str] = {}
        self.used: dict[str, str] = {}
        self.columns: dict[str, None] = {}
        self._plans: dict[frozenset[str], _Plan] = {}

    def ticket(self, record: Record) -> Ticket:
        """What the record says."""
        shape = frozenset(record)
        plan = self._plans.get(shape) or self._meet(record, shape)
        get, more = plan.get, plan.there
        tags, why = self._tagged(get["tags"](record))
        channel, rating, answer = get["channel"](record), get["csat"](record), get["answer_hours"](record)
        for other, field, values in plan.tests:
            if not why and _text(get[field](record)).casefold() in values:
                why = other
        return Ticket(
            get["id"](record),
            get["created"](record),
            get["updated"](record),
            " ".join((_text(get["subject"](record)) or _text(get["text"](record))[:200]).split()),
            tags,
            _text(get["topic"](record)) if "topic" in more else "",
            _text(get["locale"](record)) if "locale" in more else "",
            self._channels.get(channel) or self._channel(channel),
            why,
            _texts(get["links"](record)) if "links" in more else (),
            None if rating is None else self._ratings.get(_text(rating)),
            _score(_text(get["nps"](record))) if "nps" in more else None,
            self._first_contact(record, plan) if "replies" in more or "first_contact" in more else None,
            None if answer is None else _hours(answer, plan.share),
        )

    def _tagged(self, value: Any) -> tuple[tuple[str, ...], str]:
        """The tags, and why a ticket with them does not count; the same tags are read once."""
        try:
            key = tuple(value) if type(value) is list else value
            known = self._tags.get(key)
        except TypeError:  # a list of anything
            return _tags(value), ""
        if known is None:
            tags = _tags(value)
            why = next((why for why, bad in self._bad_tags if not bad.isdisjoint(tags)), "")
            known = tags, why
            if len(self._tags) < MOST_KEPT:
                self._tags[key] = known
        return known

    def _channel(self, value: Any) -> str:
        text = _text(value)
        name = self.preset.channels.get(text, text).casefold()
        if type(value) is str and len(self._channels) < MOST_KEPT:
            self._channels[value] = name
        return name

    @property
    def unused(self) -> list[str]:
        """The fields that nothing was read from, in the order of their appearance."""
        used = {path.partition(".")[0] for path in self.used.values()}
        return [name for name in self.columns if name not in used]

    def _meet(self, record: Record, shape: frozenset[str]) -> _Plan:
        """How to read records with these fields: for each of ours the first of theirs that is there."""
        self.columns |= dict.fromkeys(record)
        names = {name.casefold(): name for name in record}
        get: dict[str, Getter] = dict.fromkeys((*FIELDS, "answer_hours"), _nothing)
        found: dict[str, str] = {}
        for field, paths in (*self._paths.items(), ("answer_hours", tuple(self._answer))):
            for path in paths:
                name = names.get(path.casefold(), path)
                first, dot, rest = path.partition(".")
                if name in record:
                    found[field], get[field] = name, _plain(name)
                    break
                if dot and first in record:
                    found[field], get[field] = path, _deep(first, rest.split("."))
                    break
        self.used = {**found, **self.used}
        tests = [test for test in self._leave_out if test[1] in found]
        share = self._answer.get(found.get("answer_hours", ""), 1.0)
        plan = self._plans[shape] = _Plan(get, tests, frozenset(found), share)
        return plan

    def _first_contact(self, record: Record, plan: _Plan) -> float | None:
        """Whether the first answer solved it: as the export says, else by its answers and reopenings."""
        get = plan.get
        if "first_contact" in plan.there:
            said = _text(get["first_contact"](record)).casefold()
            return None if not said else 100.0 if said in TRUE else 0.0
        replies = get["replies"](record)
        if replies is None or _text(get["status"](record)) not in self._solved:
            return None
        answers, reopens = _number(replies), _number(get["reopens"](record))
        return None if answers is None or answers < 1 else 100.0 * (answers == 1 and not reopens)


def _hours(value: Any, share: float) -> float | None:
    """A time as hours; `share` are the hours of its unit."""
    found = _number(value)
    hours = None if found is None else found * share
    return hours if hours is not None and 0 <= hours <= MOST_HOURS else None


def _nothing(record: Record) -> Any:  # noqa: ARG001 - the shape of a getter
    return None


def _plain(name: str) -> Getter:
    return lambda record: record.get(name)


def _deep(first: str, rest: list[str]) -> Getter:
    if len(rest) > 1 or rest[0] == "*":
        return lambda record: _walk(record.get(first), rest)
    name = rest[0]
    number = int(name) if name.isdecimal() else None

    def inside(record: Record) -> Any:
        value = record.get(first)
        if type(value) is dict:
            return value.get(name)
        if number is not None and type(value) is list:
            for item in value:
                if type(item) is dict and item.get("id") == number:
                    return item.get("value")
        return _walk(value, rest)

    return inside


def _walk(value: Any, path: list[str]) -> Any:
    for place, part in enumerate(path):
        if part == "*":
            items = value if isinstance(value, list) else []
            return [found for item in items if (found := _walk(item, path[place + 1 :])) is not None]
        if isinstance(value, list):  # of objects with an id, or a name, and a value
            value = next(
                (item.get("value") for item in value if isinstance(item, dict) and _is_named(item, part)),
                None,
            )
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            return None
    return value


def _is_named(item: Mapping[str, Any], name: str) -> bool:
    return str(item.get("id")) == name or item.get("name") == name


def _text(value: Any) -> str:
    if type(value) is str:
        return value.strip()
    if value is None or isinstance(value, (dict, list)):
        return _text(value[0]) if isinstance(value, list) and value else ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(text for item in value for text in _texts(item))
    text = _text(value)
    return (text,) if text else ()


def _tags(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple([tag for item in value if (tag := _text(item).casefold())])  # faster than a generator
    text = _text(value)
    parts = text.split(",") if "," in text else TAGS.split(text) if text else ()
    return tuple(tag for part in parts if (tag := part.strip().casefold()))


def _number(value: Any) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    try:
        return float(value) if isinstance(value, str) and value.strip() else None
    except ValueError:
        return None


def _score(text: str) -> float | None:
    """A recommendation from 0 to 10 as what it adds to the net promoter score."""
    value = _number(text)
    if value is None or not 0 <= value <= 10:
        return None
    return 100.0 if value >= 9 else -100.0 if value <= 6 else 0.0
