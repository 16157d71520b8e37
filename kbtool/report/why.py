"""The evidence on one topic, to be read and disputed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date

from kbtool.report.sparkline import sparkline
from kbtool.stale.no_deflection import in_words
from kbtool.stale.rises import explain
from kbtool.stale.why import Why

WIDTH = 24


def why_text(title: str, paths: Sequence[str], found: Sequence[Why], as_of: date) -> str:
    """Everything, for people. `title` is the article's or the topic's."""
    return "\n".join(_lines(title, paths, found, as_of))


def _lines(title: str, paths: Sequence[str], found: Sequence[Why], as_of: date) -> Iterator[str]:
    yield title
    yield from (f"  {path}" for path in paths)
    yield f"  as of the week that ended on {as_of.isoformat()}"
    for place, each in enumerate(found):
        yield from ("", *_topic(each, whole=not place or not each.row.locale))


def _topic(each: Why, *, whole: bool) -> Iterator[str]:
    row = each.row
    where = f" in {row.locale}" if row.locale else ""
    yield f"Topic {row.topic}{where}: {_verdict(each)}"
    yield f"  {explain(row)}"
    if each.review and each.deflection:
        yield f"  {in_words(each.deflection, each.review)}"
    if each.model:
        model = each.model
        yield (
            f"  Expectation: from {model.weeks} weeks up to {model.until.isoformat()}; a share of "
            f"{100 * model.share:.2f} % of all other tickets, {100 * model.trend:+.0f} % a year, "
            f"a yearly wave of up to {100 * model.wave:.0f} %; weeks scatter {model.phi:.1f} times as much "
            "as chance"
        )
    if each.tests:
        yield "  A flag needs all of this:"
        for test in each.tests:
            needed = f" (needed: {test.needed})" if test.needed else ""
            yield f"    {'yes' if test.holds else 'no ':3}  {test.name}: {test.found}{needed}"
    if each.weeks and whole:
        yield from _weeks(each)
    elif each.row.recent:
        yield f"  {sparkline(each.row.recent)}  the last {len(each.row.recent)} weeks"


def _verdict(each: Why) -> str:
    row = each.row
    if row.not_enough:
        return "not enough data"
    if row.flagged:
        return "stale: it rose, and it lasts"
    if row.surge:
        return "surge: it jumped; whether it lasts is not known yet"
    if row.moved:
        return "rises where the names of topics changed"
    return "no rise beyond what chance explains"


def _weeks(each: Why) -> Iterator[str]:
    tickets = [week.tickets for week in each.weeks]
    yield f"  {sparkline(tickets)}  {each.weeks[0].monday.isoformat()} to {each.weeks[-1].monday.isoformat()}"
    yield "  week of     tickets  expected   of all"
    top = max(1, *tickets, *(int(week.expected or 0) for week in each.weeks))
    for week in each.weeks:
        mark = "<" if each.row.since and week.monday == each.row.since else " "
        if not week.total:
            yield f"  {week.monday.isoformat()}  no export"
            continue
        expected = "" if week.expected is None else f"{week.expected:.1f}"
        bar = "█" * round(WIDTH * week.tickets / top)
        numbers = f"{week.tickets:8,} {expected:>9} {week.total:8,}"
        yield f"  {week.monday.isoformat()} {numbers} {mark} {bar}".rstrip()
    if each.row.since:
        yield "  < the rise is measured from here on"


def why_json(id: str, found: Sequence[Why], as_of: date) -> str:
    """The same for programs."""
    value = {"version": 1, "id": id, "as_of": as_of.isoformat(), "topics": [_value(each) for each in found]}
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def _value(each: Why) -> dict[str, object]:
    return {"verdict": _verdict(each), "evidence": explain(each.row), **asdict(each)}
