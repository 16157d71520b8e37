"""Words that the signals share."""

from __future__ import annotations


def in_weeks(weeks: int) -> str:
    """`week` or `8 weeks`, as in "in the last …"."""
    return "week" if weeks == 1 else f"{weeks} weeks"
