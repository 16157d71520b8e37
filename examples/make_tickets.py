"""Write examples/tickets.csv: two years of weekly ticket counts with a known truth.

Run from the root of the project: `python examples/make_tickets.py [FILE]`. The counts are made up,
seeded, and the same bytes on each run. 104 Mondays up to 2026-11-09, in English (en) and Hindi (hi),
for the topics of kbtool's own help center. Rows with no tickets are left out, as exports do.

What is planted (everything else is chance):

- all topics grow by 20 % a year, and so does the total: no topic is stale for that alone;
- `publish` has a season: x1.8 around the middle of October to the middle of December, each year;
- `hosting` steps up to x2.3 seven weeks before the end, in both languages: the stale article;
- `search` climbs to x1.8 over the last 12 weeks, in Hindi only;
- `install` has one wild week (x5) nine weeks before the end: an incident, not a stale article;
- `pdf-export` appears ten weeks before the end at 6 tickets a week, and no article answers it;
- `billing-invoice` draws tickets all the time, and no article answers it either;
- counts scatter more than by chance alone: variance = 1.3 x mean (a gamma-mixed Poisson).
"""

from __future__ import annotations

import csv
import math
import random
import sys
from datetime import date, timedelta
from pathlib import Path

SEED = 20261109
WEEKS = 104
LAST_MONDAY = date(2026, 11, 9)
GROWTH = 1.20
DISPERSION = 1.3
LOCALES = {"en": 0.6, "hi": 0.4}
LEVELS = {
    "install": 42.0,
    "first-site": 33.0,
    "write-article": 27.0,
    "languages": 24.0,
    "search": 24.0,
    "stale-list": 15.0,
    "publish": 30.0,
    "hosting": 22.0,
    "agents": 12.0,
    "faq": 18.0,
    "pdf-export": 6.0,
    "billing-invoice": 4.0,
}


def expected(topic: str, locale: str, week: int) -> float:
    """Tickets that are expected in a week (0 = the oldest) in one locale; LEVELS hold at the end."""
    left = WEEKS - week  # 1 in the last week
    mean = LEVELS[topic] * LOCALES[locale] * math.pow(GROWTH, -(left - 1) / 52)
    if topic == "pdf-export" and left > 10:
        return 0.0
    if topic == "hosting" and left <= 7:
        return mean * 2.3
    if topic == "search" and locale == "hi" and left <= 12:
        return mean * (1.0 + 0.8 * (13 - left) / 12)
    if topic == "install" and left == 9:
        return mean * 5.0
    if topic == "publish":
        return mean * (1.0 + 0.8 * season(LAST_MONDAY - timedelta(weeks=left - 1)))
    return mean


def season(monday: date) -> float:
    """A smooth hump: 1 in the middle of November, 0 from five weeks away."""
    away = (monday - date(monday.year, 11, 15)).days / 35
    return math.cos(away * math.pi / 2) ** 2 if abs(away) < 1 else 0.0


def draw(chance: random.Random, mean: float) -> int:
    """A negative binomial count with that mean and DISPERSION x mean as its variance."""
    if not mean:
        return 0
    rate = chance.gammavariate(mean / (DISPERSION - 1), DISPERSION - 1)
    count, product, least = 0, chance.random(), math.exp(-rate)
    while product > least:
        count += 1
        product *= chance.random()
    return count


def rows() -> list[tuple[str, str, int, str]]:
    """(topic, Monday, count, locale), by week, then topic, then locale."""
    chance = random.Random(SEED)
    made = []
    for week in range(WEEKS):
        monday = LAST_MONDAY - timedelta(weeks=WEEKS - 1 - week)
        for topic in LEVELS:
            for locale in LOCALES:
                count = draw(chance, expected(topic, locale, week))
                if count:
                    made.append((topic, monday.isoformat(), count, locale))
    return made


def write(path: Path) -> None:
    """Write the file; Unix line ends, so that it is the same on every system."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("topic", "date", "count", "locale"))
        writer.writerows(rows())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("tickets.csv"))
