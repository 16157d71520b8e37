"""The articles of a locale from A to Z, in groups under their letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from kbtool.lang.alphabet import place
from kbtool.model import Entry, Letter
from kbtool.site.shelf import Item


def letters(items: Iterable[Item], locale: str, section: Callable[[Item], str]) -> tuple[Letter, ...]:
    """The groups in order. `section` gives the title of an item's section ('' for none)."""
    placed = [(place(item.article.title, locale), item) for item in items if item.article.slug]
    placed.sort(key=lambda pair: (pair[0], pair[1].url))
    groups = groupby(placed, key=lambda pair: pair[0].heading)
    return tuple(
        Letter(heading, f"letter-{number}", tuple(_entry(item, section(item)) for _, item in group))
        for number, (heading, group) in enumerate(groups, 1)
    )


def _entry(item: Item, section: str) -> Entry:
    article = item.article
    return Entry(
        title=article.title,
        url=item.url,
        locale=article.locale if item.is_fallback else "",
        audience=article.audience,
        section=section,
    )
