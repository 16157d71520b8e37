"""Replay the detectors of `kbtool stale` week by week on a folder of the stale benchmark.

usage: python bench/stale_replay.py DATA_DIR OUT.csv

Reads counts.csv, calendar.csv and topics.csv, and writes topic,date,score,flag,surge_score,surge_flag
for each topic and judged date. Daily counts are added up to weeks; a decision holds until the next
week is complete. Messages go to stderr. All statistics live in kbtool.stale.
"""

from __future__ import annotations

import csv
import os
import sys
from bisect import bisect_left
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from kbtool.stale.panel import Panel
from kbtool.stale.verdict import score, verdicts

WEEK = timedelta(days=7)


def main(arguments: list[str]) -> int:
    """Replay a folder."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder, out = Path(arguments[0]), Path(arguments[1])
    panel, judged = read(folder)
    ends = {week + WEEK - timedelta(days=1): place for place, week in enumerate(panel.weeks)}
    weekly = all(day.weekday() == 0 for day in judged)
    places = {
        day: place
        for day in judged
        if (place := panel.weeks.index(day) if weekly else _newest(ends, day)) is not None
    }
    with out.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["topic", "date", "score", "flag", "surge_score", "surge_flag"])
        found = {}
        for verdict in verdicts(panel, min(places.values()), max(places.values())):
            if verdict.broken:
                print(f"note: {verdict.broken}", file=sys.stderr)
            found[verdict.week] = verdict
        for day in sorted(places):
            one = found[places[day]]
            stale, surge = score(one.decision.stale), score(one.decision.surge)
            for i in np.flatnonzero(one.tested):
                writer.writerow(
                    [
                        panel.topics[i],
                        day.isoformat(),
                        f"{stale[i]:.6f}",
                        int(one.stale[i]),
                        f"{surge[i]:.6f}",
                        int(one.surge[i]),
                    ]
                )
    return 0


def read(folder: Path) -> tuple[Panel, list[date]]:
    """The folder as a panel of weeks, and the judged dates."""
    parse = _dates()
    totals: defaultdict[str, defaultdict[date, float]] = defaultdict(lambda: defaultdict(float))
    judged, days = set(), set()
    for row in _rows(folder / "calendar.csv"):
        day = parse(row["date"])
        days.add(day)
        totals[row["tenant"]][_monday(day)] += float(row["total"] or "nan")
        if row["eval"] == "1":
            judged.add(day)
    weeks = tuple(sorted({_monday(day) for day in days}))
    if len(days) > len(weeks):
        weeks = tuple(week for week in weeks if week + WEEK - timedelta(days=1) <= max(days))
    index = {week: place for place, week in enumerate(weeks)}
    topics = list(_rows(folder / "topics.csv"))
    place = {row["topic"]: i for i, row in enumerate(topics)}
    counts = np.zeros((len(topics), len(weeks)))
    with (folder / "counts.csv").open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        topic, day, count = map(next(rows).index, ("topic", "date", "count"))
        known: dict[str, int | None] = {}
        for cells in rows:
            text = cells[day]
            if text not in known:
                known[text] = index.get(_monday(parse(text)))
            week = known[text]
            if week is not None:
                counts[place[cells[topic]], week] += float(cells[count])
    desks = sorted(totals)
    panel = Panel(
        weeks,
        tuple(place),
        counts,
        np.array([[totals[row["tenant"]][week] for week in weeks] for row in topics]),
        np.array([desks.index(row["tenant"]) for row in topics]),
        np.array([_whole(weeks, parse(row["first_date"])) for row in topics]),
        np.array([_whole(weeks, parse(row["last_reviewed"])) for row in topics]),
    )
    return panel, sorted(judged)


def _dates():  # noqa: ANN202
    known: dict[str, date] = {}

    def parse(text: str) -> date:
        if text not in known:
            known[text] = date.fromisoformat(text)
        return known[text]

    return parse


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _whole(weeks: tuple[date, ...], day: date) -> int:
    """The first week that begins on that day or later."""
    return bisect_left(weeks, day)


def _newest(ends: dict[date, int], day: date) -> int | None:
    """The newest week that is over on that day."""
    sunday = day - timedelta(days=(day.weekday() + 1) % 7)
    return ends.get(sunday)


def _rows(path: Path) -> csv.DictReader[str]:
    return csv.DictReader(path.open(newline="", encoding="utf-8"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
