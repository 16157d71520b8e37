"""What an import of tickets understood, in words and as JSON; samples are scrubbed before they are shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from zlib import crc32

from kbtool.tickets.export.importing import Imported
from kbtool.tickets.export.scrub import scrubbed

WAYS = {
    "field": "by the topic field",
    "tags": "by tags",
    "links": "by links to articles in the answers",
    "words": "by words of the subject that the settings name",
    "subject": "by searching the articles for the subject",
    "": "not known",
}
SAMPLES = 20
LEFT_OUT = {"repeated": "more than once in the files", "unreadable": "without a time"}
LISTED = 12


def imported_text(imported: Imported, name: str, *, verified: bool) -> str:
    """The account of an import, for people."""
    return "\n".join(_lines(imported, name, verified=verified))


def _lines(imported: Imported, name: str, *, verified: bool) -> Iterator[str]:
    yield f"{imported.tickets:,} tickets, read as those of {name}"
    if not verified:
        yield "note: this preset was made from descriptions, not from an export; look at the samples"
    if imported.left_out:
        yield f"  not counted   {_counts(imported.left_out)}"
    days = imported.days
    span = f"   {days[0].isoformat()} … {days[1].isoformat()}" if days else ""
    yield f"  counted       {imported.counted:,}{span}"
    if any(imported.locales):
        yield f"  languages     {_shares(imported.locales, imported.counted)}"
    if any(imported.channels):
        yield f"  channels      {_shares(imported.channels, imported.counted)}"
    if imported.order in ("dmy", "mdy"):
        yield f"  dates         {'the day' if imported.order == 'dmy' else 'the month'} stands first"
    yield ""
    yield "Fields: " + ", ".join(f"{ours} ← {theirs}" for ours, theirs in imported.used.items())
    if imported.unused:
        yield f"Not used: {_listed(imported.unused)}"
    yield ""
    yield f"Topics are known for {_percent(imported.coverage)} of the tickets"
    for way, words in WAYS.items():
        if n := imported.ways.get(way, 0):
            yield f"  {_percent(n / imported.counted):>5}  {words}"
    yield from _samples(imported)


def _samples(imported: Imported) -> Iterator[str]:
    """Some tickets by chance, so that people see whether topics are right."""
    by_search = [(text, topic) for text, topic, way in imported.subjects if way == "subject"]
    others = [(text, topic) for text, topic, way in imported.subjects if way not in ("", "subject")]
    unknown = [text for text, _, way in imported.subjects if not way]
    guessed = _chosen(by_search)
    if chosen := [*guessed, *_chosen(others)][:SAMPLES]:
        yield ""
        yield "By chance: are these topics right?"
        width = min(28, max(len(topic) for _, topic in chosen))
        for text, topic in chosen:
            match = imported.matches.get(text)
            sure = f"  ({_percent(match.confidence)} sure)" if match and match.topic else ""
            yield f"  {topic:<{width}}  {scrubbed(text) or '(no subject)'}{sure}"
    if unknown:
        yield ""
        yield "By chance, without a topic:"
        yield from (
            f"  {scrubbed(text) or '(no subject)'}" for text, _ in _chosen([(t, "") for t in unknown])[:10]
        )


def _chosen(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """As many as SAMPLES, by chance, and the same ones each time."""
    return nsmallest(SAMPLES, pairs, key=lambda pair: crc32(pair[0].encode("utf-8", "replace")))


def _counts(counts: Mapping[str, int]) -> str:
    return " · ".join(f"{n:,} {LEFT_OUT.get(why, why)}" for why, n in counts.items())


def _shares(counts: Mapping[str, int], total: int) -> str:
    return " · ".join(f"{name or 'not known'} {_percent(n / total)}" for name, n in list(counts.items())[:8])


def _listed(names: Sequence[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")


def _percent(share: float) -> str:
    value = 100 * share
    return "< 1 %" if 0 < value < 0.5 else f"{value:.0f} %"


def imported_json(imported: Imported, name: str) -> str:
    """The same for programs, without samples."""
    days = imported.days
    value = {
        "version": 1,
        "system": name,
        "tickets": imported.tickets,
        "counted": imported.counted,
        "not_counted": dict(imported.left_out),
        "first": days[0].isoformat() if days else None,
        "last": days[1].isoformat() if days else None,
        "locales": dict(imported.locales),
        "channels": dict(imported.channels),
        "fields": dict(imported.used),
        "unused": list(imported.unused),
        "coverage": round(imported.coverage, 4),
        "topics": {way or "unknown": n for way, n in imported.ways.items()},
    }
    return json.dumps(value, ensure_ascii=False, indent=2)
