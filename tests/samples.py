"""Articles, libraries and rendered texts in one line each, for the tests of the rooms above `content`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kbtool.config import Config, load
from kbtool.lang.slugs import slugify
from kbtool.model import Article, Library, Location, Page, Rendered, Section
from kbtool.render.sanitise import sanitise


def article(rel: str, locale: str = "en", **changes: Any) -> Article:
    """A published, public article at `articles/<locale>/<rel>.md`; its title is the file name."""
    section, _, name = rel.rpartition("/")
    values: dict[str, Any] = {
        "id": rel,
        "title": f"{name} {locale}",
        "body": "Text.",
        "where": Location(f"articles/{locale}/{rel}.md", 1),
        "section": section,
        "slug": "" if name == "index" else slugify(name),
    }
    return Article(locale=locale, rel=rel, **(values | changes))


def library(
    *articles: Article, locales: tuple[str, ...] = ("en", "hi"), sections: tuple[Section, ...] = ()
) -> Library:
    """A library of these articles, with the sections that they need; `sections` come first."""
    known = {section.path: section for section in sections}
    for one in articles:
        parts = one.section.split("/") if one.section else []
        for n in range(len(parts)):
            path = "/".join(parts[: n + 1])
            known.setdefault(path, Section(path, {"": parts[n].title()}))
    return Library(locales, articles, tuple(known.values()))


def rendered(html: str) -> Rendered:
    """Sanitised HTML with its slots."""
    clean = sanitise(html)
    return Rendered(clean.html, (), "", clean.targets)


def page_of(one: Article, locale: str, url: str) -> Page:
    """The page of an article in a locale."""
    return Page("article", url + "index.html", url, locale, one.title, article=one, content_locale=one.locale)


def config_in(folder: Path, text: str = "", own: str = "locales: {en: English, hi: हिन्दी}") -> Config:
    """The settings of a help center in that folder; `text` are keys of mkdocs, `own` is ours, in one line."""
    file = folder / "mkdocs.yml"
    file.write_text(f"site_name: Help\n{text}plugins:\n  - kbtool: {{{own}}}\n", encoding="utf-8")
    config, problems = load(file, {})
    assert config is not None, problems
    return config
