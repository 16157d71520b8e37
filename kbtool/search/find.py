"""A query to hits: plain words by the one ranking alone, anything more narrowed by Whoosh first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kbtool.model import Hit
from kbtool.search.files import damaged
from kbtool.search.format import MANIFEST, index_dir
from kbtool.search.query import is_advanced, parse_query, positive_words
from kbtool.search.rank import search
from kbtool.search.reader import Index, Replaced, starting_over
from kbtool.search.texts import NoTexts, read_texts


@dataclass(frozen=True)
class Place:
    """Where the search of one audience and locale finds its data.

    `tree` is a built tree of pages, `texts` the folder of its plain texts, `engine` that of Whoosh.
    """

    tree: Path
    texts: Path
    engine: Path
    locale: str


def find(text: str, place: Place, limit: int = 10) -> list[Hit]:
    """The best articles for a query, best first, all of one release."""
    folder = place.tree / index_dir(place.locale)
    return starting_over(folder, lambda: _found(text, place, limit, Index(folder)))


def _found(text: str, place: Place, limit: int, index: Index) -> list[Hit]:
    if index.locale != place.locale:
        raise damaged(place.tree / index_dir(place.locale), f"{MANIFEST}: it is that of {index.locale}")
    if not is_advanced(text):
        return search(index, text, limit)
    from kbtool.search.engine import matching_ids

    node = parse_query(text)
    try:
        ids = matching_ids(
            node,
            place.locale,
            index.texts,
            lambda: read_texts(place.texts, place.locale, index.texts),
            place.engine,
        )
    except NoTexts:
        if index.is_out():
            raise
        raise Replaced(place.tree) from None
    return search(index, positive_words(node), limit, among=ids)
