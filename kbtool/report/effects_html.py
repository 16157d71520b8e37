"""What the last reviews did, as a part of the report: counts of verdicts, and intervals as pictures."""

from __future__ import annotations

import math
from html import escape

from kbtool.report import chart
from kbtool.report.stale import StaleReport
from kbtool.report.telling import Telling

ROWS = 12


def effects_html(say: Telling, report: StaleReport) -> str:
    """What reviews did: how many of each verdict, and those of which most can be said."""
    if not report.effects:
        return ""
    claims = [effect.claim for _, _, _, effect in report.effects]
    count = say.word(
        "effects.count",
        fell=say.whole(claims.count("deflected")),
        rose=say.whole(sum(effect.rose for _, _, _, effect in report.effects)),
        kept=say.whole(sum(one[3].claim == "not-deflected" and not one[3].rose for one in report.effects)),
        unknown=say.whole(claims.count("undecided")),
    )
    decided = [one for one in report.effects if one[3].claim != "undecided"]
    decided.sort(key=lambda one: (-abs(math.log(max(one[3].ratio, 1e-6))) * math.sqrt(one[3].n + 1), one[0]))
    rows = []
    for topic, locale, reviewed, effect in decided[:ROWS]:
        where = f" · {escape(say.language(locale))}" if locale else ""
        rows.append(
            f"<tr><td><b>{escape(_title(say, report, topic))}</b>{where}</td>"
            f"<td>{escape(say.day(reviewed))}</td>"
            f"<td><span class='verdict verdict--{effect.claim}'>"
            f"{say.html('rose' if effect.rose else effect.claim)}</span></td>"
            f"<td class=n>{say.tenths(effect.before)} → {say.tenths(effect.after)}</td>"
            f"<td>{interval_html(say, effect.ratio, effect.lower, effect.upper)}</td></tr>"
        )
    heads = ["article", "review", "verdict", "before_after", "interval"]
    head = "".join(
        f"<th{' class=n' if name == 'before_after' else ''}>{say.html(name)}</th>" for name in heads
    )
    table = (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
        if rows
        else ""
    )
    return (
        f'<section id="effects"><h2>{say.html("effects")}</h2>'
        f'<p class="about">{say.html("effects.lead")}</p><p>{escape(count)}</p>{table}</section>'
    )


def _title(say: Telling, report: StaleReport, topic: str) -> str:
    ids = next((row.articles for row in report.topics if row.topic == topic and not row.locale), ())
    return say.title(report.library, report.versions, topic, ids)


def interval_html(say: Telling, ratio: float, lower: float, upper: float) -> str:
    """An interval as a picture and in numbers."""
    label = f"{say.tenths(ratio)} ({say.tenths(lower)}-{say.tenths(upper)})"
    return f'{chart.whisker(ratio, lower, upper, label)} <span class="facts">{escape(label)}</span>'
