"""A row of the ticket file that cannot be read."""

from __future__ import annotations

from kbtool.checks.base import Rule
from kbtool.checks.ticket_example import with_counts

RULE = Rule(
    id="bad-ticket-row",
    severity="error",
    summary="A row of the ticket file cannot be read. At most 50 of a kind are listed, the others are "
    "counted.",
    why="A date or a count that is guessed wrong changes which topics seem to rise.",
    bad=with_counts("topic,date,count", "returns,03/04/2026,5"),
    good=with_counts("topic,date,count", "returns,2026-04-03,5"),
    mend="Export dates as `2026-04-03` and counts as whole numbers.",
)
