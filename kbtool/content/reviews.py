"""Reviews that cannot have happened yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from kbtool.model import Finding, Library, Location

REVIEWED = re.compile(r"reviewed\s*:\s*")


def future_reviews(library: Library, texts: Mapping[str, str], today: date) -> Iterator[Finding]:
    """A finding for every article whose `reviewed` lies after that day; `texts` are the files by path."""
    for article in library.articles:
        if article.reviewed is None or article.reviewed <= today:
            continue
        where, shown = article.where, ""
        for number, line in enumerate(texts.get(where.path, "").split("\n"), 1):
            if match := REVIEWED.match(line):
                where, shown = Location(where.path, number, match.end() + 1), line
                break
        message = f"the review of {article.reviewed.isoformat()} lies in the future"
        help = "write the day of the last review, as year-month-day"
        yield Finding("future-review", "warning", where, message, help, shown)
