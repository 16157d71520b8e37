"""A query to an answer: in which languages it is asked, the hits of all of them, counts and hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kbtool.model import Hit
from kbtool.search.facets import facets
from kbtool.search.facts import Facts, NoFacts
from kbtool.search.filters import is_of, one_of
from kbtool.search.find import ALWAYS, Found, Searcher, Sort, hit_of
from kbtool.search.query import Both, Either, Filter, Like, Node, Parsed, Without, leaves, parse

if TYPE_CHECKING:
    from kbtool.search.reader import Index

USUAL = 5  # hits of a query with words; of filters alone all are listed


@dataclass(frozen=True)
class Answer:
    """What a query gave. `facts` are those of the hits, in their order; `found` is by locale.

    `total` is how many match, `counts` how many of them have each value (empty where facts are missing).
    `hidden` says that the query asks for articles that may not be out.
    """

    query: str
    locales: tuple[str, ...]
    hits: tuple[Hit, ...]
    facts: tuple[Facts | None, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]
    hints: tuple[str, ...] = ()
    suggestion: str = ""
    hidden: bool = False
    found: Mapping[str, Found] = field(default_factory=dict)


def ask(
    text: str,
    searchers: Mapping[str, Searcher],
    *,
    limit: int | None = None,
    offset: int = 0,
    sort: Sort = "relevance",
    today: date = ALWAYS,
    with_facts: bool = True,
) -> Answer:
    """The answer to a query; `limit` None is the usual number.

    `searchers` are by locale, that of the asker first: it is asked unless the query says `lang:`. Hits of
    other locales follow as groups. Raises QueryError for what cannot be asked.
    """
    parsed = parse(text)
    locales = _asked(parsed, list(searchers))
    by_words = bool(parsed.words.strip()) or any(isinstance(leaf, Like) for leaf in leaves(parsed.node))
    most = limit if limit is not None else USUAL if by_words else None
    end = None if most is None else offset + most
    found: dict[str, Found] = {}
    for locale in locales:
        found[locale] = _found(searchers[locale], parsed, end, sort, today, with_facts=with_facts)
    matches = [(locale, one) for locale, part in found.items() for one in part.matches]
    if by_words and sort == "relevance":
        hits = [hit for part in found.values() for hit in part.hits]
    else:
        ordered = sorted(matches, key=lambda pair: (pair[1].reviewed, pair[1].id))
        if sort == "newest":
            ordered.sort(key=lambda pair: pair[1].reviewed, reverse=True)
        hits = [hit_of(one, locale) for locale, one in ordered]
    known = {(locale, one.id): one for locale, one in matches if one.title}
    shown = hits[offset:end]
    first = found.get(locales[0]) if locales else None
    meant = _meant(text, first.index) if first and first.index and parsed.node is None else ""
    return Answer(
        query=text,
        locales=tuple(locales),
        hits=tuple(shown),
        facts=tuple(known.get((hit.locale, hit.id)) for hit in shown),
        total=len(matches),
        counts=facets(matches, today) if known else {},
        hints=tuple(dict.fromkeys(hint for part in found.values() for hint in part.hints)),
        hidden=any(isinstance(leaf, Filter) and leaf.name == "status" for leaf in leaves(parsed.node)),
        suggestion=meant,
        found=found,
    )


def _meant(text: str, index: Index) -> str:
    """What was probably meant by a query of plain words."""
    from kbtool.search.suggest import suggestion  # filters need none

    return suggestion(text, index)


def _found(
    searcher: Searcher, parsed: Parsed, end: int | None, sort: Sort, today: date, *, with_facts: bool
) -> Found:
    """What one locale gives. A site without the facts beside it still answers plain words."""
    if with_facts and parsed.node is None:
        try:
            return searcher.find(parsed, end, sort=sort, today=today, with_facts=True)
        except NoFacts:
            with_facts = False
    return searcher.find(parsed, end, sort=sort, today=today, with_facts=with_facts)


def _asked(parsed: Parsed, locales: Sequence[str]) -> list[str]:
    """The locales in which the query can hold; without `lang:` the first."""
    named = [leaf for leaf in leaves(parsed.node) if isinstance(leaf, Filter) and leaf.name == "lang"]
    if not named:
        return list(locales[:1])
    for leaf in named:
        if not any(is_of(leaf.value, locale) for locale in locales):
            one_of("lang", leaf.value, (*locales, "*"))
    return [locale for locale in locales if parsed.node is None or _may_hold(parsed.node, locale)]


def _may_hold(node: Node, locale: str) -> bool:
    """Whether the conditions on the language leave anything of a locale."""
    if isinstance(node, Both):
        return all(_may_hold(part, locale) for part in node.parts)
    if isinstance(node, Either):
        return any(_may_hold(part, locale) for part in node.parts)
    if isinstance(node, Without):
        return not _surely_holds(node.part, locale)
    return not (isinstance(node, Filter) and node.name == "lang") or is_of(node.value, locale)


def _surely_holds(node: Node, locale: str) -> bool:
    """Whether the conditions on the language alone make it true."""
    if isinstance(node, Both):
        return all(_surely_holds(part, locale) for part in node.parts)
    if isinstance(node, Either):
        return any(_surely_holds(part, locale) for part in node.parts)
    if isinstance(node, Without):
        return not _may_hold(node.part, locale)
    return isinstance(node, Filter) and node.name == "lang" and is_of(node.value, locale)
