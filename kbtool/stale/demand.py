"""How many tickets the readers of one version of an article write."""

from __future__ import annotations

from collections.abc import Iterable

from kbtool.model import Article, Library
from kbtool.stale.coverage import answers, topics_of
from kbtool.tickets.calendar import WeeklyTable


def demand(table: WeeklyTable, article: Article, library: Library, weeks: Iterable[int]) -> int:
    """Tickets on the topics of an article in those weeks; in its locale when the counts name locales."""
    places = list(weeks)
    total = 0
    for topic in topics_of(article):
        if not table.locales:
            total += sum(table.counts[topic][i] for i in places) if topic in table.counts else 0
            continue
        for locale in table.locales:
            best = max((own for own in library.locales if answers(locale, [own])), key=len, default="")
            if best == article.locale and (series := table.by_locale.get((topic, locale))):
                total += sum(series[i] for i in places)
    return total
