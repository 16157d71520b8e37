"""Score what deflection_replay.py wrote against the truth of the benchmark.

usage: python bench/deflection_score.py DATA_DIR OUT.csv

Prints the AUC of the score, the share of articles decided, and for both claims how many were made
and which share of them is wrong.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Score a file."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    for name, value in scores(Path(arguments[0]), Path(arguments[1])).items():
        print(f"{name:24} {value:.3f}")
    return 0


def scores(folder: Path, out: Path) -> dict[str, float]:
    """AUC, the share decided, and the share of wrong claims of both kinds."""
    with (folder / "truth.csv").open(newline="") as file:
        truth = {row["topic"]: row["deflected"] == "1" for row in csv.DictReader(file)}
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    if {row["article"] for row in rows} != set(truth):
        raise SystemExit("the file does not hold every article once")
    result = {"AUC": auc([(float(row["score"] or 0), truth[row["article"]]) for row in rows])}
    for claim, right in (("deflected", True), ("not-deflected", False)):
        made = [row for row in rows if row["claim"] == claim]
        wrong = sum(truth[row["article"]] is not right for row in made)
        result[f"{claim} of all"] = len(made) / len(rows)
        result[f"{claim} wrong"] = wrong / max(1, len(made))
    result["decided"] = result["deflected of all"] + result["not-deflected of all"]
    return result


def auc(scored: list[tuple[float, bool]]) -> float:
    """The chance that an article whose tickets fell has the higher score; ties count half."""
    ordered = sorted(scored)
    wins = 0.0
    below = 0
    at = 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        fell = sum(truth for _, truth in ordered[at:end])
        wins += fell * (below + (end - at - fell) / 2)
        below += end - at - fell
        at = end
    positives = sum(truth for _, truth in ordered)
    return wins / (positives * (len(ordered) - positives))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
