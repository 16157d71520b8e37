"""Run every benchmark and write `bench/RESULTS.md`: what was measured, when, and by which command.

make bench
"""

from __future__ import annotations

import platform
import subprocess
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

BENCH = Path(__file__).parent
RUNS = (
    (
        "Building a real help center",
        """410 articles in English (../shared/corpora/arduino-help-center); both sides with their own search
index and the same Markdown extensions. kbtool builds both its trees.""",
        ["build_arduino.py"],
    ),
    (
        "Checking and building 1,000 articles in 2 locales",
        "Invented articles, nothing cached. `--quick` leaves out what needs rendered pages.",
        ["check_speed.py", "--runs", "3"],
    ),
    (
        "Search: how often the right article comes first",
        """MRR@10 on all development queries of ../shared/bench/search/tasks, by `kbtool eval`: in Python, and
in real Chromium on the index that a site ships. One row `both` where the two give the same figures.""",
        ["search_tasks.py"],
    ),
    (
        "Search: query by query against the plain baseline",
        """BM25 over Snowball stems + 0.4 x BM25 over 4-grams, measured in the same run. A gain whose interval
holds 0 is no gain.""",
        ["search_baseline.py"],
    ),
    (
        "Search: aliases, and two languages in one index",
        "Tasks made of the tasks. `without` is without the aliases, or over the English articles alone.",
        ["search_derived.py"],
    ),
    (
        "Search: bytes, requests and time",
        """At the size of the task and filled up to 10,000 articles; in real Chromium, each reader with an
empty cache, the scripts of the search counted. The exhaustive ranking looks at whole lists and asks for
whatever it wants.""",
        ["search_scale.py", "--every", "2"],
    ),
    (
        "Search: the slowest query",
        """Each query is new to a process that has answered others. Stock Whoosh gets it twice in a process of
its own, the second time counts, and is stopped after 15 seconds.""",
        ["search_queries.py"],
    ),
    (
        "Search: from the key to the first result",
        "In real Chromium with real keys; the pause in which the box waits for the next key is in it.",
        ["search_box.py"],
    ),
    (
        "Stale articles: help desks with known truth",
        """Simulated by ../shared/bench/stale. FDP: share of false flags; "found": share of topics that went
stale and were flagged in time. What each other method reaches stands in the README of the kit.""",
        ["check_stale.py"],
    ),
    (
        "Stale articles: Mozilla's support forum, 2021 to 2023",
        """Real counts without a truth. The redesign of June 2021 hit `tabs` and `customize`. Then a random
third of the topics is renamed in a random week.""",
        ["stale_sumo.py"],
    ),
    (
        "Tickets: ten million rows of counts",
        """Invented counts of 1,000 topics by day, locale and channel. The bare loop does nothing with a row;
kbtool gives the table of weeks and knows the line of every mistake.""",
        ["ticket_rows.py"],
    ),
    (
        "Tickets: the topic of a subject",
        """By the articles alone. `left` are messages that no article answers and that get no topic. A subject
gets one where the odds for it are above 0.92; one rule for all tasks.""",
        ["ticket_topics.py"],
    ),
    (
        "Tickets: from a raw export to the page of the week",
        """An invented help desk (make_tickets.py): two years in English, Hindi, Hinglish; two thirds of the
tickets name their topic.""",
        ["ticket_export.py"],
    ),
)


def main() -> None:
    """Measure, then write the file."""
    today = datetime.now().astimezone().date().isoformat()
    packages = ", ".join(f"{name} {version(name)}" for name in ("mkdocs-material", "Markdown"))
    parts = [
        "# Results\n",
        f"""Measured on {today}, Python {platform.python_version()}, {packages}, by `make bench`. CPU seconds
are user + system of whole process trees; they and the ratios are what to trust.
""",
    ]
    for title, what, command in RUNS:
        done = subprocess.run(
            [sys.executable, str(BENCH / command[0]), *command[1:]],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        parts.append(
            f"## {title}\n\n    python bench/{' '.join(command)}\n\n{what}\n\n{done.stdout.strip()}\n"
        )
    (BENCH / "RESULTS.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
