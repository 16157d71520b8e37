"""The addresses of pages that kbtool adds: the search results, and all articles from A to Z."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count

from kbtool.site.shelf import Shelf
from kbtool.site.urls import section_url


@dataclass(frozen=True)
class OwnPages:
    """The names of these pages below a locale, the same in all of them: nobody else's address."""

    search: str
    a_z: str


def own_pages(shelf: Shelf) -> OwnPages:
    """The first names that no article and no section has in any locale."""
    urls = {item.url for items in shelf.items.values() for item in items}
    urls |= {section_url(tag, s.path) for tag in shelf.items for s in shelf.library.sections}
    taken = {url.split("/")[1] for url in urls if url.count("/") > 1}
    return OwnPages(
        _free(("search", "search-results"), "search", taken), _free(("a-z", "all-articles"), "a-z", taken)
    )


def _free(names: Iterable[str], stem: str, taken: set[str]) -> str:
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(name for name in chain(names, numbered) if name not in taken)
