"""What a result is judged and shown by: the article in sentences.

A row is `[slot, id, url, title, section, description, audience, sentences, aliases]`, the last two as one
text each with a line break between the parts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kbtool.search.texts import Document

# After a full stop follows a space; the full stops of Chinese, Japanese and Hindi need none.
END = re.compile(r"(?<=[.!?؟…])\s+|(?<=[।॥。！？])\s*|\n+")


@dataclass(frozen=True, slots=True)
class Passages:
    """An article as a row: what is shown of it, and its sentences."""

    slot: int
    id: str
    url: str
    title: str
    section: str
    description: str
    audience: str
    sentences: tuple[str, ...]
    aliases: tuple[str, ...]


def sentences(text: str) -> list[str]:
    """The text in sentences, each on one line; items of lists and headings count as such."""
    parts = (" ".join(part.split()) for part in END.split(text))
    return [part for part in parts if part]


def passages_of(document: Document, slot: int) -> Passages:
    """The row of a document."""
    fields: Mapping[str, str] = document.fields
    names = (*fields.get("aliases", "").split("\n"), *fields.get("tags", "").split("\n"))
    found = sentences(fields.get("body", ""))
    opening = sentences(document.description)
    # The description stands before the text, and mostly is its beginning.
    if opening and found[: len(opening)] == opening == found[len(opening) : 2 * len(opening)]:
        found = found[len(opening) :]
    return Passages(
        slot,
        document.id,
        document.url,
        document.title,
        document.section,
        document.description,
        document.audience,
        tuple(found),
        tuple(" ".join(name.split()) for name in names if name.strip()),
    )


def row_of(passages: Passages) -> list[object]:
    """The row as it is written."""
    shown = (passages.url, passages.title, passages.section, passages.description, passages.audience)
    texts = ("\n".join(passages.sentences), "\n".join(passages.aliases))
    return [passages.slot, passages.id, *shown, *texts]


def passages_in(row: object) -> Passages:
    """The row as it was written; ValueError if it is none."""
    if not isinstance(row, list) or len(row) != 9 or type(row[0]) is not int or row[0] < 0:
        raise ValueError("not a row")
    if not all(isinstance(cell, str) for cell in row[1:]):
        raise ValueError("not a row of texts")
    slot, id, url, title, section, description, audience, body, aliases = row
    lines = tuple(filter(None, body.split("\n"))), tuple(filter(None, aliases.split("\n")))
    return Passages(slot, id, url, title, section, description, audience, *lines)
