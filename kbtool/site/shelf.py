"""What each locale has to offer: its own articles, and source articles where a translation is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kbtool.model import Article, Finding, Library, Section, with_parents
from kbtool.site.urls import article_url


@dataclass(frozen=True)
class Item:
    """An article as it is shown in one locale, in its own language or as a fallback."""

    article: Article
    locale: str

    @property
    def url(self) -> str:
        """Its address in that locale."""
        return article_url(self.article, self.locale)

    @property
    def is_fallback(self) -> bool:
        """Whether the text is in another language than the locale's."""
        return self.article.locale != self.locale


@dataclass(frozen=True)
class Shelf:
    """All items: per locale in reading order, per section, and per article id over the locales.

    By locale and section, those of the sections inside included: `count` are the items, `listed`
    those that lists show (an index is the section's own page), `real` those that are no fallbacks.
    `inside` are the sections directly below a path.
    """

    library: Library
    items: dict[str, tuple[Item, ...]]
    by_id: dict[str, dict[str, Item]]
    by_section: dict[tuple[str, str], list[Item]]
    count: Counter[tuple[str, str]]
    listed: Counter[tuple[str, str]]
    real: Counter[tuple[str, str]]
    index: dict[tuple[str, str], Item]
    inside: dict[str, list[Section]]

    def directly(self, locale: str, path: str) -> list[Item]:
        """The items of a section itself, without its index and without the sections in it."""
        return self.by_section.get((locale, path), [])

    def sections_in(self, locale: str, path: str) -> list[Section]:
        """The sections directly below a path that have something to show in that locale."""
        return [s for s in self.inside.get(path, ()) if self.count[locale, s.path]]


def _arranged(library: Library, items: dict[str, tuple[Item, ...]]) -> Shelf:
    by_id: dict[str, dict[str, Item]] = {}
    by_section: dict[tuple[str, str], list[Item]] = {}
    count: Counter[tuple[str, str]] = Counter()
    listed: Counter[tuple[str, str]] = Counter()
    real: Counter[tuple[str, str]] = Counter()
    index: dict[tuple[str, str], Item] = {}
    for locale, shown in items.items():
        for item in shown:
            by_id.setdefault(item.article.id, {})[locale] = item
            path = item.article.section
            if not item.article.slug:
                index[locale, path] = item
            else:
                by_section.setdefault((locale, path), []).append(item)
            for above in with_parents(path):
                count[locale, above] += 1
                listed[locale, above] += bool(item.article.slug)
                real[locale, above] += not item.is_fallback
    inside: dict[str, list[Section]] = {}
    for section in library.sections:
        inside.setdefault(section.parent, []).append(section)
    return Shelf(library, items, by_id, by_section, count, listed, real, index, inside)


def stock(library: Library) -> tuple[Shelf, list[Finding]]:
    """Put every article on every locale's shelf; a fallback never takes the address of another article."""
    findings: list[Finding] = []
    rank = {section.path: number for number, section in enumerate(library.sections)}
    order = {section.path: section.order for section in library.sections}
    versions = library.by_id()
    items: dict[str, tuple[Item, ...]] = {}
    for locale in library.locales:
        own = [Item(t[locale], locale) for t in versions.values() if locale in t]
        taken = {item.url: item for item in own}
        for translations in versions.values():
            if locale in translations:
                continue
            item = Item(library.source_of(translations), locale)
            if (other := taken.setdefault(item.url, item)) is not item:
                findings.append(_clash(item, other))
                continue
            own.append(item)
        own.sort(key=lambda item: _place(item.article, rank, order))
        items[locale] = tuple(own)
    return _arranged(library, items), findings


def _place(
    article: Article, rank: dict[str, int], order: dict[str, tuple[str, ...]]
) -> tuple[int, int, str, str]:
    """Sort key: section, then the section's own order, then the file name."""
    first = order.get(article.section, ())
    name, short_id = article.rel.rpartition("/")[2], article.id.rpartition("/")[2]
    listed = next((first.index(n) for n in (name, short_id) if n in first), len(first))
    return (rank.get(article.section, -1), listed, name, article.id)


def _clash(item: Item, other: Item) -> Finding:
    other_path = other.article.where.path
    message = f"'{item.locale}' has no translation of this, and the address is that of {other_path} there"
    return Finding(
        "fallback-clash",
        "warning",
        item.article.where,
        message,
        "give both the same `id:` if one translates the other, else rename one",
    )
