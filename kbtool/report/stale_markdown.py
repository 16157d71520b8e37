"""What tickets say of articles as Markdown: for an issue, a wiki, or the summary of a job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.model import Signal
from kbtool.report.sparkline import sparkline
from kbtool.report.stale import HEADINGS, StaleReport
from kbtool.report.telling import Telling, telling

RECENT = 26
MARKS = re.compile(r"([\\`*_\[\]<>|#])")


def stale_markdown(report: StaleReport, limit: int, locale: str) -> str:
    """The lists in the words of `locale`, at most `limit` entries each."""
    return "\n".join(_lines(report, limit, telling(locale)))


def _lines(report: StaleReport, limit: int, say: Telling) -> Iterator[str]:
    yield f"# {_plain(say.word('title'))}"
    topics = len({row.topic for row in report.topics})
    yield ""
    yield say.word(
        "lead",
        day=say.day(report.as_of),
        tickets=say.whole(report.tickets),
        topics=say.whole(topics),
        weeks=say.whole(report.weeks),
    )
    yield from (f"\n> {_plain(note)}" for note in report.notes)
    for name in HEADINGS:
        own = [signal for signal in report.signals if signal.name == name]
        if not own:
            continue
        yield from (
            "",
            f"## {_plain(say.word(name))} ({say.whole(len(own))})",
            "",
            say.word(f"{name}.lead"),
            "",
        )
        for number, signal in enumerate(own[:limit], 1):
            yield f"{number}. {_entry(report, signal, say)}"
        if len(own) > limit:
            yield f"\n{say.word('more', n=say.whole(len(own) - limit))}"
    if not report.signals:
        yield from ("", say.word("nothing"))


def _entry(report: StaleReport, signal: Signal, say: Telling) -> str:
    numbers = signal.numbers
    title = f"**{_plain(say.title(report.library, report.versions, signal.topic, signal.articles))}**"
    bars = sparkline(report.series(signal.topic, str(numbers.get("locale", "")))[-RECENT:])
    picture = f" `{bars}`" if bars and signal.name in ("stale", "surge", "gap", "no-deflection") else ""
    if signal.name not in ("stale", "surge") or not numbers.get("since"):
        return f"{title}{picture}: {_plain(signal.why)}"
    story = say.word(
        "per_week",
        before=say.tenths(numbers["before"]),
        after=say.tenths(numbers["after"]),
        since=say.day(str(numbers["since"])),
    )
    ratio = say.word("times", ratio=say.tenths(numbers["ratio"]))
    least = say.word("at_least", lower=say.tenths(numbers["lower"]))
    sure = say.word("sure", q=say.small(float(numbers["q" if signal.name == "stale" else "surge_q"] or 0)))
    return f"{title}{picture} {ratio} ({least}): {story}; {sure}"


def _plain(text: str) -> str:
    return MARKS.sub(r"\\\1", text)
