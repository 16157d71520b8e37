"""Parts of pages that are alike on all pages of a section, made once: header, navigation, footer.

A template asks for one with `shared(name)`. There `page` knows only what those pages have in common, and
links are right from each of them. What tells the page itself in a list of links is `current(url)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from kbtool.model import Link, NavSection, Page, PageKind

MOST = 64  # parts that are kept; pages come section by section
MARK = "\ue001"
"""Parts a part where it may differ: between two of them stands an address."""


class SharedPage:
    """What pages in one folder with one navigation have in common."""

    def __init__(self, page: Page) -> None:
        self.kind: PageKind = page.kind
        self.locale: str = page.locale
        self.nav: tuple[NavSection, ...] = page.nav
        self.sections: tuple[NavSection, ...] = page.sections
        self.crumbs: tuple[Link, ...] = page.crumbs
        # Links are the same from all articles of a section.
        folder = page.url.rstrip("/").rpartition("/")[0]
        self.url = f"{folder}/-/" if page.kind in ("article", "faq") and folder else page.url


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
        self,
        name: str,
        url: str,
        common: SharedPage,
        more: tuple[object, ...],
        context: Callable[[], dict[str, Any]],
    ) -> Markup:
        """The part of that name on the page at `url`. `more` is what it depends on beside `common`."""
        lists = (common.nav, common.sections, common.crumbs)
        key = (name, common.kind, common.locale, common.url, *map(id, lists), more)
        if key not in self._made:
            if len(self._made) >= MOST:
                del self._made[next(iter(self._made))]
            text = self._render(name, {**context(), "current": _mark})
            self._made[key] = text.split(MARK), lists  # while they are kept, no other has their ids
        pieces, _ = self._made[key]
        if len(pieces) == 1:
            return Markup(pieces[0])  # noqa: S704 - made by a template
        found = [mark_of(is_current=piece == url) if n % 2 else piece for n, piece in enumerate(pieces)]
        return Markup("".join(found))  # noqa: S704


def _mark(url: str) -> Markup:
    return Markup(f"{MARK}{url}{MARK}")  # noqa: S704 - does not stay
