"""Articles that were reviewed, and the tickets did not fall -> `no-deflection` signals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kbtool.model import Article, Library, Signal
from kbtool.stale.coverage import Coverage, answers
from kbtool.stale.deflection import AFTER, Deflection, deflection
from kbtool.tickets.calendar import WeeklyTable

# A verdict is news for half a year; later the topic has a past of its own again.
NEWS = timedelta(weeks=26)
# Fewer tickets than this in the weeks after are no reason to look again.
TICKETS = 8
# A review is expected to bring tickets down if they had risen (90 % bound) before it ...
PEAK = 1.15


def no_deflection(
    table: WeeklyTable, library: Library, covered: Coverage, today: date, fdr: float = 0.05
) -> Iterator[Signal]:
    """Topics whose own article was reviewed lately, eight whole weeks or more ago, without effect.

    A review that finds nothing to mend is no reason for tickets to fall: only those count that
    answered a rise, or a `major` edit. Of many reviews some come after a few loud weeks by chance; `fdr`
    bounds the share of those. `value` is the number of tickets a week that go on.
    """
    recent = [one for one in verdicts(table, library, covered) if today - one[2] <= NEWS]
    risen = _risen([found for _, _, _, found in recent], fdr)
    versions = library.by_id()
    for topic, locale, reviewed, found in recent:
        if found.claim != "not-deflected" or found.n < TICKETS:
            continue
        answered = found.peak >= PEAK and found.by_chance <= risen
        if not answered and not _major(library, versions[covered.articles_in(topic, locale)[0]], locale):
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


def _risen(found: Sequence[Deflection], fdr: float) -> float:
    """Up to which chance a rise before the review is believed (Benjamini and Hochberg)."""
    ordered = sorted(one.by_chance for one in found)
    passed = [p for rank, p in enumerate(ordered, 1) if p <= fdr * rank / len(ordered)]
    return max(passed, default=-1.0)


def _major(library: Library, versions: dict[str, Article], locale: str) -> bool:
    """Whether the last edit of the version that was reviewed is called major."""
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
    verdict = (
        "tickets rose"
        if found.rose
        else {
            "deflected": "tickets fell",
            "not-deflected": "tickets did not fall",
            "undecided": "no evidence whether tickets fell",
        }[found.claim]
    )
    return (
        f"{verdict} in the {AFTER} weeks after the review of {reviewed.isoformat()}: "
        f"{found.before:.1f} -> {found.after:.1f} a week, {found.ratio:.2f} of what was to be expected "
        f"({found.lower:.2f} to {found.upper:.2f}), {found.n:,} tickets"
    )
