"""What agents noted -> `flag` signals until the article is reviewed, `gap` signals until there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kbtool.model import Library, Signal
from kbtool.stale.coverage import topics_of
from kbtool.tickets.fields import clean
from kbtool.tickets.notes import Note

SHOWN = 3


def flags(notes: Iterable[Note], library: Library, today: date) -> Iterator[Signal]:
    """Articles that were flagged after their last review. `value` is the number of flags."""
    versions = library.by_id()
    groups: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        found = versions.get(note.id, {})
        about = [found[note.locale]] if note.locale in found else list(found.values())
        if note.kind != "flag" or not about or not any(one.is_live(today) for one in about):
            continue
        if any(one.reviewed is None or one.reviewed < note.day for one in about):
            groups.setdefault((note.id, note.locale), []).append(note)
    for (id, locale), own in groups.items():
        topics = topics_of(library.source_of(versions[id]))
        numbers: dict[str, float | int | str] = {
            "n": len(own),
            "last": max(one.day for one in own).isoformat(),
        }
        if locale:
            numbers["locale"] = locale
        why = f"{'flagged' if len(own) == 1 else f'flagged {len(own)} times'}: {_said(own)}"
        yield Signal("flag", topics[0] if topics else "", float(len(own)), why, (id,), numbers)


def asked_for(notes: Iterable[Note], library: Library) -> Iterator[Signal]:
    """What agents miss an article on, until one has it as a topic. `value` is how often it was said."""
    known = {topic for article in library.articles for topic in topics_of(article)}
    groups: dict[str, list[Note]] = {}
    for note in notes:
        if note.kind == "gap" and clean(note.text) not in known:
            groups.setdefault(clean(note.text), []).append(note)
    for own in groups.values():
        numbers: dict[str, float | int | str] = {
            "tickets": len(own),
            "weeks": 0,
            "lower": 0.0,
            "last": max(one.day for one in own).isoformat(),
        }
        why = f"no article; asked for by hand, {_said(own)}"
        yield Signal("gap", own[0].text, float(len(own)), why, (), numbers)


def _said(notes: list[Note]) -> str:
    newest = sorted(notes, key=lambda note: note.day, reverse=True)[:SHOWN]
    return "; ".join(
        f"{note.day.isoformat()}"
        + (f" “{note.text}”" if note.kind == "flag" and note.text else "")
        + (f" (ticket {note.ticket})" if note.ticket else "")
        for note in newest
    )
