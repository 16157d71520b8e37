"""A ticket file whose cells are not divided by commas."""

from __future__ import annotations

from kbtool.checks.base import Rule
from kbtool.checks.ticket_example import with_counts

RULE = Rule(
    id="ticket-delimiter",
    severity="info",
    summary="The cells of the ticket file are not divided by commas.",
    why="Where the wrong character was taken for it, columns seem to be missing, or hold odd values.",
    bad=with_counts("topic;date;count", "returns;2026-03-04;5"),
    good=with_counts("topic,date,count", "returns,2026-03-04,5"),
    mend="None is needed if the character that is named is the right one.",
)
