"""The plain texts of the articles: what phrases and fields are looked for in. Private, never part of a site.

A file per locale and state of the articles, `<locale>-<digest>.json`, which never changes. The manifest of
an index names the digest, so that a query is answered from one state of the articles throughout.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kbtool.errors import KbError
from kbtool.model import Audience
from kbtool.search.facts import Facts
from kbtool.search.format import digest, packed, regular_bytes


@dataclass(frozen=True)
class Document:
    """What the search knows of an article in one locale. `fields` maps a field's name to its text.

    `facts` is what agents filter by; None stands for the little that the rest says.
    """

    id: str
    url: str
    title: str
    section: str
    description: str
    audience: Audience
    fields: dict[str, str]
    facts: Facts | None = None

    @property
    def known(self) -> Facts:
        """What agents filter by."""
        return self.facts or Facts(self.id, self.url, self.title, self.description, audience=self.audience)


class NoTexts(KbError):
    """The texts that belong to an index are not there, or not what they were."""

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(
            f"phrases and fields cannot be looked for: the texts in {folder} are {what}",
            "build again: kbtool build",
        )


def packed_texts(documents: Iterable[Document]) -> bytes:
    """The texts as bytes, the same for the same documents in any order."""
    listed = sorted(documents, key=lambda one: one.id)
    return packed([asdict(replace(document, facts=None), dict_factory=_without_facts) for document in listed])


def _without_facts(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """They are in a file of their own."""
    return {name: value for name, value in pairs if name != "facts"}


def texts_name(locale: str, made: str) -> str:
    """The name of the file with the texts of that digest."""
    return f"{locale}-{made}.json"


def read_texts(folder: Path, locale: str, wanted: str) -> list[dict[str, Any]]:
    """The texts of that digest: a list of documents with `id`, `title` and `fields`."""
    name = texts_name(locale, wanted)
    try:
        data = regular_bytes(folder / name)
    except FileNotFoundError:
        raise NoTexts(folder, f"not those of the index ({name} is missing)") from None
    except OSError as error:
        raise NoTexts(folder, f"not to be read ({name}: {error.strerror})") from error
    try:
        if digest(data) != wanted:
            raise ValueError("digest")
        rows = json.loads(data)
        if not isinstance(rows, list):
            raise TypeError("not a list")
        return [_checked(row) for row in rows]
    except (ValueError, TypeError, RecursionError) as error:
        raise NoTexts(folder, f"damaged ({name})") from error


def _checked(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict) or not isinstance(row.get("fields"), dict):
        raise TypeError("not a document")
    if not all(isinstance(text, str) for text in (row.get("id"), row.get("title"), *row["fields"].values())):
        raise TypeError("not texts")
    return row
