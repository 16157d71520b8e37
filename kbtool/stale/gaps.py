"""Topics that bring tickets and that no article answers, in a locale or at all -> `gap` signals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kbtool.model import Library, Signal
from kbtool.nearest import did_you_mean
from kbtool.stale.coverage import Coverage, answers
from kbtool.stale.numeric import Z90, gamma_quantile
from kbtool.stale.words import in_weeks
from kbtool.tickets.calendar import WeeklyTable

WEEKS = 8
TICKETS = 3


def gaps(table: WeeklyTable, library: Library, covered: Coverage) -> Iterator[Signal]:
    """Topics that no article answers, or none in a locale that the library has and tickets name.

    `value` is the number of tickets a week that is certain (the lower 90 % bound).
    """
    weeks = [i for i, total in enumerate(table.totals) if total][-WEEKS:]
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
    if tickets < TICKETS:
        return
    least = gamma_quantile(tickets + 0.5, -Z90) / len(weeks)
    where = f" in {locale}" if locale else ""
    why = (
        f"{what}; {tickets:,} tickets{where} in the last {in_weeks(len(weeks))}, at least {least:.1f} a week"
    )
    numbers: dict[str, float | int | str] = {"tickets": tickets, "weeks": len(weeks), "lower": least}
    yield Signal("gap", topic, least, why, ids, numbers | ({"locale": locale} if locale else {}))
