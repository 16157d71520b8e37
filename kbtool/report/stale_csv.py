"""What tickets say of articles, a row per signal, for spreadsheets and other programs."""

from __future__ import annotations

import csv
import io

from kbtool.report.stale import StaleReport
from kbtool.tickets.export.book import safe

# Numbers that several signals have, in the order of the columns; what else a signal knows stands in `why`.
NUMBERS = (
    *("since", "before", "after", "expected", "ratio", "lower", "upper", "q", "n", "tickets", "days_late"),
    "reviewed",
)
COLUMNS = ("signal", "topic", "locale", "articles", "files", "value", *NUMBERS, "why")


def stale_csv(report: StaleReport) -> str:
    """All signals. What a spreadsheet would take for a formula is made text."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    versions = report.library.by_id()
    for signal in report.signals:
        files = (article.where.path for id in signal.articles for article in versions[id].values())
        numbers = [signal.numbers.get(name, "") for name in NUMBERS]
        row = [
            signal.name,
            signal.topic,
            signal.numbers.get("locale", ""),
            " ".join(signal.articles),
            " ".join(files),
            round(signal.value, 4),
            *(round(one, 4) if isinstance(one, float) else one for one in numbers),
            signal.why,
        ]
        writer.writerow(safe(cell) if isinstance(cell, str) else cell for cell in row)
    return stream.getvalue().rstrip("\n")
