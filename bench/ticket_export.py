"""From a raw export to the page of the week: CPU seconds, and whether what was planted is in it.

    python bench/ticket_export.py [--tickets 500000] [--topics 2000] [--seed 1]

Makes a help center and the export of its help desk (make_tickets.py), then runs the three commands that a
writer runs, and compares the signals with what was planted.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from common import CALL, cpu

HERE = Path(__file__).parent
DAY = "2026-11-20"
STRICT = "0.01"  # for who wants hardly a false alarm
REPORTED = ("stale", "surge", "flag", "no-deflection", "gap", "translation-behind", "overdue", "quiet")


def main() -> None:
    """Print the time of each step, and what was found of what was planted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=500_000)
    parser.add_argument("--topics", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        options = [f"--{key}={getattr(asked, key)}" for key in ("tickets", "topics", "seed")]
        made = [sys.executable, str(HERE / "make_tickets.py"), str(folder), *options]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        report = ["stale", "--format", "html", "--today", DAY]
        steps = {
            "`kbtool tickets import export.jsonl`": ["tickets", "import", "export.jsonl", "--today", DAY],
            "`kbtool stale --format html -o report.html`": [*report, "-o", "report.html"],
        }
        seconds = {what: cpu([*CALL, *arguments], folder) for what, arguments in steps.items()}
        cpu([*CALL, *report, "--lang", "hi", "-o", "report.hi.html"], folder)
        usual = _signals(folder)
        settings = folder / "mkdocs.yml"
        with settings.open("a", encoding="utf-8") as file:
            file.write(f"      stale: {{fdr: {STRICT}}}\n")
        strict = _signals(folder)
        planted = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
        account = json.loads((folder / "tickets/counts.import.json").read_text(encoding="utf-8"))
        size = (folder / "report.html").stat().st_size
    print("| step | CPU s |")
    print("|---|---|")
    for what, value in seconds.items():
        print(f"| {what} | {value:.1f} |")
    print(f"| both | {sum(seconds.values()):.1f} |")
    unknown = account["ways"].get("unknown", 0) / account["tickets"]
    print(f"\n{planted['tickets']:,} tickets on {planted['topics']:,} topics; topics are known for "
          f"{1 - unknown:.1%} of them; the page has {size:,} bytes.\n")  # fmt: skip
    wanted = {(one["signal"], one["topic"]) for one in planted["events"] if one["signal"] != "settled"}
    settled = {one["topic"] for one in planted["events"] if one["signal"] == "settled"}
    for found, share in ((usual, "0.05, as usual"), (strict, STRICT)):
        print(f"\n`stale.fdr` {share}:\n\n| signal | planted | found | other |")
        print("|---|---|---|---|")
        for name in REPORTED:
            own, theirs = {one for one in wanted if one[0] == name}, {one for one in found if one[0] == name}
            if own or theirs:
                others = ", ".join(sorted(topic for _, topic in theirs - own)) or "none"
                print(f"| {name} | {len(own)} | {len(own & theirs)} | {others} |")
        quiet = sum(topic in settled for _, topic in found)
        print(f"\nOf {len(settled)} rises that were reviewed meanwhile, {quiet} are listed.")


def _signals(folder: Path) -> set[tuple[str, str]]:
    """What is said of which topic."""
    said = subprocess.run(
        [*CALL, "stale", "--format", "json", "--today", DAY],
        cwd=folder,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(HERE.parent)},
    ).stdout
    signals = json.loads(said)["signals"]
    return {(one["signal"], one["topic"]) for one in signals if one["signal"] in REPORTED}


if __name__ == "__main__":
    main()
