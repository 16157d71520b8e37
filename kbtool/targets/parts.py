"""Parts of pages that are alike on all pages of a section, made once: header, navigation, footer.

A template asks for one with `shared(name)`. There `page` knows only what those pages have in common: kind,
locale, and for header, navigation and crumbs the lists that they show. Links are right from each of them.
What tells the page itself in a list of links is `current(url)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from kbtool.model import Page, PageKind

LISTS = {
    "_header.html": ("nav", "sections"),
    "_nav.html": ("nav", "sections"),
    "_crumbs.html": ("crumbs",),
}
"""What of a page a part looks at, beside its kind, locale and address. Others are the same for all pages
of a locale that lie as deep."""
MOST = 64  # parts that are kept; pages come section by section
MARK = "\ue001"
"""Parts a part where it may differ: between two of them stands an address."""


class SharedPage:
    """What the pages have in common that share the part of that name."""

    def __init__(self, page: Page, name: str) -> None:
        self.name = name
        self.kind: PageKind = page.kind
        self.locale: str = page.locale
        self.nav_more: bool = page.nav_more
        looked_at = LISTS.get(name, ())
        for one in looked_at:
            setattr(self, one, getattr(page, one))
        self.key = (
            name,
            page.kind,
            page.locale,
            page.nav_more,
            *(id(getattr(page, one)) for one in looked_at),
        )
        self.url = page.url
        folder = page.url.rstrip("/").rpartition("/")[0]
        if page.kind in ("article", "faq") and folder:
            # Links are the same from all articles of a section, or from all that lie as deep.
            self.url = f"{folder}/-/" if looked_at else f"{page.locale}/{'-/' * (page.url.count('/') - 1)}"


def mark_of(*, is_current: bool) -> str:
    """The attributes of a link to the page itself, or of one to another."""
    return ' class="md-nav__link md-nav__link--active" aria-current="page"' if is_current else NOT_CURRENT


NOT_CURRENT = ' class="md-nav__link"'


class Parts:
    """Makes parts with `render(name, context)`, and keeps those that were asked for last."""

    def __init__(self, render: Callable[[str, dict[str, Any]], str]) -> None:
        self._render = render
        self._made: dict[tuple[object, ...], tuple[list[str], object]] = {}

    def part(
        self, page: Page, common: SharedPage, more: tuple[object, ...], context: Callable[[], dict[str, Any]]
    ) -> Markup:
        """The part for a page. `more` is what it depends on beside what is common."""
        key = (*common.key, common.url, more)
        if key not in self._made:
            if len(self._made) >= MOST:
                del self._made[next(iter(self._made))]
            text = self._render(common.name, {**context(), "current": _mark})
            self._made[key] = text.split(MARK), common  # while it is kept, no other list has its id
        pieces, _ = self._made[key]
        if len(pieces) == 1:
            return Markup(pieces[0])  # noqa: S704 - made by a template
        found = [mark_of(is_current=piece == page.url) if n % 2 else piece for n, piece in enumerate(pieces)]
        return Markup("".join(found))  # noqa: S704


def _mark(url: str) -> Markup:
    return Markup(f"{MARK}{url}{MARK}")  # noqa: S704 - does not stay
