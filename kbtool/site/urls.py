"""The address of every page: `/<locale>/<section>/<slug>/`, relative to the site's root."""

from __future__ import annotations

import posixpath

from kbtool.lang.slugs import slugify
from kbtool.model import Article


def home_url(locale: str) -> str:
    """`hi/`."""
    return f"{locale}/"


def section_url(locale: str, path: str) -> str:
    """`hi/getting-started/`; that of the home page for the top."""
    parts = [slugify(part) or "section" for part in path.split("/")] if path else []
    return "/".join([locale, *parts, ""])


def article_url(article: Article, locale: str) -> str:
    """The address of an article in that locale; an index has that of its section."""
    base = section_url(locale, article.section)
    return f"{base}{article.slug}/" if article.slug else base


def relative(target: str, page: str) -> str:
    """The link from the page at `page` (a directory or a file) to `target`, both from the root."""
    path, mark, fragment = target.partition("#")
    start = posixpath.dirname(page) or "."
    link = posixpath.relpath(path or ".", start)
    if path.endswith("/") or not path:
        link = "./" if link == "." else link + "/"
    return link + mark + fragment


def absolute(base: str, url: str) -> str:
    """The full address below `site_url`; '' when there is no base."""
    return base.rstrip("/") + "/" + url if base else ""
