"""Columns of the ticket file that nothing reads."""

from __future__ import annotations

from kbtool.checks.base import Rule
from kbtool.checks.ticket_example import with_counts

RULE = Rule(
    id="unused-ticket-column",
    severity="info",
    summary="The ticket file has columns that nothing reads.",
    why="They may hold what is personal, and that has no place in the file.",
    bad=with_counts("topic,date,count,agent", "returns,2026-03-04,5,Kim"),
    good=with_counts("topic,date,count", "returns,2026-03-04,5"),
    mend="None is needed. Leave out what is personal.",
)
