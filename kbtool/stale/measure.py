"""Ticket counts x Library -> signals: stale topics, topics without an article, overdue reviews."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kbtool.model import Article, Library, Signal
from kbtool.nearest import did_you_mean
from kbtool.stale.coverage import Coverage, answers, coverage, topics_of
from kbtool.stale.numeric import Z90, gamma_quantile
from kbtool.stale.topics import TopicRow, rank_topics
from kbtool.tickets.calendar import WeeklyTable, complete

GAP_WEEKS = 8
GAP_TICKETS = 3
DEMAND_WEEKS = 13
_LEAST_P = 1e-300


def measure(
    table: WeeklyTable,
    library: Library,
    today: date,
    *,
    fdr: float = 0.05,
    review_every_days: int = 180,
) -> list[Signal]:
    """All signals of the newest complete week not after `today`: stale, then gap, then overdue.

    Signals of one name are ordered, the most urgent first. `fdr` bounds the expected share of false
    `stale` signals; `review_every_days` holds for articles that set no interval of their own.
    `articles` of a `gap` in one locale are those that wait for a translation; `numbers["locale"]` names it,
    as it names the version of the article that is `overdue`.
    """
    known = complete(table, today)
    covered = coverage(library, today)
    rows = rank_topics(table, today, library, fdr=fdr)
    return [
        *(_stale(row) for row in rows if row.flagged and row.articles),
        *_ranked(_gaps(known, library, covered)),
        *_ranked(_overdue(known, library, today, review_every_days)),
    ]


def _ranked(signals: Iterator[Signal]) -> list[Signal]:
    return sorted(signals, key=lambda signal: (-signal.value, signal.topic, signal.articles, signal.why))


def explain(row: TopicRow) -> str:
    """The evidence of one topic in a line, also of one that is not flagged."""
    if row.not_enough:
        return row.not_enough
    numbers = (row.before, row.after, row.share_before, row.share_after, row.ratio, row.lower, row.q)
    before, after, share_before, share_after, ratio, lower, q = (number or 0.0 for number in numbers)
    review = "not reviewed yet" if row.reviewed is None else f"last reviewed {row.reviewed.isoformat()}"
    return (
        f"{before:.1f} -> {after:.1f} tickets a week in the last 4 weeks "
        f"(share {100 * share_before:.1f} -> {100 * share_after:.1f} %), "
        f"ratio {ratio:.1f} (at least {lower:.1f}), q {_small(q)}, {row.n:,} tickets; "
        + (f"{review}; " if row.articles else "no article; ")
        + f"could be seasonal: {'yes' if row.could_be_seasonal else 'no'}"
    )


def _small(q: float) -> str:
    return f"{q:.3f}" if q >= 0.001 else "< 0.001"


def _stale(row: TopicRow) -> Signal:
    numbers: dict[str, float | int | str] = {"n": row.n, "could_be_seasonal": int(row.could_be_seasonal)}
    for name in ("before", "after", "share_before", "share_after", "ratio", "lower", "excess", "p", "q"):
        numbers[name] = getattr(row, name)
    if row.reviewed:
        numbers["reviewed"] = row.reviewed.isoformat()
    value = -math.log10(max(row.p or 0.0, _LEAST_P))
    return Signal("stale", row.topic, value, explain(row), row.articles, numbers)


def _gaps(table: WeeklyTable, library: Library, covered: Coverage) -> Iterator[Signal]:
    """Topics that no article answers, or none in a locale that the library has and tickets name."""
    weeks = [i for i, total in enumerate(table.totals) if total][-GAP_WEEKS:]
    for topic in table.topics:
        ids = covered.articles.get(topic, ())
        if not ids:
            near = did_you_mean(topic, covered.articles)
            what = "no published article" + (f" has this topic ({near})" if near else "")
            yield from _gap(topic, "", table.counts[topic], weeks, what)
            continue
        has = covered.locales[topic]
        for locale in table.locales:
            if answers(locale, library.locales) and not answers(locale, has):
                series = table.by_locale.get((topic, locale), ())
                why = f"no published article in {locale} (there is one in {', '.join(sorted(has))})"
                yield from _gap(topic, locale, series, weeks, why, ids)


def _gap(
    topic: str,
    locale: str,
    series: Sequence[int],
    weeks: list[int],
    what: str,
    ids: tuple[str, ...] = (),
) -> Iterator[Signal]:
    tickets = sum(series[i] for i in weeks) if series else 0
    if tickets < GAP_TICKETS:
        return
    least = gamma_quantile(tickets + 0.5, -Z90) / len(weeks)
    where = f" in {locale}" if locale else ""
    why = f"{what}; {tickets:,} tickets{where} in the last {_weeks(weeks)}, at least {least:.1f} a week"
    numbers: dict[str, float | int | str] = {"tickets": tickets, "weeks": len(weeks), "lower": least}
    yield Signal("gap", topic, least, why, ids, numbers | ({"locale": locale} if locale else {}))


def _overdue(table: WeeklyTable, library: Library, today: date, review_every: int) -> Iterator[Signal]:
    """Articles with a late review that readers ask for: each once, by its most urgent version."""
    found: dict[str, list[Signal]] = {}
    for signal in _late(table, library, today, review_every):
        found.setdefault(signal.articles[0], []).append(signal)
    for versions in found.values():
        first, *others = sorted(versions, key=lambda signal: -signal.value)
        also = ", ".join(str(signal.numbers["locale"]) for signal in others)
        yield replace(first, why=f"{first.why}; also late: {also}") if also else first


def _late(table: WeeklyTable, library: Library, today: date, review_every: int) -> Iterator[Signal]:
    """Versions of articles whose review is late, when readers of that version write tickets."""
    weeks = [i for i, total in enumerate(table.totals) if total][-DEMAND_WEEKS:]
    for article in library.articles:
        if article.reviewed is None or not article.is_live(today):
            continue
        every = article.review_every or review_every
        late = (today - article.reviewed - timedelta(days=every)).days
        tickets = _demand(table, article, library, weeks)
        if late <= 0 or not tickets:
            continue
        why = (
            f"the review of {article.reviewed.isoformat()} was for {every} days, {late} days ago; "
            f"{tickets:,} tickets in the last {_weeks(weeks)}"
        )
        numbers: dict[str, float | int | str] = {
            "days_late": late,
            "review_every": every,
            "tickets": tickets,
            "locale": article.locale,
            "reviewed": article.reviewed.isoformat(),
        }
        value = late / every * math.log1p(tickets)
        yield Signal("overdue", topics_of(article)[0], value, why, (article.id,), numbers)


def _weeks(weeks: list[int]) -> str:
    return "week" if len(weeks) == 1 else f"{len(weeks)} weeks"


def _demand(table: WeeklyTable, article: Article, library: Library, weeks: list[int]) -> int:
    """Tickets on the topics of an article in those weeks; in its locale when the counts name locales."""
    total = 0
    for topic in topics_of(article):
        if not table.locales:
            total += sum(table.counts[topic][i] for i in weeks) if topic in table.counts else 0
            continue
        for locale in table.locales:
            best = max((own for own in library.locales if answers(locale, [own])), key=len, default="")
            if best == article.locale and (series := table.by_locale.get((topic, locale))):
                total += sum(series[i] for i in weeks)
    return total
