"""What tickets say of articles and topics, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kbtool.model import Article, Library, Signal
from kbtool.stale.measure import explain
from kbtool.stale.topics import TopicRow

Versions = dict[str, dict[str, Article]]  # by id and locale
HEADINGS = {
    "stale": "Look at these articles first: their topics rise",
    "gap": "Tickets without an article",
    "overdue": "Reviews overdue, the most asked for first",
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
    library: Library
    today: date


def stale_text(report: StaleReport, limit: int, *, everything: bool) -> str:
    """The lists, at most `limit` entries each; `everything` adds the ranking of all topics."""
    return "\n".join(_lines(report, limit, everything=everything))


def _lines(report: StaleReport, limit: int, *, everything: bool) -> Iterator[str]:
    yield (
        f"{report.source}: {_many(report.tickets, 'ticket')} on {_many(len(report.topics), 'topic')} "
        f"in {_many(report.weeks, 'week')} up to {report.as_of.isoformat()}"
    )
    versions = report.library.by_id()
    late = (report.today - report.as_of).days
    if late > 21:
        yield f"note: the newest complete week ended {late} days ago; this is how things stood then"
    for name, heading in HEADINGS.items():
        if name == "gap" and not report.library.articles:
            continue
        own = [signal for signal in report.signals if signal.name == name]
        if not own:
            continue
        yield from ("", heading)
        for number, signal in enumerate(own[:limit], 1):
            yield from _entry(number, signal, report.library, versions)
        if len(own) > limit:
            yield f"    … and {len(own) - limit} more (--limit {len(own)})"
    if everything or not report.library.articles:
        yield from ("", "All topics, the strongest evidence of a rise first")
        shown = report.topics if everything else report.topics[:limit]
        for number, row in enumerate(shown, 1):
            mark = "  << rises" if row.flagged else ""
            yield from (f"{number:3}. {row.topic}{mark}", f"     {explain(row)}")
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
    for id in signal.articles:
        yield f"     {', '.join(article.where.path for article in versions[id].values())}"
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
        "flagged": row.flagged,
        "tickets": row.n,
        "before": row.before,
        "after": row.after,
        "share_before": row.share_before,
        "share_after": row.share_after,
        "ratio": row.ratio,
        "lower": row.lower,
        "q": row.q,
        "could_be_seasonal": row.could_be_seasonal,
        "articles": list(row.articles),
        "not_enough": row.not_enough,
        "why": explain(row),
    }
