"""How customers fared by topic, as a part of the report: a table that sorts without a script."""

from __future__ import annotations

from html import escape

from kbtool.report.stale import StaleReport
from kbtool.report.telling import Telling
from kbtool.tickets.calendar import week_number
from kbtool.tickets.measures import MEASURES

WEEKS, FLOOR, ROWS = 13, 10, 100


def metrics_html(say: Telling, report: StaleReport) -> str:
    """A table by topic that sorts by its radio buttons, without a script."""
    table = report.table
    names = [name for name in MEASURES if name in table.measures.sums]
    if not names or not table.weeks:
        return ""
    weeks = [week_number(week) for week in table.weeks[-WEEKS:]]
    tickets = {topic: sum(table.counts[topic][-WEEKS:]) for topic in table.topics}
    chosen = sorted(tickets, key=lambda topic: (-tickets[topic], topic))[:ROWS]
    values = {name: {topic: table.measures.over(name, topic, weeks) for topic in chosen} for name in names}
    orders = {"all_tickets": {topic: n for n, topic in enumerate(chosen)}}
    for name in names:
        known = [topic for topic in chosen if values[name][topic][1] >= _floor(name)]
        up = -1 if name in ("answer_hours", "views") else 1
        known.sort(key=lambda topic: (up * values[name][topic][0], topic))
        orders[name] = {topic: n for n, topic in enumerate(known)}
    columns = ["all_tickets", *names]
    buttons = "".join(
        f'<label><input type="radio" name="sort" value="{name}"{" checked" if not n else ""}>'
        f"{say.html(name)}</label>"
        for n, name in enumerate(columns)
    )
    rules = "".join(
        f'#metrics:has([value="{name}"]:checked) .row{{order:var(--{name},9999)}}' for name in columns
    )
    head = "".join(f'<span role="columnheader" class="n">{say.html(name)}</span>' for name in columns)
    rows = []
    for topic in chosen:
        style = ";".join(f"--{name}:{places[topic]}" for name, places in orders.items() if topic in places)
        cells = "".join(_measure(say, name, *values[name][topic]) for name in names)
        rows.append(
            f'<div role="row" class="row" style="{style}"><span role="rowheader">{escape(topic)}</span>'
            f'<span role="cell" class="n">{say.whole(tickets[topic])}</span>{cells}</div>'
        )
    more = len(tickets) - len(chosen)
    others = f"<p>{say.html('more', n=say.whole(more))}</p>" if more > 0 else ""
    return (
        f'<section id="metrics"><h2>{say.html("metrics")}</h2><p class="about">'
        f"{say.html('metrics.lead', weeks=say.whole(WEEKS), floor=say.whole(FLOOR))}</p>"
        f'<style>{rules}</style><fieldset class="sort"><legend>{say.html("metrics.sort")}</legend>'
        f'{buttons}</fieldset><div class="wide">'
        f'<div role="table" class="metrics" style="--columns:{len(columns)}">'
        f'<div role="row" class="head"><span role="columnheader">{say.html("topic")}</span>{head}</div>'
        f"{''.join(rows)}</div></div>"
        f"{others}</section>"
    )


def _floor(name: str) -> int:
    return FLOOR if MEASURES[name].is_mean else 1


def _measure(say: Telling, name: str, value: float, n: float) -> str:
    if n < _floor(name):
        text = f"<i>{say.html('too_few')}</i> <small>({say.whole(n)})</small>"
    elif name == "views":
        text = say.whole(value)
    else:
        shown = {"csat": "{} %", "first_contact": "{} %", "answer_hours": say.word("hours", n="{}")}.get(
            name, "{}"
        )
        figure = say.tenths(value) if name == "answer_hours" else say.whole(value)
        text = f"{escape(shown.replace('{}', figure))} <small>({say.whole(n)})</small>"
    return f'<span role="cell" class="n">{text}</span>'
