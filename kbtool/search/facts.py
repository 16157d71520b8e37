"""What agents filter by: the metadata of every article of a tree. Private, never part of a site.

A file per locale and state, `<locale>-<digest>.json`, in a folder beside that of the plain texts. The
manifest of an index names the digest, so that filters and texts are of one release. A row is a list, its
cells in the order of the fields of `Facts`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kbtool.errors import KbError
from kbtool.search.format import digest, packed, regular_bytes


@dataclass(frozen=True, slots=True)
class Facts:
    """The metadata of an article in one locale.

    `section` is a path, `section_title` its title in that locale, `sections` its titles and those of the
    sections around it, in all languages.
    `reviewed` is a day as in `2026-11-26`, '' for never; `review_every` is in days. `file` is the file of an
    article that is not out ('' otherwise).
    """

    id: str
    url: str
    title: str
    description: str = ""
    section: str = ""
    section_title: str = ""
    sections: tuple[str, ...] = ()
    type: str = "article"
    audience: str = "public"
    status: str = "published"
    owner: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    reviewed: str = ""
    review_every: int = 0
    file: str = ""

    def due(self) -> date | None:
        """The day from which a review is overdue; None without one."""
        if not self.reviewed or not self.review_every:
            return None
        return date.fromisoformat(self.reviewed) + timedelta(days=self.review_every)

    def is_overdue(self, today: date) -> bool:
        """Whether its last review is longer ago than it may be."""
        due = self.due()
        return due is not None and due < today


class NoFacts(KbError):
    """The facts that belong to an index are not there, or not what they were."""

    def __init__(self, folder: Path, what: str) -> None:
        message = f"filters cannot be answered: the facts in {folder} are {what}"
        super().__init__(message, "build again: kbtool build")


def facts_folder(texts: Path) -> Path:
    """Where the facts lie, beside the folder of the texts."""
    return texts.with_name(f"{texts.name}-facts")


def packed_facts(facts: Iterable[Facts]) -> bytes:
    """The facts as bytes, the same for the same facts in any order."""
    return packed([list(astuple(one)) for one in sorted(facts, key=lambda one: one.id)])


def read_facts(folder: Path, locale: str, wanted: str) -> dict[str, Facts]:
    """The facts of that digest by id. Raises NoFacts."""
    name = f"{locale}-{wanted}.json"
    try:
        data = regular_bytes(folder / name)
    except FileNotFoundError:
        raise NoFacts(folder, f"not those of the index ({name} is missing)") from None
    except OSError as error:
        raise NoFacts(folder, f"not to be read ({name}: {error.strerror})") from error
    try:
        if digest(data) != wanted:
            raise ValueError("digest")
        return {one.id: one for one in map(_facts, json.loads(data))}
    except (ValueError, TypeError, RecursionError) as error:
        raise NoFacts(folder, f"damaged ({name})") from error


NAMES = [field.name for field in fields(Facts)]
LISTS = [number for number, field in enumerate(fields(Facts)) if "tuple" in str(field.type)]
TYPES = [
    list if number in LISTS else int if name == "review_every" else str for number, name in enumerate(NAMES)
]
REVIEWED = NAMES.index("reviewed")


def _facts(row: Any) -> Facts:
    if type(row) is not list or list(map(type, row)) != TYPES:
        raise TypeError("not a row")
    cells = list(row)
    for number in LISTS:
        cells[number] = tuple(row[number])
        for text in cells[number]:
            if type(text) is not str:
                raise TypeError("not a list of texts")
    if cells[REVIEWED]:
        date.fromisoformat(cells[REVIEWED])
    return Facts(*cells)
