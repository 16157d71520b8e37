"""Replay the real Mozilla counts week by week: which topics are flagged, and what a renaming does.

usage: python bench/stale_sumo.py [COUNTS.csv] [--renames 20]

Prints each episode of flags from 2021-05 on (gaps of up to four weeks are one), new episodes a month
apart from the two topics that the redesign of June 2021 hit, and, for random renamings of a third of
the topics in a random week, how often that was announced and how many new flags the next four weeks
brought.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
from collections import defaultdict
from datetime import date
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from common import SHARED

from kbtool.stale.panel import Panel
from kbtool.stale.verdict import Verdict, verdicts

COUNTS = SHARED / "bench" / "stale" / "sumo_topic_week.csv"
FIRST = date(2021, 5, 3)
KNOWN = ("tabs", "customize")
RELEASE, BY = date(2021, 5, 31), date(2021, 6, 14)
LEAST = 100
GAP = 4


def main() -> int:
    """Replay, then rename."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("counts", type=Path, nargs="?", default=COUNTS)
    parser.add_argument("--renames", type=int, default=20)
    arguments = parser.parse_args()
    panel = read(arguments.counts)
    first = next(i for i, week in enumerate(panel.weeks) if week >= FIRST)
    last = len(panel.weeks) - 1
    found = list(verdicts(panel, first, last))
    months = (last - first + 1) / 4.345
    print("```text")
    for signal in ("stale", "surge"):
        episodes = episodes_of(panel, found, signal)
        for topic, begin, end in episodes:
            print(f"{signal:6} {topic:32} {begin} to {end}")
        others = [each for each in episodes if each[0] not in KNOWN]
        rate = len(others) / months
        print(f"{signal}: {len(others)} episodes of other topics in {months:.1f} months, {rate:.2f} a month")
    for topic in KNOWN:
        i = panel.topics.index(topic)
        flagged = [panel.weeks[v.week] for v in found if v.stale[i] or v.surge[i]]
        when = next((day for day in flagged if RELEASE <= day <= BY), None)
        print(f"{topic}: first flag within two weeks of the redesign: {when}")
    print(f"announced without a renaming: {sum(v.broken is not None for v in found)}")
    print(f"{'week':10} announced  new flags in the four weeks after (with none renamed)")
    for seed in range(arguments.renames):
        chance = random.Random(seed)
        week = chance.randrange(first + 8, last - 8)
        renamed = rename(panel, week, chance)
        after = list(verdicts(renamed, first, last))
        said = sum(verdict.broken is not None for verdict in after)
        new, usual = (new_flags(each, week - first) for each in (after, found))
        print(f"{panel.weeks[week]} {said:9}  {new} ({usual})")
    print("```")
    return 0


def read(path: Path) -> Panel:
    """All locales together; the total counts every question. A topic was last reviewed in its first week."""
    cells: defaultdict[str, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    total: defaultdict[date, int] = defaultdict(int)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["date"])
            cells[row["topic"]][day] += int(row["count"])
            total[day] += int(row["count"])
    weeks = tuple(sorted(total))
    topics = tuple(topic for topic in sorted(cells) if sum(cells[topic].values()) >= LEAST)
    counts = np.array([[cells[topic][week] for week in weeks] for topic in topics], float)
    totals = np.broadcast_to(np.array([total[week] for week in weeks], float), counts.shape)
    born = np.array([int(np.flatnonzero(row)[0]) for row in counts])
    return Panel(weeks, topics, counts, totals, np.zeros(len(topics), int), born, born)


def rename(before: Panel, week: int, chance: random.Random) -> Panel:
    """A third of the topics go by another name from that week on."""
    moved = sorted(chance.sample(range(len(before.topics)), len(before.topics) // 3))
    old, new = before.counts.copy(), before.counts[moved].copy()
    old[moved, week:] = 0
    new[:, :week] = 0
    kept = new.any(axis=1)
    topics = (
        *before.topics,
        *(f"{before.topics[i]} (new)" for i, keep in zip(moved, kept, strict=True) if keep),
    )
    counts = np.concatenate([old, new[kept]])
    born = np.concatenate([before.born, [int(np.flatnonzero(row)[0]) for row in new[kept]]])
    return Panel(
        before.weeks,
        topics,
        counts,
        np.broadcast_to(before.totals[0], counts.shape),
        np.zeros(len(topics), int),
        born,
        born,
    )


def new_flags(found: list[Verdict], place: int) -> int:
    """Flags of both kinds that begin in the four weeks from verdict `place` on."""
    new = 0
    for signal in ("stale", "surge"):
        for at in range(place, place + 4):
            now, before = getattr(found[at], signal), getattr(found[at - 1], signal)
            new += int((now & ~before).sum())
    return new


def episodes_of(panel: Panel, found: list[Verdict], signal: str) -> list[tuple[str, date, date]]:
    """(topic, first week, last week) of each run of flags."""
    episodes = []
    for i, topic in enumerate(panel.topics):
        weeks = [verdict.week for verdict in found if getattr(verdict, signal)[i]]
        runs: list[list[int]] = []
        for week in weeks:
            if runs and week - runs[-1][-1] <= GAP:
                runs[-1].append(week)
            else:
                runs.append([week])
        episodes += [(topic, panel.weeks[run[0]], panel.weeks[run[-1]]) for run in runs]
    return sorted(episodes, key=lambda episode: episode[1:])


if __name__ == "__main__":
    raise SystemExit(main())
