"""Pages of a plan to HTML, through the templates of the theme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup, escape

from kbtool.config import Config
from kbtool.lang.locales import direction, format_date, format_number, name_in
from kbtool.model import Page, Rendered
from kbtool.pipeline import Tree
from kbtool.resources import icon
from kbtool.site.faq import questions
from kbtool.site.strings import Strings
from kbtool.site.urls import encoded, relative
from kbtool.targets.parts import Parts, SharedPage, mark_of
from kbtool.targets.template_error import BadTemplate
from kbtool.targets.tidy import tidied
from kbtool.targets.view import SiteView

TEMPLATES = {
    "home": "home.html",
    "section": "section.html",
    "article": "article.html",
    "faq": "faq.html",
    "search": "search.html",
    "a-z": "a-z.html",
    "not-found": "not-found.html",
    "chooser": "chooser.html",
}
EMPTY = Rendered("", (), "")


class PageWriter:
    """Turns pages into bytes. `folders` are those of the theme, the site's own first."""

    def __init__(self, folders: list[Path], config: Config) -> None:
        loader = FileSystemLoader([str(folder / "templates") for folder in folders])
        self._environment = Environment(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._root = "/" + urlsplit(config.site.site_url).path.strip("/")
        self._root += "" if self._root.endswith("/") else "/"
        self._parts = Parts(self._render)

    def html(self, page: Page, tree: Tree, site: SiteView) -> bytes:
        """One page. Raises BadTemplate."""
        strings = tree.strings[page.locale]
        context = self._functions(page, strings)
        context |= {"site": site, "page": page, **_content(page, tree)}
        context["current"] = lambda url: Markup(mark_of(is_current=url == page.url))  # noqa: S704 - ours
        context["shared"] = lambda name, **more: self._shared(name, page, site, strings, more)
        article = page.article
        reviewing = article and {(article.id, ""), (article.id, article.locale)} & tree.under_review
        context["under_review"] = bool(reviewing)
        return tidied(self._render(TEMPLATES[page.kind], context)).encode()

    def _shared(
        self, name: str, page: Page, site: SiteView, strings: Strings, more: Mapping[str, str]
    ) -> Markup:
        """A part of a page that other pages have as well."""
        common = SharedPage(page, name)

        def context() -> dict[str, Any]:
            return {**self._functions(common, strings), "site": site, "page": common, **more}

        return self._parts.part(page, common, (id(site), *more.items()), context)

    def theme_colour(self, name: str) -> str:
        """The colour of the header for a name of the palette, such as `#006d60`."""
        site = {"colour": name}
        return self._render("_theme-color.html", {"site": site}).strip()

    def _render(self, name: str, context: dict[str, Any]) -> str:
        try:
            return self._environment.get_template(name).render(context)
        except TemplateError as error:
            raise BadTemplate(error) from error

    def _functions(self, page: Page | SharedPage, strings: Strings) -> dict[str, Any]:
        """The functions of a template, for the language and the address of its page."""

        def rel(url: str) -> str:
            return encoded(self._root + url if page.kind == "not-found" else relative(url, page.url))

        return {
            "t": strings.text,
            "rel": rel,
            "icon": _icon,
            "date": lambda day: _date(day, page.locale),
            "number": lambda n: format_number(n, page.locale),
            "dir": direction,
            "language": lambda tag: name_in(tag, page.locale),
        }


def _icon(name: str, id: str = "") -> Markup:
    """An icon; with an `id` others can `<use>` it."""
    drawn = icon(name)
    if id:
        drawn = drawn.replace("<svg ", f'<svg id="{escape(id)}" ', 1)
    return Markup(drawn)  # noqa: S704 - files of a pinned package


def _date(day: date, locale: str) -> str:
    return format_date(day, locale)


def _content(page: Page, tree: Tree) -> dict[str, Any]:
    """The text of a page: body (of an FAQ what is not among its questions), contents, questions."""
    article = page.article
    rendered = tree.rendered[article.locale, article.id] if article else EMPTY
    html = tree.filled[page.path].html if article else ""
    intro, listed = questions(html) if page.kind == "faq" else ("", [])
    return {
        "body": Markup(intro if listed else html),  # noqa: S704 - sanitised by render
        "intro": Markup(intro),  # noqa: S704
        "questions": [(q.id, Markup(q.question), Markup(q.answer)) for q in listed],  # noqa: S704
        "toc": [heading for heading in rendered.headings if heading.level in (2, 3)],
    }
