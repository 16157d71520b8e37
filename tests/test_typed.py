"""Kinds of values: what each accepts, and what it says of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool import typed
from kbtool.model import Finding
from kbtool.typed import Kind, attempt, choice, key, listing, mapping, record
from kbtool.yamlfile import YamlReader

DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


def read(kind: Kind, written: str) -> tuple[Any, list[Finding]]:
    """The value of `v: <written>`, with the problems."""
    reader = YamlReader("a.yml", f"v: {written}", "bad")
    root = reader.read()
    assert root is not None, reader.findings
    node = root.get("v")
    assert node is not None
    return attempt(kind, node, reader), reader.findings


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (typed.TEXT, "no", "no"),
        (typed.TEXT, "010", "010"),
        (typed.TEXT, "'  a '", "a"),
        (typed.TEXT, "e\u0301", "é"),
        (typed.TEXT, "null", ""),
        (typed.TEXT, "'null'", "null"),
        (typed.TEXT, '"a\\n b"', "a\n b"),
        (typed.LINE, '"a\\n\\t b"', "a b"),
        (typed.NUMBER, "-20", -20),
        (typed.NUMBER, "२०", 20),
        (typed.SHARE, "0.05", 0.05),
        (typed.SHARE, "1", 1.0),
        (typed.SHARE, ".5", 0.5),
        (typed.FLAG, "true", True),
        (typed.FLAG, "False", False),
        (typed.DAY, "2026-03-04", date(2026, 3, 4)),
        (typed.DAY, "2026-3-4", date(2026, 3, 4)),
        (typed.DAY, "'2026-03-04T23:59:01.5Z'", date(2026, 3, 4)),
        (typed.DAY, "2026-03-04 10:00", date(2026, 3, 4)),
        (typed.DURATION_DAYS, "90d", 90),
        (typed.DURATION_DAYS, "2 w", 14),
        (typed.DURATION_DAYS, "6m", 180),
        (typed.DURATION_DAYS, "1y", 365),
        (typed.TEXTS, "[a, 'b', a, '']", ("a", "b")),
        (typed.TEXTS, "a", ("a",)),
        (typed.TEXTS, "", ()),
        (typed.LOCALISED, "Title", {"": "Title"}),
        (typed.LOCALISED, "{en: A, hi: अ}", {"en": "A", "hi": "अ"}),
        (typed.LOCALISED, "{en: A, hi: }", {"en": "A", "hi": ""}),
        (
            typed.ANYTHING,
            "{a: [1, -2.5, true, ~, 010, '1'], b: no, c: {d: 1e3}}",
            {"a": [1, -2.5, True, None, "010", "1"], "b": "no", "c": {"d": "1e3"}},
        ),
        (choice("a", "b"), "b", "b"),
        (mapping(typed.NUMBER), "{a: 1, b: 2}", {"a": 1, "b": 2}),
        (mapping(typed.NUMBER), "", {}),
        (listing(typed.NUMBER), "[1, 2]", (1, 2)),
        (listing(typed.NUMBER), "~", ()),
    ],
)
def test_accepted(kind: Kind, written: str, value: object) -> None:
    assert read(kind, written) == (value, [])


@pytest.mark.parametrize(
    ("kind", "written", "message", "help"),
    [
        (typed.TEXT, "[a]", "one text is wanted here", "put it on one line, in quotes"),
        (typed.TEXT, "{a: b}", "not a list or a mapping", "in quotes"),
        (typed.NUMBER, "1.5", "'1.5' is not a whole number", "such as 20"),
        (typed.NUMBER, ".nan", "'.nan' is not a whole number", "digits only"),
        (typed.NUMBER, "9" * 19, "is not a whole number", "digits only"),
        (typed.SHARE, "5%", "'5%' is not a number from 0 to 1", "0.05"),
        (typed.SHARE, "1.5", "not a number from 0 to 1", "0.05"),
        (typed.SHARE, "-.5", "not a number from 0 to 1", "0.05"),
        (typed.FLAG, "yes", "yes or no is wanted here", "write true or false"),
        (typed.FLAG, "[true]", "yes or no is wanted here", "write true or false"),
        (typed.DAY, "03/04/2024", "'03/04/2024' is not a date", "year-month-day, such as 2026-03-04"),
        (typed.DAY, "2024-13-45", "there is no day 2024-13-45 in the calendar", "check year, month and day"),
        (typed.DAY, "2026-02-29", "there is no day 2026-02-29", "check year, month and day"),
        (typed.DAY, "2026-03-04x", "is not a date", "2026-03-04"),
        (typed.DAY, "soon", "'soon' is not a date", "2026-03-04"),
        (typed.DURATION_DAYS, "90", "'90' is not a length of time", "90d, 12w, 6m or 1y"),
        (typed.DURATION_DAYS, "-1d", "'-1d' is not a length of time", "90d"),
        (typed.TEXTS, "{a: b}", "a list is wanted here", "[one, two]"),
        (typed.TEXTS, "[[a]]", "one text is wanted here", "in quotes"),
        (typed.LOCALISED, "[a]", "one text is wanted here", "in quotes"),
        (
            choice("draft", "published"),
            "pubished",
            "not one of draft, published",
            "did you mean 'published'?",
        ),
        (
            choice("draft", "published"),
            "live",
            "'live' is not one of draft, published",
            "write one of: draft,",
        ),
        (mapping(typed.NUMBER), "[1]", "a mapping is wanted here", "key: value"),
        (listing(typed.NUMBER), "1", "a list is wanted here", "'- '"),
    ],
)
def test_refused(kind: Kind, written: str, message: str, help: str) -> None:
    value, findings = read(kind, written)
    assert value is None
    (found,) = findings
    assert (found.where.line, found.severity) == (1, "error")
    assert message in found.message
    assert help in found.help


def test_one_bad_item_does_not_hide_the_next() -> None:
    value, findings = read(listing(typed.NUMBER), "[a, 1, b]")
    assert value == (1,)
    assert [f.where.column for f in findings] == [5, 11]
    value, findings = read(mapping(typed.NUMBER), "{a: x, b: 1, c: y}")
    assert value == {"b": 1}
    assert len(findings) == 2


@given(st.dates())
def test_every_day_is_read_in_ascii_and_devanagari_digits(day: date) -> None:
    assert typed.read_date(day.isoformat()) == typed.read_date(day.isoformat().translate(DEVANAGARI)) == day


@given(st.text(max_size=12))
def test_what_is_no_date_is_none(text: str) -> None:
    day = typed.read_date(text)
    assert day is None or typed.DATE.fullmatch(text)


@dataclass(frozen=True)
class Inner:
    number: int = key(typed.NUMBER, "A number.", 7)


@dataclass(frozen=True)
class Outer:
    name: str = key(typed.TEXT, "A name.", "none")
    inner: Inner = key(record(Inner, "inner."), "More.", Inner())
    extra: dict[str, str] = key(mapping(typed.TEXT), "A table.", factory=dict)
    hidden: int = 3


def test_a_record_is_read_with_its_defaults() -> None:
    assert read(record(Outer), "{name: a, inner: {number: 1}, extra: }") == (Outer("a", Inner(1), {}), [])
    assert read(record(Outer), "") == (Outer(), [])
    assert list(typed.keys_of(Outer)) == ["name", "inner", "extra"]


def test_all_problems_of_a_record_at_once_with_dotted_keys() -> None:
    value, findings = read(
        record(Outer), "{nmae: a, inner: {numbr: 1, number: x, zzz: 1}, hidden: 1, extra: [a]}"
    )
    assert value == Outer()
    assert [(f.message, f.help) for f in findings] == [
        ("unknown setting 'nmae'", "did you mean 'name'?"),
        ("unknown setting 'inner.numbr'", "did you mean 'number'?"),
        ("'x' is not a whole number", "write digits only, such as 20"),
        ("unknown setting 'inner.zzz'", "known here: number"),
        ("unknown setting 'hidden'", "known here: name, inner, extra"),
        ("a mapping is wanted here", "write it as key: value, one a line"),
    ]
    _, (found,) = read(record(Inner, "inner."), "x")
    assert found.message == "inner holds settings of its own"
