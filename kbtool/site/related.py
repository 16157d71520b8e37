"""The related articles of every page: those that the front matter names, else those that were computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kbtool.model import Article, Entry, Page, SitePlan
from kbtool.site.shelf import Shelf

Computed = Mapping[str, Mapping[str, Sequence[str]]]


def with_related(plan: SitePlan, shelf: Shelf, computed: Computed) -> SitePlan:
    """The plan with the related articles on the pages of articles.

    `computed` is locale -> id -> ids. Nothing but what stands on the shelf is shown, so that a page of
    the public never names what is for agents. On a page whose article is not translated they are
    those of the article in its own language, shown as the reader's language has them.
    """
    return replace(plan, pages=tuple(_related(page, shelf, computed) for page in plan.pages))


def _related(page: Page, shelf: Shelf, computed: Computed) -> Page:
    if page.kind not in ("article", "faq") or page.article is None:
        return page
    return replace(page, entries=tuple(_entries(page.article, page.locale, shelf, computed)))


def _entries(article: Article, locale: str, shelf: Shelf, computed: Computed) -> Iterator[Entry]:
    named = _named(article, shelf)
    ids = computed.get(article.locale, {}).get(article.id, ()) if named is None else named
    for id in dict.fromkeys(ids):
        item = shelf.by_id.get(id, {}).get(locale)
        if item is None or id == article.id:
            continue
        other = item.article
        foreign = other.locale if item.is_fallback else ""
        yield Entry(other.title, item.url, other.description, foreign, other.audience)


def _named(article: Article, shelf: Shelf) -> Sequence[str] | None:
    """The ids that the article names, or else the one that it translates; None where neither says."""
    if article.related is not None:
        return article.related
    source = next(
        (item.article for item in shelf.by_id[article.id].values() if not item.is_fallback), article
    )
    return source.related
