"""A search task on disk: documents, and queries of which somebody said what answers them.

A folder with `docs.jsonl` and `queries.jsonl`, one JSON object a line. Read as a whole: everything that is
wrong with it is found in one run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbtool.lang.locales import canonical
from kbtool.model import Location

DOCUMENTS, QUERIES = "docs.jsonl", "queries.jsonl"
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class TaskDocument:
    """A document to find. `body` is plain text or Markdown, `title` empty where it is hidden."""

    id: str
    lang: str
    title: str
    body: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """What somebody typed. The search sees `lang` and `text`; `rel` and `kind` are for the figures."""

    id: str
    lang: str
    text: str
    rel: frozenset[str]
    kind: str


@dataclass(frozen=True)
class Task:
    """A task as it was read: what is sound of it, and everything that is not."""

    name: str
    documents: tuple[TaskDocument, ...]
    queries: tuple[Query, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a task file, where, and the mend."""

    where: Location
    message: str
    help: str


@dataclass(frozen=True)
class _Key:
    """What the value of a key has to be."""

    what: str
    fits: Callable[[Any], bool]
    required: bool = True


def _is_text(value: Any) -> bool:
    """Whether it is a text that can be written down; half of a surrogate pair cannot."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _is_name(value: Any) -> bool:
    return _is_text(value) and bool(value.strip())


def _is_language(value: Any) -> bool:
    return _is_text(value) and canonical(value) is not None


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


NAME = _Key("a text that is not empty", _is_name)
TEXT = _Key("a text", _is_text)
DOCUMENT = {
    "id": NAME,
    "lang": _Key("a language tag such as en, hi or pt-BR", _is_language),
    "title": TEXT,
    "body": TEXT,
    "aliases": _Key("a list of texts", _are_texts, required=False),
}
QUERY = {
    "id": NAME,
    "lang": NAME,
    "text": TEXT,
    "rel": _Key("a list of ids of documents", _are_texts),
    "kind": NAME,
}
EXAMPLES = {
    DOCUMENTS: '{"id": "refunds", "lang": "en", "title": "Refunds", "body": "When the money is back."}',
    QUERIES: '{"id": "q1", "lang": "en", "text": "money back", "rel": ["refunds"], "kind": "clean"}',
}


def read_task(folder: Path) -> Task:
    """The task in a folder. Never raises for what is in the files: whoever calls looks at the problems."""
    problems: list[Problem] = []
    documents = [
        TaskDocument(row["id"], _tag(row["lang"]), row["title"], row["body"], tuple(row.get("aliases", ())))
        for row in _rows(folder / DOCUMENTS, DOCUMENT, problems)
    ]
    queries = [
        Query(row["id"], _tag(row["lang"]), row["text"], frozenset(row["rel"]), row["kind"])
        for row in _rows(folder / QUERIES, QUERY, problems)
    ]
    return Task(folder.resolve().name, tuple(documents), tuple(queries), tuple(problems))


def _tag(lang: str) -> str:
    """The tag in its usual case; a query may be in a language that nobody knows."""
    return canonical(lang) or lang


def _rows(path: Path, keys: Mapping[str, _Key], problems: list[Problem]) -> list[dict[str, Any]]:
    """The sound objects of a file, each id once."""
    if not path.is_file():
        help = f"write one object a line, such as {EXAMPLES[path.name]}"
        problems.append(Problem(Location(str(path)), "there is no such file", help))
        return []
    rows: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    before = len(problems)
    for number, raw in _lines(path):
        where = Location(str(path), number)
        row, wrong = _row(raw, path.name, keys)
        problems.extend(Problem(where, message, help) for message, help in wrong)
        if row is None:
            continue
        first = seen.setdefault(row["id"], number)
        if first == number:
            rows.append(row)
        else:
            message = f"the id '{row['id']}' is that of line {first} already"
            problems.append(
                Problem(where, message, "give every line an id of its own, or remove one of them")
            )
    if not rows and len(problems) == before:
        help = f"write one object a line, such as {EXAMPLES[path.name]}"
        problems.append(Problem(Location(str(path)), "the file is empty", help))
    return rows


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that have something in them. Texts may hold other ends of lines than this one."""
    for number, raw in enumerate(path.read_bytes().removeprefix(BOM).split(b"\n"), 1):
        if raw.strip():
            yield number, raw


def _row(
    raw: bytes, name: str, keys: Mapping[str, _Key]
) -> tuple[dict[str, Any] | None, Sequence[tuple[str, str]]]:
    """The object of a line, or None and what is wrong with it: messages and mends."""
    try:
        row = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return None, [(f"the byte 0x{raw[error.start]:02x} is not UTF-8", "save the file in UTF-8")]
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg} at column {error.colno}"
        return None, [(message, f"write one object a line, such as {EXAMPLES[name]}")]
    except (RecursionError, ValueError):
        return None, [("this is not JSON that can be read", f"write it like this: {EXAMPLES[name]}")]
    if not isinstance(row, dict):
        return None, [("this is no object", f"write it in braces, such as {EXAMPLES[name]}")]
    wrong = []
    for key, kind in keys.items():
        if key not in row:
            if kind.required:
                wrong.append((f"the key '{key}' is missing", f"add '{key}': {kind.what}"))
        elif not kind.fits(row[key]):
            wrong.append((f"'{key}' is not {kind.what}: {_shown(row[key])}", f"write {kind.what}"))
    return (None if wrong else row), wrong


def _shown(value: Any) -> str:
    """A value as it stands in the file, cut."""
    text = json.dumps(value)
    return text if len(text) <= 40 else text[:40] + " …"
