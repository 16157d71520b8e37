"""Which articles answer which topic, and when they were last reviewed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kbtool.model import Article, Library
from kbtool.tickets.fields import clean


@dataclass(frozen=True)
class Coverage:
    """What readers can see: `articles[topic]` are ids, the topic's own article first.

    `locales[topic]` are the locales with such an article; `reviewed[topic]` is the last review of
    the topic's own article, in the source locale of that article. `versions[id][locale]` is the
    last review of each version.
    """

    articles: dict[str, tuple[str, ...]]
    locales: dict[str, frozenset[str]]
    reviewed: dict[str, date | None]
    versions: dict[str, dict[str, date | None]]

    def articles_in(self, topic: str, locale: str) -> tuple[str, ...]:
        """Ids of the articles on a topic that a reader of this locale can read; of all for ''."""
        ids = self.articles.get(topic, ())
        return ids if not locale else tuple(id for id in ids if answers(locale, self.versions[id]))

    def review_of(self, topic: str, locale: str) -> date | None:
        """The last review of the topic's own article, in the version that this locale reads."""
        ids = self.articles_in(topic, locale)
        if not locale or not ids:
            return self.reviewed.get(topic)
        served = [own for own in self.versions[ids[0]] if answers(locale, [own])]
        return self.versions[ids[0]][max(served, key=len)]


def coverage(library: Library, today: date) -> Coverage:
    """The topics of the articles that are live on that day; drafts and archived ones answer nothing."""
    live = library.narrowed(tuple(article for article in library.articles if article.is_live(today)))
    places: defaultdict[str, dict[str, int]] = defaultdict(dict)
    locales: defaultdict[str, set[str]] = defaultdict(set)
    for article in live.articles:
        for place, topic in enumerate(topics_of(article)):
            known = places[topic]
            known[article.id] = min(place, known.get(article.id, place))
            locales[topic].add(article.locale)
    articles = {
        topic: tuple(sorted(ids, key=lambda name: (ids[name], name))) for topic, ids in places.items()
    }
    versions = live.by_id()
    return Coverage(
        articles,
        {topic: frozenset(found) for topic, found in locales.items()},
        {topic: live.source_of(versions[ids[0]]).reviewed for topic, ids in articles.items()},
        {
            id: {locale: article.reviewed for locale, article in found.items()}
            for id, found in versions.items()
        },
    )


def topics_of(article: Article) -> list[str]:
    """The topics of an article, written as ticket files are read, without repeats."""
    return list(dict.fromkeys(clean(topic) for topic in article.topics))


def answers(locale: str, locales: Iterable[str]) -> bool:
    """Whether a reader of `locale` is served by one of these: `en-IN` by `en`, not `en` by `en-IN`."""
    wanted = locale.casefold()
    return any(wanted == has or wanted.startswith(has + "-") for has in map(str.casefold, locales))
