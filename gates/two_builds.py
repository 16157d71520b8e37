"""Two builds of one folder at once, again and again: one wins, the other says so, the site is whole."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from gates.crash import Trial

BUSY = "another build is at work"


def pair(trial: Trial) -> tuple[list[int], list[str]]:
    """The exit codes of two builds that are started together, and what is wrong."""
    trial.reset()
    running = [
        subprocess.Popen(
            trial.command("build", "-q"),
            cwd=trial.root,
            env=trial.environment(),
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    said = [process.communicate()[1] for process in running]
    codes = sorted(process.returncode for process in running)
    wrong = [] if codes in ([0, 5], [0, 0]) else [f"exit codes {codes}: {said}"]
    if codes == [0, 5] and not any(BUSY in text and "process" in text for text in said):
        wrong.append(f"said {said}")
    if trial.now() != trial.new:
        wrong.append("not the new site")
    return codes, [*wrong, *trial.left_over()]


def run(rounds: int = 50) -> dict[str, object]:
    """Many pairs. Both may win only where one started after the other was done."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder) / "help")
        results = [pair(trial) for _ in range(rounds)]
    return {
        "rounds": rounds,
        "one_winner": sum(codes == [0, 5] for codes, _ in results),
        "one_after_the_other": sum(codes == [0, 0] for codes, _ in results),
        "wrong": [wrong for _, found in results for wrong in found],
    }


if __name__ == "__main__":
    json.dump(run(), sys.stdout, indent=2)
