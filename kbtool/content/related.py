"""Articles that name as related what does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kbtool.config import Config
from kbtool.content.pointers import front_matter_place, written_as
from kbtool.model import Finding, Library
from kbtool.nearest import did_you_mean

RULE = "unknown-related"


def unknown_related(config: Config, library: Library, texts: Mapping[str, str]) -> Iterator[Finding]:
    """A warning for each id under `related` that no article of the library has.

    `texts` are the files as they were read, by path, for the places in their front matter.
    """
    ids = sorted({article.id for article in library.articles})
    known = set(ids)
    for article in library.articles:
        for id in article.related or ():
            if id in known:
                continue
            path, text = article.where.path, texts.get(article.where.path, "")
            where, line = front_matter_place(path, text, written_as("related", config), id)
            help = did_you_mean(id, ids) or "write the id of an article, such as orders/refund"
            yield Finding(RULE, "warning", where, f"no article has the id '{id}'", help, line)
