"""Ticket counts x Library -> which articles no longer answer, with the evidence."""

from __future__ import annotations

import os

# The matrices are small: threads would only wait for each other, and sums could differ by machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from kbtool.stale.measure import measure
from kbtool.stale.topics import Ranking, TopicRow, rank_topics

__all__ = ["Ranking", "TopicRow", "measure", "rank_topics"]
