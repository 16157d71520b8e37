"""The list of work, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from kbtool.model import Library, Signal
from kbtool.stale.coverage import answers
from kbtool.stale.queue import Entry


def queue_text(entries: Sequence[Entry], library: Library, limit: int, as_of: date) -> str:
    """At most `limit` entries, each with its evidence and what to do."""
    return "\n".join(_lines(entries, library, limit, as_of))


def _lines(entries: Sequence[Entry], library: Library, limit: int, as_of: date) -> Iterator[str]:
    if not entries:
        yield f"Nothing to do, as of the week that ended on {as_of.isoformat()}."
        return
    shown = min(limit, len(entries))
    yield f"{shown} of {len(entries)}, as of the week that ended on {as_of.isoformat()}"
    versions = library.by_id()
    for number, entry in enumerate(entries[:limit], 1):
        found = versions.get(entry.id, {})
        title = library.source_of(found).title if found else f"{entry.topic} (no article)"
        owners = ", ".join(dict.fromkeys(article.owner for article in found.values() if article.owner))
        at_stake = f"{entry.stake:.1f} tickets a week at stake" if entry.stake else "nobody asks"
        yield from ("", f"{number:3}. {title}  [{at_stake}{'; ' + owners if owners else ''}]")
        for signal in entry.signals:
            if paths := _paths(signal, library):
                yield f"     {paths}"
            yield f"     {signal.name}: {signal.topic + ': ' if signal.topic else ''}{signal.why}"
        yield f"     -> {entry.todo}"
    if len(entries) > limit:
        yield from ("", f"… and {len(entries) - limit} more (--limit {len(entries)})")


def _paths(signal: Signal, library: Library) -> str:
    """The files to work on: those of the locale that is named, where one is."""
    locale = str(signal.numbers.get("locale", "")) if signal.name != "gap" else ""
    found = library.by_id().get(signal.articles[0], {}) if signal.articles else {}
    return ", ".join(
        article.where.path for own, article in found.items() if not locale or answers(locale, [own])
    )


def queue_json(entries: Sequence[Entry], as_of: date) -> str:
    """All entries, for programs."""
    values = [
        {
            "id": entry.id,
            "topic": entry.topic,
            "stake": entry.stake,
            "todo": entry.todo,
            "signals": [
                {"signal": signal.name, "topic": signal.topic, "why": signal.why, "numbers": signal.numbers}
                for signal in entry.signals
            ],
        }
        for entry in entries
    ]
    value = {"version": 1, "as_of": as_of.isoformat(), "entries": values}
    return json.dumps(value, ensure_ascii=False, indent=2)
