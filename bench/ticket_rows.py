"""Ten million rows of counts: CPU seconds and memory, beside a bare loop over the same file.

python bench/ticket_rows.py [--rows 10000000]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from common import ROOT

LOOP = """
import csv, sys
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.reader(file):
        pass
"""
PACK = """
import duckdb, sys
select = f"SELECT * REPLACE (date::DATE AS date) FROM read_csv('{sys.argv[1]}')"
duckdb.sql("SET enable_progress_bar = false")
duckdb.sql(f"COPY ({select}) TO '{sys.argv[2]}'")
"""
READ = """
import sys
from pathlib import Path
from kbtool.tickets.read import read_counts
table, findings = read_counts(Path(sys.argv[1]))
assert sum(table.totals) == int(sys.argv[2]) and not findings, (sum(table.totals), findings)
"""
USAGE = """
import resource
usage = resource.getrusage(resource.RUSAGE_SELF)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)
"""


def write(path: Path, rows: int) -> int:
    """A file of so many rows, each with another key; gives the tickets in it."""
    topics, places = 1000, list(product(("en", "hi", "ar"), ("mail", "chat", "phone")))
    total = number = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("topic,date,count,locale,channel\n")
        day = date(2021, 1, 4)
        while number < rows:
            lines = []
            for topic in range(topics):
                for place, (locale, channel) in enumerate(places):
                    count = (topic * 7 + place * 13 + day.day * 3) % 41
                    lines.append(f"topic-{topic:04},{day},{count},{locale},{channel}\n")
                    total += count
                    number += 1
                    if number == rows:
                        break
                if number == rows:
                    break
            file.writelines(lines)
            day += timedelta(days=1)
    return total


def measured(code: str, *arguments: str) -> tuple[float, int]:
    """CPU seconds and MB of a Python process."""
    done = subprocess.run(
        [sys.executable, "-c", code + USAGE, *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    seconds, megabytes = done.stdout.split()
    return float(seconds), int(megabytes)


def main() -> None:
    """Print a row per reader."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "counts.csv"
        total = write(path, asked.rows)
        bare = measured(LOOP, str(path))
        ours = measured(READ, str(path), str(total))
        packed = path.with_suffix(".parquet")
        # In a process of its own: a child inherits how much memory its parent has used.
        measured(PACK, str(path), str(packed))
        parquet = measured(READ, str(packed), str(total))
    print(f"{asked.rows:,} rows\n")
    print("| reader | CPU s | of the bare loop | MB |")
    print("|---|---|---|---|")
    for what, (seconds, megabytes) in (
        ("bare `csv.reader` loop", bare),
        ("kbtool, CSV", ours),
        ("kbtool, Parquet (DuckDB)", parquet),
    ):
        print(f"| {what} | {seconds:.1f} | {seconds / bare[0]:.2f} | {megabytes} |")


if __name__ == "__main__":
    main()
