"""Measures the search on the tasks of the benchmark, on both surfaces, each in a process of `kbtool eval`.

Prints a Markdown table: MRR@10 by kind of query, and how often the help center's article comes first.

    python bench/search_tasks.py [--surface python|browser|both] [--tasks xquad-en ardtitle-en ...]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TASKS = ROOT.parent / "shared" / "bench" / "search" / "tasks"
CALL = [sys.executable, "-c", "from kbtool.cli import main; main()", "eval"]
SURFACES = ("python", "browser")
FIGURES = ("n", "mrr10", "r1", "zero")
KINDS = ("clean", "typo", "roman")
FIRST = "ard"  # the tasks on a help center: there, the first place counts as well
POOLED = "hint3"  # small tasks of one kind, which are looked at as one, query by query

# The figures of a task by its kinds of queries.
Figures = dict[str, dict[str, Any]]


def main() -> None:
    """Measure, and print a row for every task."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--surface", choices=[*SURFACES, "both"], default="both")
    parser.add_argument("--tasks", nargs="+", metavar="NAME", help="only these; all if not given")
    given = parser.parse_args()
    if not TASKS.is_dir():
        sys.exit(f"the tasks are not here: {TASKS}")
    names = given.tasks or sorted(folder.name for folder in TASKS.iterdir() if folder.is_dir())
    surfaces = SURFACES if given.surface == "both" else (given.surface,)
    print("| task | surface | clean | typo | roman | R@1 clean | R@1 typo |")
    print("|---|---|---|---|---|---|---|")
    measured = []
    for name in names:
        by_surface = {surface: measure(name, surface) for surface in surfaces}
        measured.append((name, by_surface))
        for line in rows(name, by_surface):
            print(line, flush=True)
    parts = [by_surface for name, by_surface in measured if name.startswith(POOLED)]
    if len(parts) > 1:
        together = {surface: pooled([part[surface] for part in parts]) for surface in surfaces}
        for line in rows(f"{POOLED} pooled", together):
            print(line)


def measure(name: str, surface: str) -> Figures:
    """What `kbtool eval` says of a task, by kind."""
    done = subprocess.run(
        [*CALL, str(TASKS / name), "--surface", surface],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{name} could not be measured on the surface {surface}")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["kind"]: {name: line[name] for name in FIGURES} for line in lines}


def pooled(parts: Sequence[Figures]) -> Figures:
    """Several tasks as if all their queries stood in one."""
    together: Figures = {}
    for kind in sorted({kind for part in parts for kind in part}):
        lines = [part[kind] for part in parts if kind in part]
        n = sum(line["n"] for line in lines)
        mean = {name: sum(line[name] * line["n"] for line in lines) / n for name in FIGURES[1:]}
        together[kind] = {"n": n, **mean}
    return together


def rows(name: str, by_surface: dict[str, Figures]) -> Iterator[str]:
    """A row for each surface; one for both where they give the same, as they should."""
    first, *others = by_surface.values()
    shown = {"both": first} if others and all(other == first for other in others) else by_surface
    for surface, figures in shown.items():
        yield f"| {' | '.join([name, surface, *cells(name, figures)])} |"


def cells(name: str, figures: Figures) -> list[str]:
    """The figures of a row; empty where there are none."""
    first = ("clean", "typo") if name.startswith(FIRST) else ()
    ranks = (number(figures, kind, "mrr10") for kind in KINDS)
    return [*ranks, *(number(figures, kind, "r1") if kind in first else "" for kind in ("clean", "typo"))]


def number(figures: Figures, kind: str, name: str) -> str:
    """A figure with three digits, and in brackets the share without a result where it is above 1 %."""
    if kind not in figures:
        return ""
    zero = figures[kind]["zero"] if name == "mrr10" else 0
    return f"{figures[kind][name]:.3f}" + (f" [{zero:.0%}]" if zero > 0.01 else "")


if __name__ == "__main__":
    main()
