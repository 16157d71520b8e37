"""The day of a build: everything above works for a day that it is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime


def build_day(environ: Mapping[str, str]) -> date:
    """The day of SOURCE_DATE_EPOCH where it is set, else today."""
    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()
