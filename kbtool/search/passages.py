"""What a result is judged and shown by: the article in sentences.

A row is `[slot, id, url, title, section, description, audience, sentences, aliases]`, the last two as one
text each with a line break between the parts. A sentence of a code block or a table begins with a tab: it
counts like all others, but is no excerpt to show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbtool.model import QUIET
from kbtool.search.texts import Document

# After a full stop follows a space; the full stops of Chinese, Japanese and Hindi need none.
LEAST, ENOUGH = 25, 80  # characters of an excerpt
END = re.compile(r"(?<=[.!?؟…])\s+|(?<=[।॥。！？])\s*")


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
    found = []
    for line in text.split("\n"):
        mark = QUIET if line.startswith(QUIET) else ""
        parts = (" ".join(part.split()) for part in END.split(line))
        found += [mark + part for part in parts if part]
    return found


def sentences_of(document: Document) -> tuple[str, ...]:
    """The text of a document in sentences."""
    found = sentences(document.fields.get("body", ""))
    opening = sentences(document.description)
    # The description stands before the text, and mostly is its beginning.
    if opening and found[: len(opening)] == opening == found[len(opening) : 2 * len(opening)]:
        found = found[len(opening) :]
    return tuple(found)


def aliases_of(document: Document) -> tuple[str, ...]:
    """The other names of a document, its tags among them."""
    names = (*document.fields.get("aliases", "").split("\n"), *document.fields.get("tags", "").split("\n"))
    return tuple(" ".join(name.split()) for name in names if name.strip())


def passages_of(
    document: Document,
    slot: int,
    sentences: tuple[str, ...] | None = None,
    aliases: tuple[str, ...] | None = None,
) -> Passages:
    """The row of a document; `sentences` and `aliases` are those of it, where they are known."""
    return Passages(
        slot,
        document.id,
        document.url,
        document.title,
        document.section,
        document.description,
        document.audience,
        sentences_of(document) if sentences is None else sentences,
        aliases_of(document) if aliases is None else aliases,
    )


def excerpt(passages: Passages, number: int) -> str:
    """The sentence of that number to show, a short one with what follows; '' where the description says it.

    Instead of code or a table it is what stands before.
    """
    listed = passages.sentences or (QUIET,)
    while number > 0 and listed[number].startswith(QUIET):
        number -= 1
    # The description stands first in the body.
    if number < 0 or (number == 0 and (passages.description or listed[0].startswith(QUIET))):
        return ""
    text = listed[number]
    for sentence in listed[number + 1 :]:
        if len(text) >= ENOUGH or sentence.startswith(QUIET):
            break
        text += f" {sentence}"
    # A heading alone tells less than the description does.
    return "" if passages.description and len(text) < LEAST else text


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
