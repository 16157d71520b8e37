"""What came and what went since the last build of a site, in one line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kbtool.model import Article, Audience

NAMED = 5  # articles of a kind that are named; more are counted

Live = Mapping[Audience, frozenset[str]]


@dataclass(frozen=True)
class Release:
    """What a build made public or gave to agents: the day it worked for, and names by audience."""

    day: date
    live: Live


def live_on(
    articles: Iterable[Article], audiences: Collection[Audience], day: date
) -> dict[Audience, frozenset[str]]:
    """The names of the articles that are live on that day, by their own audience: `hi/orders/refund`."""
    names: dict[Audience, set[str]] = {audience: set() for audience in audiences}
    for article in articles:
        if article.audience in names and article.is_live(day):
            names[article.audience].add(name_of(article))
    return {audience: frozenset(found) for audience, found in names.items()}


def release(
    articles: Iterable[Article], audiences: Collection[Audience], day: date, last: Release | None
) -> Release:
    """What is out after a build of those audiences; for the others, what the last build left there."""
    return Release(day, {**(last.live if last else {}), **live_on(articles, audiences, day)})


def changes(
    articles: Collection[Article], audiences: Collection[Audience], day: date, last: Release | None
) -> str:
    """One line on what is newly published, expired or withdrawn in those audiences; '' for nothing.

    Without a last build, as on a CI machine that starts empty, it is what dates alone brought or took
    since the day before.
    """
    since = last.day if last else day - timedelta(days=1)
    then = last.live if last else live_on(articles, audiences, since)
    now = live_on(articles, audiences, day)
    before = {name: audience for audience in audiences for name in then.get(audience, ())}
    after = {name: audience for audience in audiences for name in now[audience]}
    expired = {
        name_of(a) for a in articles if a.expires_at and a.expires_at <= day and a.status == "published"
    }
    gone = {name for name in before if name not in after}
    taken = {name for name in before if before[name] == "public" and after.get(name) == "agents"}
    lists: dict[str, tuple[Iterable[str], Mapping[str, Audience]]] = {
        "newly published": ([n for n in after if before.get(n) != after[n]], after),
        "expired": (gone & expired, before),
        "withdrawn": (gone - expired | taken, before),
    }
    said = [f"{what}: {_listed(names, of)}" for what, (names, of) in lists.items() if names]
    return f"since {since.isoformat()}: {'; '.join(said)}" if said else ""


def name_of(article: Article) -> str:
    """The name of an article in the record of a build: `hi/orders/refund`."""
    return f"{article.locale}/{article.id}"


def _listed(names: Iterable[str], audience_of: Mapping[str, Audience]) -> str:
    ordered = [name + " (agents)" * (audience_of[name] == "agents") for name in sorted(names)]
    more = [f"{len(ordered) - NAMED} more"] if len(ordered) > NAMED else []
    return ", ".join([*ordered[:NAMED], *more])
