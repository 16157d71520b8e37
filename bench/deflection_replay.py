"""Judge every article of the deflection benchmark eight weeks after its update.

usage: python bench/deflection_replay.py DATA_DIR OUT.csv

Reads counts.csv, calendar.csv and topics.csv (last_reviewed = the update) and writes
article,score,claim: the log odds that the tickets fell, and "deflected", "not-deflected" or
"undecided". A judgement reads no week after the eighth. The rule lives in kbtool.stale.deflection.
"""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from stale_replay import read

from kbtool.stale.deflection import AFTER, deflection


def main(arguments: list[str]) -> int:
    """Judge a folder."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    panel, _ = read(Path(arguments[0]))
    with Path(arguments[1]).open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["article", "score", "claim"])
        for topic, counts, totals, update in zip(
            panel.topics, panel.counts.tolist(), panel.totals.tolist(), panel.since.tolist(), strict=True
        ):
            stop = update + AFTER
            found = deflection(counts[:stop], totals[:stop], update)
            writer.writerow([topic, f"{found.score:.6f}", found.claim] if found else [topic, "", "undecided"])
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
