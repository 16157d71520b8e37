"""From a shelf of articles to a SitePlan: every page with its address, its languages and its navigation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from kbtool.content.sections import readable
from kbtool.lang.locales import isolated
from kbtool.model import (
    Alternate,
    Article,
    Audience,
    Entry,
    Finding,
    Link,
    Location,
    NavSection,
    Page,
    Section,
    SitePlan,
    Switch,
    with_parents,
)
from kbtool.site.alphabetical import letters
from kbtool.site.own_pages import own_pages
from kbtool.site.shelf import Item, Shelf
from kbtool.site.urls import absolute, article_url, home_url, section_url

T = TypeVar("T")
DEFAULT = "x-default"
# Of longer lists the navigation shows a part, so that no page grows with the site.
ALL, PART = 15, 12


def plan(
    shelf: Shelf,
    audience: Audience,
    *,
    base: str,
    names: Mapping[str, str],
    titles: Mapping[str, str],
    headings: Mapping[str, Mapping[str, str]] | None = None,
) -> SitePlan:
    """The pages of one tree.

    `base` is the site's absolute address ('' when unknown), `names` the name of each locale in
    itself, `titles` the title of the home page per locale, `headings` the titles and descriptions of
    the pages for search and A to Z.
    """
    library = shelf.library
    builder = _Builder(shelf, base, names, titles, headings or {})
    pages = [builder.chooser()]
    for locale in library.locales:
        pages.append(builder.home(locale))
        pages.extend(builder.section(locale, s) for s in builder.all_sections(locale))
        pages.extend(builder.articles(locale))
        pages.append(builder.search(locale))
        pages.append(builder.a_z(locale))
        pages.append(builder.not_found(locale, f"{locale}/404.html"))
    pages.append(builder.not_found(library.locales[0], "404.html"))
    return SitePlan(base, audience, library.locales, tuple(pages))


def same_addresses(pages: Iterable[Page]) -> Iterator[Finding]:
    """Pages that would be written to one file, where one is the page of a section."""
    pages = tuple(pages)
    first: dict[str, Page] = {}
    for page in pages:
        other = first.setdefault(page.path, page)
        if other is page or "section" not in (page.kind, other.kind):
            continue
        if page.kind == other.kind:
            yield _same_folder(page, pages)
            continue
        article = page.article or other.article
        message = f"the address {page.url} is that of a section as well"
        help = "rename one of the two; what a section says of itself goes into its index.md"
        yield Finding(
            "duplicate-url", "error", article.where if article else Location(page.path), message, help
        )


def _same_folder(page: Page, pages: Iterable[Page]) -> Finding:
    """Two folders whose names make one address; told at an article of the second."""
    depth = page.url.count("/") - 1
    folders: dict[str, Article] = {}
    for inside in pages:
        if inside.article and inside.url.startswith(page.url):
            folders.setdefault("/".join(inside.article.section.split("/")[:depth]), inside.article)
    (one, _), (other, article), *_ = sorted(folders.items())
    message = f"the folder '{other}' gets the same address as the folder '{one}'"
    return Finding("duplicate-url", "error", article.where, message, "rename one of the two folders")


class _Builder:
    """Makes the pages of one shelf; keeps the navigation of each section, which its pages share."""

    def __init__(
        self,
        shelf: Shelf,
        base: str,
        names: Mapping[str, str],
        titles: Mapping[str, str],
        headings: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.shelf, self.base, self.names, self.titles, self.headings = shelf, base, names, titles, headings
        self.own = own_pages(shelf)
        self.locales = shelf.library.locales
        self.sections = {section.path: section for section in shelf.library.sections}
        self.navs: dict[tuple[str, str, str, int], tuple[NavSection, ...]] = {}
        self.places: dict[tuple[str, str], dict[str, int]] = {}
        self.ways: dict[tuple[str, str], tuple[Link, ...]] = {}

    def all_sections(self, locale: str, path: str = "") -> Iterator[Section]:
        """Every section with something to show in that locale, depth first."""
        for section in self.shelf.sections_in(locale, path):
            yield section
            yield from self.all_sections(locale, section.path)

    def chooser(self) -> Page:
        """The page at `/`, which offers the languages."""
        locale = self.locales[0]
        return Page(
            kind="chooser",
            path="index.html",
            url="",
            locale=locale,
            title=self.titles[locale],
            canonical=absolute(self.base, ""),
            alternates=self._alternates({tag: home_url(tag) for tag in self.locales}, ""),
            switch=self._switch("", {tag: home_url(tag) for tag in self.locales}),
        )

    def home(self, locale: str) -> Page:
        """The home page of a locale: its sections, and articles that lie in none."""
        urls = {tag: home_url(tag) for tag in self.locales}
        index = self.shelf.index.get((locale, ""))
        page = self._page("home", locale, home_url(locale), self.titles[locale], index)
        return replace(
            page,
            alternates=self._alternates(urls, ""),
            switch=self._switch(locale, urls),
            **self._navigation(locale, ""),
            sections=tuple(self._card(locale, s) for s in self.shelf.sections_in(locale, "")),
            entries=self._entries(locale, ""),
            indexed=True,
            canonical=absolute(self.base, home_url(locale)),
        )

    def section(self, locale: str, section: Section) -> Page:
        """The page of a section: what is in it."""
        urls = {
            tag: section_url(tag, section.path) for tag in self.locales if self.shelf.count[tag, section.path]
        }
        real = {tag: url for tag, url in urls.items() if self.shelf.real[tag, section.path]}
        index = self.shelf.index.get((locale, section.path))
        page = self._page(
            "section", locale, section_url(locale, section.path), self._name(locale, section), index
        )
        return replace(
            page,
            description=page.description or section.description(locale),
            alternates=self._alternates(real, next(iter(real.values()), "")) if locale in real else (),
            switch=self._switch(locale, urls),
            crumbs=self._crumbs(locale, section.parent),
            **self._navigation(locale, section.path),
            sections=tuple(self._card(locale, s) for s in self.shelf.sections_in(locale, section.path)),
            entries=self._entries(locale, section.path),
            indexed=locale in real,
            canonical=absolute(self.base, real.get(locale) or next(iter(real.values()))),
        )

    def articles(self, locale: str) -> Iterator[Page]:
        """The pages of all articles of a locale, fallbacks among them."""
        items = [item for item in self.shelf.items[locale] if item.article.slug]
        for number, item in enumerate(items):
            before = items[number - 1] if number else None
            after = items[number + 1] if number + 1 < len(items) else None
            yield self._article(item, before, after)

    def _article(self, item: Item, before: Item | None, after: Item | None) -> Page:
        article, locale = item.article, item.locale
        versions = self.shelf.by_id[article.id]
        real = {
            tag: versions[tag].url
            for tag in self.locales
            if tag in versions and not versions[tag].is_fallback
        }
        page = self._page(
            "faq" if article.type == "faq" else "article", locale, item.url, article.title, item
        )
        return replace(
            page,
            alternates=() if item.is_fallback else self._alternates(real, next(iter(real.values()))),
            switch=self._switch(locale, {tag: version.url for tag, version in versions.items()}, set(real)),
            crumbs=self._crumbs(locale, article.section),
            **self._navigation(locale, article.section, article.id),
            previous=_neighbour(before, article.section),
            next=_neighbour(after, article.section),
        )

    def search(self, locale: str) -> Page:
        """The page of search results, which a script fills."""
        page = self._own_page("search", locale, self.own.search)
        sections = tuple(self._card(locale, s) for s in self.shelf.sections_in(locale, ""))
        return replace(page, indexed=False, canonical="", alternates=(), sections=sections)

    def a_z(self, locale: str) -> Page:
        """The page with all articles in the order of the alphabet."""

        def section(item: Item) -> str:
            path = item.article.section
            return self._name(locale, self.sections[path]) if path else ""

        page = self._own_page("a-z", locale, self.own.a_z)
        return replace(page, letters=letters(self.shelf.items[locale], locale, section))

    def _own_page(self, kind: str, locale: str, name: str) -> Page:
        """A page of every locale that no article stands behind."""
        urls = {tag: f"{home_url(tag)}{name}/" for tag in self.locales}
        words = self.headings.get(locale, {})
        page = self._page(kind, locale, urls[locale], words.get(kind, self.titles[locale]), None)
        return replace(
            page,
            description=words.get(f"{kind}-description", ""),
            alternates=self._alternates(urls, next(iter(urls.values()))),
            switch=self._switch(locale, urls),
            crumbs=self._crumbs(locale, ""),
            **self._navigation(locale, ""),
        )

    def not_found(self, locale: str, path: str) -> Page:
        """The page for addresses that do not exist."""
        urls = {tag: home_url(tag) for tag in self.locales}
        return Page(
            kind="not-found",
            path=path,
            url=path,
            locale=locale,
            title=self.titles[locale],
            indexed=False,
            switch=self._switch(locale, urls),
            **self._navigation(locale, ""),
            sections=tuple(self._card(locale, s) for s in self.shelf.sections_in(locale, "")),
        )

    def _page(self, kind: str, locale: str, url: str, title: str, item: Item | None) -> Page:
        """What all pages with a text have in common."""
        article = item.article if item else None
        fallback = item is not None and item.is_fallback
        canonical = absolute(self.base, url)
        if article and fallback:
            canonical = absolute(self.base, article_url(article, article.locale))
        return Page(
            kind=kind,  # type: ignore[arg-type]
            path=url + "index.html",
            url=url,
            locale=locale,
            title=title,
            description=article.description if article else "",
            content_locale=article.locale if article else locale,
            article=article,
            canonical=canonical,
            indexed=not fallback,
        )

    def _alternates(self, urls: Mapping[str, str], default: str) -> tuple[Alternate, ...]:
        if not self.base:
            return ()
        links = [Alternate(tag, absolute(self.base, url)) for tag, url in urls.items()]
        return (*links, Alternate(DEFAULT, absolute(self.base, default)))

    def _switch(
        self, current: str, urls: Mapping[str, str], real: set[str] | None = None
    ) -> tuple[Switch, ...]:
        return tuple(
            Switch(
                locale=tag,
                name=self.names[tag],
                url=urls.get(tag, home_url(tag)),
                current=tag == current,
                translated=tag in (urls if real is None else real),
            )
            for tag in self.locales
        )

    def _name(self, locale: str, section: Section) -> str:
        """The title of a section: as `sections.yml` says, else that of its index, else its folder's name."""
        index = self.shelf.index.get((locale, section.path))
        if (
            index
            and not index.is_fallback
            and section.titles == {"": readable(section.path.rpartition("/")[2])}
        ):
            return index.article.title
        return section.title(locale)

    def _crumbs(self, locale: str, path: str) -> tuple[Link, ...]:
        if (known := self.ways.get((locale, path))) is not None:
            return known
        links = [Link(self.titles[locale], home_url(locale))]
        for above in with_parents(path):
            section = self.sections[above]
            links.append(Link(self._name(locale, section), section_url(locale, section.path)))
        return self.ways.setdefault((locale, path), tuple(links))

    def _navigation(self, locale: str, path: str, id: str = "") -> dict[str, Any]:
        """The navigation of the pages of a section; `id` is the article whose page it is."""
        place = self._place(locale, path, id) // PART if id else 0
        nav = self._nav(locale, path, place)
        return {"nav": nav, "nav_more": len(nav) < len(self.shelf.sections_in(locale, ""))}

    def _place(self, locale: str, path: str, id: str) -> int:
        """At which place of its section an article is."""
        if (locale, path) not in self.places:
            items = self.shelf.directly(locale, path)
            self.places[locale, path] = {item.article.id: n for n, item in enumerate(items)}
        return self.places[locale, path].get(id, 0)

    def _nav(self, locale: str, open_path: str, part: int, path: str = "") -> tuple[NavSection, ...]:
        """The sections below `path`, those on the way to `open_path` with what is in them.

        Of many sections and articles these are the neighbours: the part in which the page is.
        """
        if (known := self.navs.get((locale, open_path, path, part))) is not None:
            return known
        nav = []
        sections = tuple(self.shelf.sections_in(locale, path))
        on_the_way = (n for n, one in enumerate(sections) if (open_path + "/").startswith(one.path + "/"))
        for section in _part(sections, next(on_the_way, 0) // PART):
            card = self._card(locale, section)
            if (open_path + "/").startswith(section.path + "/"):
                items = tuple(self.shelf.directly(locale, section.path))
                shown = _part(items, part if section.path == open_path else 0)
                links = tuple(Link(_title(item), item.url) for item in shown)
                children = self._nav(locale, open_path, part, section.path)
                more = len(shown) < len(items) or len(children) < len(
                    self.shelf.sections_in(locale, section.path)
                )
                card = replace(card, current=True, entries=links, children=children, more=more)
            nav.append(card)
        return self.navs.setdefault((locale, open_path, path, part), tuple(nav))

    def _card(self, locale: str, section: Section) -> NavSection:
        return NavSection(
            title=self._name(locale, section),
            url=section_url(locale, section.path),
            description=section.description(locale),
            icon=section.icon,
            count=self.shelf.listed[locale, section.path],
        )

    def _entries(self, locale: str, path: str) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                title=item.article.title,
                url=item.url,
                description=item.article.description,
                locale=item.article.locale if item.is_fallback else "",
                audience=item.article.audience,
            )
            for item in self.shelf.directly(locale, path)
        )


def _neighbour(item: Item | None, section: str) -> Link | None:
    """The article before or after, when it is in the same section."""
    return Link(_title(item), item.url) if item and item.article.section == section else None


def _title(item: Item) -> str:
    """The title of an article in a list of another language's page."""
    return isolated(item.article.title, item.article.locale, item.locale)


def _part(listed: tuple[T, ...], part: int) -> tuple[T, ...]:
    """All of a short list, one part of a long one."""
    return listed if len(listed) <= ALL else listed[part * PART : (part + 1) * PART]
