"""What agents say by hand: this article is wrong, that one is missing. One JSON object a line, in git."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from kbtool.errors import KbError
from kbtool.tickets.export.scrub import scrubbed

Kind = Literal["flag", "gap", "review"]
KINDS = ("flag", "gap", "review")


@dataclass(frozen=True)
class Note:
    """A flag on an article (`id`, perhaps one `locale` of it), a gap, or what a review found.

    `text` is the reason of a flag, what customers ask, or what was found. `ticket` is the number of a ticket
    that shows it, or ''.
    """

    kind: Kind
    day: date
    text: str
    id: str = ""
    locale: str = ""
    ticket: str = ""


def note_line(note: Note) -> str:
    """The note as it is kept; what is personal in its text is taken out."""
    value = {"kind": note.kind, "day": note.day.isoformat(), "text": scrubbed(note.text)}
    value |= {name: getattr(note, name) for name in ("id", "locale", "ticket") if getattr(note, name)}
    return json.dumps(value, ensure_ascii=False) + "\n"


def add_note(path: Path, note: Note) -> None:
    """Write a note at the end of the file. Raises KbError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(note_line(note))
    except OSError as error:
        raise KbError(f"{path}: {error.strerror or error}", "check your rights there") from error


def read_notes(path: Path) -> list[Note]:
    """All notes of a file, none if it is missing. Raises KbError for a line that is none."""
    if not path.is_file():
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(f"{path} cannot be read: {error}", "check the rights, and that it is UTF-8") from error
    return list(_parsed(lines, path))


def _parsed(lines: Iterable[str], path: Path) -> Iterable[Note]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            kind, day = value["kind"], date.fromisoformat(value["day"])
            if kind not in KINDS:
                raise ValueError(f"unknown kind {kind}")
            rest = {name: str(value.get(name, "")) for name in ("text", "id", "locale", "ticket")}
            yield Note(kind, day, **rest)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"{path}:{number}: this line is no note: {error}"
            raise KbError(message, "delete the line, or write it with kbtool flag or kbtool gap") from error
