"""Ticket counts x Library -> which articles no longer answer, with the evidence."""

from __future__ import annotations

from kbtool.stale.measure import measure
from kbtool.stale.topics import Ranking, TopicRow, rank_topics

__all__ = ["Ranking", "TopicRow", "measure", "rank_topics"]
