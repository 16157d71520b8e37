"""Articles that were reviewed, and the tickets did not fall -> `no-deflection` signals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kbtool.model import Library, Signal
from kbtool.stale.coverage import Coverage, answers
from kbtool.stale.deflection import AFTER, Deflection, deflection
from kbtool.tickets.calendar import WeeklyTable

# A verdict is news for half a year; later the topic has a past of its own again.
NEWS = timedelta(weeks=26)
# Fewer tickets than this in the weeks after are no reason to look again.
TICKETS = 8
# A review is expected to bring tickets down if they had risen (90 % bound) before it ...
PEAK = 1.15


def no_deflection(table: WeeklyTable, library: Library, covered: Coverage, today: date) -> Iterator[Signal]:
    """Topics whose own article was reviewed lately, eight whole weeks or more ago, without effect.

    A review that finds nothing to mend is no reason for tickets to fall: only those count that
    answered a rise, or a `major` edit. `value` is the number of tickets a week that go on.
    """
    for topic, locale, reviewed, found in verdicts(table, library, covered):
        if found.claim != "not-deflected" or found.n < TICKETS or today - reviewed > NEWS:
            continue
        if found.peak < PEAK and not _major(library, covered.articles_in(topic, locale)[0], locale):
            continue
        numbers: dict[str, float | int | str] = {
            "before": found.before,
            "after": found.after,
            "ratio": found.ratio,
            "lower": found.lower,
            "upper": found.upper,
            "n": found.n,
            "reviewed": reviewed.isoformat(),
        }
        if locale:
            numbers["locale"] = locale
        where = f"in {locale}: " if locale else ""
        why = f"{where}{in_words(found, reviewed)}"
        yield Signal("no-deflection", topic, found.after, why, covered.articles_in(topic, locale), numbers)


def _major(library: Library, id: str, locale: str) -> bool:
    """Whether the last edit of the version that was reviewed is called major."""
    versions = library.by_id()[id]
    read = {own: article for own, article in versions.items() if not locale or answers(locale, [own])}
    return library.source_of(read).significance == "major"


def verdicts(
    table: WeeklyTable, library: Library, covered: Coverage
) -> Iterator[tuple[str, str, date, Deflection]]:
    """(topic, locale, review, verdict) of every topic with a reviewed article and enough weeks.

    Locales are judged by themselves where the counts name them and versions were reviewed apart.
    """
    for topic in table.topics:
        reviews = {
            locale: covered.review_of(topic, locale)
            for locale in table.locales
            if answers(locale, library.locales) and covered.articles_in(topic, locale)
        }
        apart = len(set(reviews.values())) > 1
        places = list(reviews) if apart else [""]
        for locale in places:
            reviewed = covered.review_of(topic, locale)
            if reviewed is None or not covered.articles_in(topic, locale):
                continue
            series = table.by_locale.get((topic, locale)) if locale else table.counts[topic]
            update = sum(week < reviewed for week in table.weeks)
            if series and (found := deflection(series, table.totals, update)):
                yield topic, locale, reviewed, found


def in_words(found: Deflection, reviewed: date) -> str:
    """The verdict and what it rests on."""
    verdict = {
        "deflected": "tickets fell",
        "not-deflected": "tickets did not fall",
        "undecided": "no evidence whether tickets fell",
    }[found.claim]
    return (
        f"{verdict} in the {AFTER} weeks after the review of {reviewed.isoformat()}: "
        f"{found.before:.1f} -> {found.after:.1f} a week, {found.ratio:.2f} of what was to be expected "
        f"({found.lower:.2f} to {found.upper:.2f}), {found.n:,} tickets"
    )
