"""What tickets say of articles and topics, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kbtool.model import Article, Library, Signal
from kbtool.report.sparkline import sparkline
from kbtool.stale.coverage import answers
from kbtool.stale.deflection import Deflection
from kbtool.stale.rises import NUMBERS, explain
from kbtool.stale.topics import TopicRow
from kbtool.tickets.calendar import WeeklyTable

# Signals whose weeks say more than their numbers.
PICTURED = ("stale", "surge", "no-deflection", "gap")
# Signals that, where they name a locale, are about the version that it reads.
OF_ONE_VERSION = ("stale", "surge", "flag", "no-deflection", "translation-behind", "words")
Versions = dict[str, dict[str, Article]]  # by id and locale
HEADINGS = {
    "stale": "Look at these articles first: their topics rise",
    "surge": "Alarms: topics that jumped in the last weeks",
    "flag": "Flagged by agents",
    "no-deflection": "Reviewed, but the tickets did not fall",
    "gap": "Tickets without an article",
    "translation-behind": "Translations behind their source",
    "overdue": "Reviews overdue, the most asked for first",
    "words": "Words of readers that could be aliases",
    "quiet": "Quiet: articles to retire or to merge",
}


@dataclass(frozen=True)
class StaleReport:
    """Everything `kbtool stale` says. `as_of` is the last day of the newest complete week."""

    source: str
    as_of: date
    weeks: int
    tickets: int
    signals: Sequence[Signal]
    topics: Sequence[TopicRow]
    notes: Sequence[str]
    library: Library
    today: date
    table: WeeklyTable = field(default_factory=WeeklyTable)
    effects: Sequence[tuple[str, str, date, Deflection]] = ()
    fdr: float = 0.05
    known: float | None = None
    site: str = ""

    @cached_property
    def versions(self) -> Versions:
        """The articles by id and locale."""
        return self.library.by_id()

    def series(self, topic: str, locale: str = "") -> tuple[int, ...]:
        """The tickets of a topic in every complete week."""
        if locale and (topic, locale) in self.table.by_locale:
            return self.table.by_locale[topic, locale]
        return self.table.counts.get(topic, ())


def stale_text(report: StaleReport, limit: int, *, everything: bool) -> str:
    """The lists, at most `limit` entries each; `everything` adds the ranking of all topics."""
    return "\n".join(_lines(report, limit, everything=everything))


def _lines(report: StaleReport, limit: int, *, everything: bool) -> Iterator[str]:
    topics = len({row.topic for row in report.topics})
    yield (
        f"{report.source}: {_many(report.tickets, 'ticket')} on {_many(topics, 'topic')} "
        f"in {_many(report.weeks, 'week')} up to {report.as_of.isoformat()}"
    )
    versions = report.library.by_id()
    late = (report.today - report.as_of).days
    if late > 21:
        yield f"note: the newest complete week ended {late} days ago; this is how things stood then"
    yield from (f"note: {note}" for note in report.notes)
    recent = {(row.topic, row.locale): row.recent for row in report.topics}
    for name, heading in HEADINGS.items():
        if name in ("gap", "surge") and not report.library.articles:
            continue
        own = [signal for signal in report.signals if signal.name == name]
        if not own:
            continue
        yield from ("", heading)
        for number, signal in enumerate(own[:limit], 1):
            yield from _entry(number, signal, report.library, versions)
            bars = recent.get((signal.topic, str(signal.numbers.get("locale", "")))) or ()
            if name in PICTURED and bars:
                yield f"     {sparkline(bars)}  the last {len(bars)} weeks"
        if len(own) > limit:
            yield f"    … and {len(own) - limit} more (--limit {len(own)})"
    if everything or not report.library.articles:
        yield from ("", "All topics, the strongest evidence of a rise first")
        shown = report.topics if everything else report.topics[:limit]
        for number, row in enumerate(shown, 1):
            mark = "  << rises" if row.flagged else "  << jumped" if row.surge else ""
            where = f" in {row.locale}" if row.locale else ""
            yield from (f"{number:3}. {row.topic}{where}{mark}", f"     {explain(row)}")
    elif not any(signal.name == "stale" for signal in report.signals):
        yield from ("", "No topic rises beyond what chance explains. All topics: --all")


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _entry(number: int, signal: Signal, library: Library, versions: Versions) -> Iterator[str]:
    if not signal.articles:
        yield f"{number:3}. {signal.topic}"
        yield f"     {signal.why}"
        return
    first = versions[signal.articles[0]]
    yield f"{number:3}. {library.source_of(first).title}"
    locale = str(signal.numbers.get("locale", "")) if signal.name in OF_ONE_VERSION else ""
    for id in signal.articles:
        paths = [v.where.path for own, v in versions[id].items() if not locale or answers(locale, [own])]
        yield f"     {', '.join(paths)}"
    yield f"     {signal.topic + ': ' if signal.topic else ''}{signal.why}"


def stale_json(report: StaleReport) -> str:
    """The same for programs, whole."""
    versions = report.library.by_id()
    value = {
        "version": 1,
        "source": report.source,
        "as_of": report.as_of.isoformat(),
        "weeks": report.weeks,
        "tickets": report.tickets,
        "notes": list(report.notes),
        "signals": [
            {
                "signal": signal.name,
                "topic": signal.topic,
                "articles": [
                    {"id": id, "files": [article.where.path for article in versions[id].values()]}
                    for id in signal.articles
                ],
                "value": signal.value,
                "why": signal.why,
                "numbers": signal.numbers,
            }
            for signal in report.signals
        ],
        "topics": [_topic(row) for row in report.topics],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _topic(row: TopicRow) -> dict[str, object]:
    return {
        "topic": row.topic,
        "locale": row.locale,
        "flagged": row.flagged,
        "surge": row.surge,
        "tickets": row.n,
        "since": row.since.isoformat() if row.since else None,
        **{name: getattr(row, name) for name in NUMBERS},
        "could_be_seasonal": row.could_be_seasonal,
        "articles": list(row.articles),
        "not_enough": row.not_enough,
        "why": explain(row),
    }
