"""A ticket file that cannot be used as a whole."""

from __future__ import annotations

from kbtool.checks.base import Rule
from kbtool.checks.ticket_example import with_counts

RULE = Rule(
    id="bad-ticket-file",
    severity="error",
    summary="The ticket file as a whole cannot be used: a column is missing, it is not text, or it is "
    "damaged.",
    why="A ranking of stale articles on half of the counts would send writers to the wrong ones.",
    bad=with_counts("tpic,date,count", "returns,2026-03-04,5"),
    good=with_counts("topic,date,count", "returns,2026-03-04,5"),
    mend="Name the columns `topic`, `date` and `count`; the guide on ticket counts describes the file.",
)
