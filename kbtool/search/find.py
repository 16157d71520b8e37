"""A query to hits: plain words by the one ranking alone, anything more narrowed by Whoosh first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kbtool.model import Hit
from kbtool.search.format import index_dir
from kbtool.search.query import is_advanced, parse_query, positive_words
from kbtool.search.rank import score, search
from kbtool.search.reader import Index


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
    """The best articles for a query, best first."""
    index = Index(place.tree / index_dir(place.locale))
    if not is_advanced(text):
        return search(index, text, limit)
    from kbtool.search.engine import matching_ids

    node = parse_query(text)
    ids = matching_ids(node, place.locale, place.texts / f"{place.locale}.json", place.engine)
    scores = score(index, positive_words(node))
    numbers = [number for number, document in enumerate(index.documents) if document[0] in ids]
    numbers.sort(key=lambda number: (-scores.get(number, 0), number))
    return [index.hit(number, scores.get(number, 0)) for number in numbers[:limit]]
