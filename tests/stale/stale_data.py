"""Made-up help desks with a known truth, for the tests of this room."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from kbtool.model import Article, Library, Location, Status, TicketCount
from kbtool.tickets import WeeklyTable, weekly

END = date(2026, 11, 9)
TODAY = date(2026, 11, 22)


def mondays(weeks: int) -> list[date]:
    """The last `weeks` Mondays up to END."""
    return [END - timedelta(weeks=n) for n in reversed(range(weeks))]


def table(series: Mapping[str, Sequence[int]], locale: str = "") -> WeeklyTable:
    """A table of weeks up to END; all series are equally long."""
    return weekly(
        TicketCount(topic, week, 7, count, locale)
        for topic, counts in series.items()
        for week, count in zip(mondays(len(counts)), counts, strict=True)
    )


def counted(topic: str, counts: Sequence[int], locale: str = "") -> list[TicketCount]:
    """Rows of one topic for the last weeks up to END."""
    return [
        TicketCount(topic, week, 7, count, locale)
        for week, count in zip(mondays(len(counts)), counts, strict=True)
    ]


def seeded(seed: int) -> random.Random:
    """Chance that is the same on each run."""
    return random.Random(seed)  # noqa: S311 - numbers for tests, not secrets


def chance_counts(
    chance: random.Random,
    weeks: int,
    mean: float,
    factor: Callable[[int], float] = lambda _: 1.0,
    phi: float = 1.3,
) -> list[int]:
    """Negative binomial counts; `factor(weeks left)` multiplies the mean, 1 in the last week."""
    counts = []
    for left in range(weeks, 0, -1):
        rate = chance.gammavariate(mean * factor(left) / (phi - 1), phi - 1)
        count, product = 0, chance.random()
        while product > math.exp(-rate):
            count, product = count + 1, product * chance.random()
        counts.append(count)
    return counts


def article(
    id: str,
    *topics: str,
    locale: str = "en",
    reviewed: date | None = None,
    review_every: int | None = None,
    status: Status = "published",
) -> Article:
    """An article with these topics and nothing else of interest."""
    return Article(
        id,
        locale,
        id,
        "",
        Location(f"{locale}/{id}.md"),
        topics=topics,
        reviewed=reviewed,
        review_every=review_every,
        status=status,
    )


def library(*articles: Article) -> Library:
    """A library in English and Hindi."""
    return Library(("en", "hi"), articles)
