"""From YAML nodes to typed values: one `Kind` per type, one class per record, all problems at once.

A record is a frozen dataclass whose fields are declared with `key(...)`: the declaration gives the
reader of the value, the documentation and the default. Settings and front matter use the same kinds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any, TypeVar

from kbtool.nearest import did_you_mean
from kbtool.yamlfile import Node, YamlReader

T = TypeVar("T")

STR = "tag:yaml.org,2002:str"

DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?"
)
DURATION = re.compile(r"(\d+)\s*([dwmy])")
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
TRUE, FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE")


class Wrong(Exception):
    """A value is not of its kind; the problem is already recorded."""


@dataclass(frozen=True)
class Kind:
    """How a value is read. `name` is the word for it in the docs and in messages.

    `schema` says the same as JSON Schema, as far as that can: for the completion of editors.
    """

    name: str
    read: Callable[[Node, YamlReader], Any]
    schema: Mapping[str, Any] = field(default_factory=dict)


def wrong(node: Node, reader: YamlReader, message: str, help: str = "") -> Wrong:
    """Record the problem and give the exception to raise."""
    reader.problem(node.line, node.column, message, help)
    return Wrong()


def _text(node: Node, reader: YamlReader) -> str:
    if not isinstance(node.value, str):
        raise wrong(
            node, reader, "one text is wanted here, not a list or a mapping", "put it on one line, in quotes"
        )
    if node.tag not in ("", STR):
        help = "write the value itself, or put it in quotes"
        raise wrong(node, reader, "a tag such as !ENV has no meaning here: nothing is run", help)
    return "" if node.is_null else unicodedata.normalize("NFC", node.value).strip()


def _line(node: Node, reader: YamlReader) -> str:
    return " ".join(_text(node, reader).split())


def _number(node: Node, reader: YamlReader) -> int:
    text = _text(node, reader)
    if not re.fullmatch(r"[+-]?\d{1,18}", text):
        raise wrong(node, reader, f"'{text}' is not a whole number", "write digits only, such as 20")
    return int(text)


def _share(node: Node, reader: YamlReader) -> float:
    text = _text(node, reader)
    if not re.fullmatch(r"0?\.\d+|[01](\.0*)?", text):
        raise wrong(node, reader, f"'{text}' is not a number from 0 to 1", "write it as 0.05")
    return float(text)


def _flag(node: Node, reader: YamlReader) -> bool:
    if node.value in (*TRUE, *FALSE):
        return node.value in TRUE
    raise wrong(node, reader, "yes or no is wanted here", "write true or false")


def read_date(text: str) -> date | None:
    """`2026-03-04` (a time and its zone behind it are dropped); None for anything else."""
    match = DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _day(node: Node, reader: YamlReader) -> date:
    text = _text(node, reader)
    if (day := read_date(text)) is not None:
        return day
    if DATE.fullmatch(text):
        raise wrong(node, reader, f"there is no day {text} in the calendar", "check year, month and day")
    raise wrong(node, reader, f"'{text}' is not a date", "write it as year-month-day, such as 2026-03-04")


def _duration(node: Node, reader: YamlReader) -> int:
    text = _text(node, reader)
    match = DURATION.fullmatch(text)
    if not match:
        raise wrong(node, reader, f"'{text}' is not a length of time", "write it as 90d, 12w, 6m or 1y")
    return int(match[1]) * DAYS[match[2]]


def _texts(node: Node, reader: YamlReader) -> tuple[str, ...]:
    if node.is_null:
        return ()
    if isinstance(node.value, dict):
        raise wrong(node, reader, "a list is wanted here, not a mapping", "write it as [one, two]")
    items = node.value if isinstance(node.value, list) else [node]
    return tuple(dict.fromkeys(text for item in items if (text := _text(item, reader))))


def _localised(node: Node, reader: YamlReader) -> dict[str, str]:
    if isinstance(node.value, dict):
        return {key: _text(value, reader) for key, (_, value) in node.value.items()}
    return {"": _text(node, reader)}


def _anything(node: Node, reader: YamlReader) -> Any:
    if isinstance(node.value, dict):
        return {key: _anything(value, reader) for key, (_, value) in node.value.items()}
    if isinstance(node.value, list):
        return [_anything(item, reader) for item in node.value]
    return _scalar(node)


def _scalar(node: Node) -> Any:
    """What YAML means by a scalar, with only true, false, null and numbers as special words."""
    text: str = node.value
    if not node.plain:
        return text
    if node.is_null:
        return None
    if text in (*TRUE, *FALSE):
        return text in TRUE
    if re.fullmatch(r"[+-]?(0|[1-9]\d{0,17})", text):
        return int(text)
    if re.fullmatch(r"[+-]?\d+\.\d+", text):
        return float(text)
    return text


SCALAR = ("string", "number", "boolean")  # what stands without quotes is read as the text that it is
TEXT_SCHEMA = {"type": [*SCALAR, "null"]}

TEXT = Kind("text", _text, TEXT_SCHEMA)
LINE = Kind("text on one line", _line, TEXT_SCHEMA)
NUMBER = Kind("whole number", _number, {"type": "integer"})
SHARE = Kind("number from 0 to 1", _share, {"type": "number", "minimum": 0, "maximum": 1})
FLAG = Kind("true or false", _flag, {"type": "boolean"})
DAY = Kind("date", _day, {"type": "string", "pattern": r"^\d{4}-\d{1,2}-\d{1,2}"})
DURATION_DAYS = Kind("length of time", _duration, {"type": "string", "pattern": r"^\d+\s*[dwmy]$"})
TEXTS = Kind("list of texts", _texts, {"type": ["array", *SCALAR, "null"], "items": TEXT_SCHEMA})
LOCALISED = Kind(
    "text, or one text per locale",
    _localised,
    {"type": ["object", *SCALAR, "null"], "additionalProperties": TEXT_SCHEMA},
)
ANYTHING = Kind("anything", _anything)


def choice(*values: str) -> Kind:
    """One of a few words."""

    def read(node: Node, reader: YamlReader) -> str:
        text = _text(node, reader)
        if text in values:
            return text
        known = ", ".join(values)
        help = did_you_mean(text, values) or f"write one of: {known}"
        raise wrong(node, reader, f"'{text}' is not one of {known}", help)

    return Kind(" · ".join(f"`{value}`" for value in values), read, {"enum": list(values)})


def mapping(kind: Kind) -> Kind:
    """Any keys, all values of one kind; null gives an empty mapping."""

    def read(node: Node, reader: YamlReader) -> dict[str, Any]:
        if node.is_null:
            return {}
        if not isinstance(node.value, dict):
            raise wrong(node, reader, "a mapping is wanted here", "write it as key: value, one a line")
        return {
            key: value
            for key, pair in node.value.items()
            if (value := attempt(kind, pair[1], reader)) is not None
        }

    schema = {"type": ["object", "null"], "additionalProperties": kind.schema}
    return Kind(f"mapping of {kind.name}", read, schema)


def listing(kind: Kind) -> Kind:
    """A list whose items are all of one kind."""

    def read(node: Node, reader: YamlReader) -> tuple[Any, ...]:
        if node.is_null:
            return ()
        if not isinstance(node.value, list):
            raise wrong(node, reader, "a list is wanted here", "start each item with '- '")
        return tuple(value for item in node.value if (value := attempt(kind, item, reader)) is not None)

    return Kind(f"list of {kind.name}", read, {"type": ["array", "null"], "items": kind.schema})


def attempt(kind: Kind, node: Node, reader: YamlReader) -> Any:
    """The value, or None when it is wrong (the problem is recorded)."""
    try:
        return kind.read(node, reader)
    except Wrong:
        return None


def key(
    kind: Kind, doc: str, default: Any = MISSING, *, factory: Any = MISSING, default_doc: str = ""
) -> Any:
    """Declare a key of a record. `default_doc` says the default where it is not the value itself."""
    metadata = {"kind": kind, "doc": doc, "default_doc": default_doc}
    if factory is not MISSING:
        return field(default_factory=factory, metadata=metadata)
    return field(default=default, metadata=metadata)


def keys_of(cls: type) -> dict[str, Any]:
    """The declared keys of a record class: name -> dataclass field."""
    return {declared.name: declared for declared in fields(cls) if "kind" in declared.metadata}


def record(cls: type[T], prefix: str = "") -> Kind:
    """A mapping with known keys. Unknown keys are problems, with the dotted key and the nearest known."""

    def read(node: Node, reader: YamlReader) -> T:
        known = keys_of(cls)
        if node.is_null:
            return cls()
        if not isinstance(node.value, dict):
            raise wrong(
                node,
                reader,
                f"{prefix.rstrip('.') or 'this'} holds settings of its own",
                "write them as key: value below it",
            )
        values: dict[str, Any] = {}
        for name, (at, value) in node.value.items():
            if name not in known:
                help = did_you_mean(name, known) or f"known here: {', '.join(known)}"
                reader.problem(at.line, at.column, f"unknown setting '{prefix}{name}'", help)
                continue
            if value.is_null:
                continue
            if (read_value := attempt(known[name].metadata["kind"], value, reader)) is not None:
                values[name] = read_value
        return cls(**values)

    return Kind("settings", read, schema_of(cls))


def schema_of(cls: type, *, closed: bool = True) -> dict[str, Any]:
    """JSON Schema of a record: its keys with their kinds, documentation and defaults.

    An empty value is allowed everywhere. `closed` forbids other keys.
    """
    properties = {}
    for name, declared in keys_of(cls).items():
        schema = dict(declared.metadata["kind"].schema)
        if isinstance(schema.get("type"), str):
            schema["type"] = [schema["type"], "null"]
        elif "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
        schema["description"] = declared.metadata["doc"]
        if isinstance(declared.default, (str, int, float)) and declared.default != "":
            schema["default"] = declared.metadata["default_doc"] or declared.default
        properties[name] = schema
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": not closed}
