"""Exports of a help desk -> ticket counts -> one table of whole weeks."""

from __future__ import annotations

from kbtool.tickets.calendar import WeeklyTable, as_of, complete, weekly
from kbtool.tickets.read import read_counts

__all__ = ["WeeklyTable", "as_of", "complete", "read_counts", "weekly"]
