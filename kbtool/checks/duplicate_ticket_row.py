"""Two rows that count the same."""

from __future__ import annotations

from kbtool.checks.base import Rule
from kbtool.checks.ticket_example import with_counts

RULE = Rule(
    id="duplicate-ticket-row",
    severity="error",
    summary="Two rows count the same topic, date, locale and channel.",
    why="Most repeated rows were exported twice, so adding them up would double the tickets of that day.",
    bad=with_counts("topic,date,count", "returns,2026-03-04,1", "returns,2026-03-04,1"),
    good=with_counts("topic,date,count", "returns,2026-03-04,2"),
    mend="Remove one of the rows, or add them up.",
)
