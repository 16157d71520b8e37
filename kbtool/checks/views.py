"""Who sees what, for the rules: every article once for each group of readers that sees another text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from kbtool.checks.base import Key, View
from kbtool.config import Config
from kbtool.content.audience import for_audience
from kbtool.content.files import shown
from kbtool.content.links import Resolver
from kbtool.content.pointers import loose_links
from kbtool.content.preview import for_preview
from kbtool.content.protected import Hidden
from kbtool.content.scan import Found, Places, scan
from kbtool.model import Article, Audience, Finding, Library, Rendered

Render = Callable[[Library], Mapping[Key, Rendered]]
HiddenFrom = Callable[[Library, Audience], Hidden]


def views(
    library: Library,
    assets: Mapping[str, Path],
    config: Config,
    today: date,
    render: Render | None,
    hidden: HiddenFrom,
) -> tuple[View, ...]:
    """What the public sees, what agents see beyond it, and what nobody sees yet (drafts and the like).

    What is not out may point to anything that exists. `render` gives the texts of a library as HTML;
    None in a quick run; `hidden` says what the readers of a library must not be led to.
    """
    found: list[View] = []
    seen: set[tuple[object, ...]] = set()
    layout = config.settings.articles.layout
    for part, kept in (
        _with(hidden, for_audience(library, "public", today), "public"),
        _with(hidden, for_audience(library, "agents", today), "agents"),
        (for_preview(library), Hidden()),
    ):
        base = shown(config.docs_dir)
        resolver = Resolver(part.articles, library.locales, assets, layout, hidden=kept, base=base)
        texts = [(a, (a.locale, a.id, a.body, a.questions)) for a in part.articles]
        articles = tuple(article for article, text in texts if text not in seen)
        seen.update(text for _, text in texts)
        found.append(_view(part, articles, resolver, render(part) if render and articles else {}, kept))
    return tuple(found)


def _with(hidden: HiddenFrom, library: Library, audience: Audience) -> tuple[Library, Hidden]:
    return library, hidden(library, audience)


def _view(
    library: Library,
    articles: tuple[Article, ...],
    resolver: Resolver,
    rendered: Mapping[Key, Rendered],
    hidden: Hidden,
) -> View:
    found: dict[Key, tuple[Found, ...]] = {}
    broken: list[Finding] = []
    for article in articles:
        key = (article.locale, article.id)
        found[key] = tuple(_found(article))
        broken += _broken(article, found[key], resolver, rendered.get(key))
        if text := rendered.get(key):
            broken += (finding for _, finding in loose_links(text.html, article, hidden) if finding)
    return View(library, articles, resolver, found, tuple(broken), rendered)


def _found(article: Article) -> Iterator[Found]:
    yield from scan(article.body)
    for question in article.questions:
        yield from (replace(one, at=-1) for one in scan(question.answer))


def _broken(
    article: Article, found: tuple[Found, ...], resolver: Resolver, rendered: Rendered | None
) -> Iterator[Finding]:
    """What is wrong with the targets: of the rendered text if there is one, else of what was scanned."""
    if rendered:
        targets = rendered.targets
    else:
        targets = tuple(one.target for one in found if not one.target.written.startswith("#"))
    places = Places(article)
    for target in targets:
        if problem := resolver.problem(target, article, article.where):
            where, line = places.next(target)
            yield replace(problem, where=where, source_line=line)
