"""What tickets say of articles as one page to read, print and forward: no script, no other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from html import escape

from kbtool.lang.locales import direction
from kbtool.model import Signal
from kbtool.report import chart
from kbtool.report.effects_html import effects_html, interval_html
from kbtool.report.metrics_html import metrics_html
from kbtool.report.stale import HEADINGS, OF_ONE_VERSION, StaleReport
from kbtool.report.telling import Telling, telling
from kbtool.resources import package_dir
from kbtool.stale.coverage import answers
from kbtool.tickets.calendar import WEEK

DAY = timedelta(days=1)
PICTURED = ("stale", "surge")
CHART_WEEKS = 52
USUAL_WEEKS = 13
LATE = 21  # days after which the report says how old its weeks are


def stale_html(report: StaleReport, limit: int, locale: str) -> str:
    """The page, in the words of `locale`; at most `limit` entries of each part."""
    say = telling(locale)
    parts = {name: [one for one in report.signals if one.name == name] for name in HEADINGS}
    shown = {name: signals for name, signals in parts.items() if signals}
    sections = [*(_section(say, report, name, signals, limit) for name, signals in shown.items())]
    sections += filter(None, (effects_html(say, report), metrics_html(say, report)))
    title = say.word("title") + (f" · {report.site}" if report.site else "")
    css = (package_dir("report") / "report.css").read_text(encoding="utf-8")
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(locale)}" dir="{direction(locale)}">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">',
            f"<title>{escape(title)}</title><style>{css}</style></head>",
            "<body><main>",
            *_head(say, report, parts),
            *sections,
            *([] if sections else [f"<p>{say.html('nothing')}</p>"]),
            *_foot(say, report),
            "</main></body></html>",
        ]
    )


def _head(say: Telling, report: StaleReport, parts: dict[str, list[Signal]]) -> Iterator[str]:
    topics = len({row.topic for row in report.topics})
    lead = say.word(
        "lead",
        day=say.day(report.as_of),
        tickets=say.whole(report.tickets),
        topics=say.whole(topics),
        weeks=say.whole(report.weeks),
    )
    yield "<header>"
    if report.site:
        yield f'<p class="site">{escape(report.site)}</p>'
    yield f"<h1>{say.html('title')}</h1>"
    yield f'<p class="lead">{escape(lead)}</p>'
    notes = [*report.notes]
    if (days := (report.today - report.as_of).days) > LATE:
        notes.insert(0, say.word("old", n=say.whole(days)))
    if report.known is not None:
        notes.append(say.word("known", share=say.percent(report.known)))
    yield from (f'<p class="note">{escape(note)}</p>' for note in notes)
    yield f'<nav aria-label="{say.html("jump")}"><ul class="tiles">'
    totals = report.table.totals
    if totals:
        usual = sorted(totals[-1 - USUAL_WEEKS : -1]) or [totals[-1]]
        middle = say.word("tickets_usual", n=say.whole(usual[len(usual) // 2]))
        yield (
            f'<li class="tile tile--plain"><b>{say.whole(totals[-1])}</b>'
            f"<span>{say.html('tickets_last')}</span><small>{escape(middle)}</small></li>"
        )
    for name, signals in parts.items():
        if signals:
            yield (
                f'<li class="tile tile--{name}"><a href="#{name}"><b>{say.whole(len(signals))}</b>'
                f"<span>{say.html(name)}</span></a></li>"
            )
    yield "</ul></nav></header>"


def _section(say: Telling, report: StaleReport, name: str, signals: Sequence[Signal], limit: int) -> str:
    body = _cards if name in PICTURED else _table
    more = f"<p>{say.html('more', n=say.whole(len(signals) - limit))}</p>" if len(signals) > limit else ""
    return (
        f'<section id="{name}"><h2>{say.html(name)} <span class="count">{say.whole(len(signals))}</span></h2>'
        f'<p class="about">{say.html(f"{name}.lead")}</p>'
        f"{''.join(body(say, report, signals[:limit]))}{more}</section>"
    )


def _cards(say: Telling, report: StaleReport, signals: Sequence[Signal]) -> Iterator[str]:
    yield '<ol class="cards">'
    for signal in signals:
        numbers = signal.numbers
        locale = str(numbers.get("locale", ""))
        since, reviewed = numbers.get("since"), numbers.get("reviewed")
        facts = [
            say.word(
                "sure", q=say.small(float(numbers.get("q" if signal.name == "stale" else "surge_q") or 0))
            ),
            say.tickets(int(numbers["n"])),
            say.word("reviewed", day=say.day(str(reviewed))) if reviewed else "",
            say.word("never_reviewed") if signal.articles and not reviewed else "",
            say.word("seasonal") if numbers.get("could_be_seasonal") else "",
            say.word("in_locale", language=say.language(locale)) if locale else "",
        ]
        story = [
            say.word(
                "per_week",
                before=say.tenths(numbers.get("before")),
                after=say.tenths(numbers.get("after")),
                since=say.day(str(since)) if since else "",
            ),
            say.word("expected", expected=say.tenths(numbers.get("expected"))),
        ]
        title = _title(say, report, signal.topic, signal.articles)
        yield (
            f'<li class="card"><div class="what"><h3>{escape(title)}</h3>'
            f'<p class="topic">{escape(signal.topic)}</p></div>'
            f'<p class="ratio"><b>{say.html("times", ratio=say.tenths(numbers.get("ratio")))}</b>'
            f"<span>{say.html('at_least', lower=say.tenths(numbers.get('lower')))}</span></p>"
            f"{_chart(say, report, signal, locale)}"
            f'<p class="story">{escape("; ".join(story))}</p>'
            f'<p class="facts">{escape(" · ".join(filter(None, facts)))}</p>'
            f"{_files(report, signal)}</li>"
        )
    yield "</ol>"


def _chart(say: Telling, report: StaleReport, signal: Signal, locale: str) -> str:
    counts = report.series(signal.topic, locale)[-CHART_WEEKS:]
    weeks = report.table.weeks[-CHART_WEEKS:]
    if not counts:
        return ""
    since = str(signal.numbers.get("since", ""))
    start = next((n for n, week in enumerate(weeks) if since and week.isoformat() >= since), None)
    first, last = say.day(weeks[0]), say.day(weeks[-1] + WEEK - DAY)
    expected = signal.numbers.get("expected")
    picture = chart.weeks(
        counts,
        say.word("chart", first=first, last=last),
        start,
        float(expected) if isinstance(expected, (int, float)) else None,
    )
    return (
        f"<figure>{picture}<figcaption><span>{escape(first)}</span>"
        f'<span class="key">{say.html("chart.expected")}</span><span>{escape(last)}</span>'
        "</figcaption></figure>"
    )


def _files(report: StaleReport, signal: Signal) -> str:
    versions = report.versions
    locale = str(signal.numbers.get("locale", "")) if signal.name in OF_ONE_VERSION else ""
    paths = [
        article.where.path
        for id in signal.articles
        for own, article in versions[id].items()
        if not locale or answers(locale, [own])
    ]
    return f'<p class="files">{"<br>".join(map(escape, paths))}</p>' if paths else ""


def _table(say: Telling, report: StaleReport, signals: Sequence[Signal]) -> Iterator[str]:
    name = signals[0].name
    heads, _ = _columns(say, report, signals[0])
    numeric = {"gap": (2, 3), "overdue": (2, 3), "no-deflection": (2,)}.get(name, ())
    yield '<div class="wide"><table><thead><tr>'
    for n, head in enumerate(heads):
        yield f"<th{' class=n' if n in numeric else ''}>{escape(head)}</th>"
    yield "</tr></thead><tbody>"
    for signal in signals:
        yield "<tr>"
        for n, cell in enumerate(_columns(say, report, signal)[1]):
            yield f"<td{' class=n' if n in numeric else ''}>{cell}</td>"
        yield "</tr>"
    yield "</tbody></table></div>"


def _columns(say: Telling, report: StaleReport, signal: Signal) -> tuple[list[str], list[str]]:
    """The heads of a table of such signals, and the cells (HTML) of one."""
    numbers, name = signal.numbers, signal.name
    locale = str(numbers.get("locale", ""))
    article = f"<b>{escape(_title(say, report, signal.topic, signal.articles))}</b>{_files(report, signal)}"
    language = escape(say.language(locale)) if locale else ""
    if name == "gap":
        counts = report.series(signal.topic, locale)[-CHART_WEEKS:]
        weeks = say.whole(float(numbers.get("weeks") or 0))
        least = say.tenths(numbers.get("lower")) if numbers.get("weeks") else ""
        return (
            [say.word("topic"), say.word("language"), say.word("last_weeks", weeks=weeks),
             say.word("at_least_week"), ""],
            [f"<b>{escape(signal.topic)}</b>", language, say.whole(float(numbers["tickets"])), least,
             chart.small(counts, signal.topic) if counts else escape(_days(say, signal))],
        )  # fmt: skip
    if name == "no-deflection":
        return (
            [say.word("article"), say.word("review"), say.word("before_after"), say.word("interval")],
            [article, escape(say.day(str(numbers["reviewed"]))),
             f"{say.tenths(numbers['before'])} → {say.tenths(numbers['after'])}",
             interval_html(say, float(numbers["ratio"]), float(numbers["lower"]), float(numbers["upper"]))],
        )  # fmt: skip
    if name == "translation-behind":
        parts = int(numbers["changed"]) + int(numbers["new"]) + int(numbers["gone"])
        return (
            [say.word("article"), say.word("language"), say.word("parts"), say.word("all_tickets")],
            [article, language, f"{say.whole(parts)} / {say.whole(float(numbers['parts']))}",
             say.whole(float(numbers["tickets"]))],
        )  # fmt: skip
    if name == "overdue":
        return (
            [say.word("article"), say.word("review"), say.word("late"), say.word("all_tickets")],
            [article, escape(say.day(str(numbers["reviewed"]))), say.whole(float(numbers["days_late"])),
             say.whole(float(numbers["tickets"]))],
        )  # fmt: skip
    if name == "quiet":
        return (
            [say.word("article"), say.word("last_ticket")],
            [article, escape(say.day(str(numbers["last"])))],
        )
    if name == "words":
        return (
            [say.word("article"), say.word("language"), say.word("text")],
            [article, language, escape(signal.why.partition(": ")[2].removesuffix(" tickets"))],
        )
    return ([say.word("article"), say.word("reason")], [article, escape(signal.why.partition(": ")[2])])


def _days(say: Telling, signal: Signal) -> str:
    last = signal.numbers.get("last")
    return say.day(str(last)) if last else ""


def _title(say: Telling, report: StaleReport, topic: str, ids: Sequence[str]) -> str:
    return say.title(report.library, report.versions, topic, ids)


def _foot(say: Telling, report: StaleReport) -> Iterator[str]:
    yield f"<footer><h2>{say.html('foot.how')}</h2>"
    yield f"<p>{say.html('foot.rise')} {say.html('foot.false', fdr=say.percent(report.fdr))}</p>"
    yield f"<p>{say.html('foot.personal')} {say.html('foot.command')}</p></footer>"
