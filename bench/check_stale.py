"""Find stale topics in help desks with known truth: the development seeds, and other draws.

usage: python bench/check_stale.py [--draws 5]

Each suite of ../shared/bench/stale is simulated with its development seed and with others (+1000,
+2000, …), replayed by `stale_replay.py` and scored by the kit's own `score.py`, in an environment
of its own (the kit needs pandas). One draw is one draw: the mean of the others stands beside it.
An anchor of the kit is run on the development seed and scored in the same way; its best methods in R
(glrnb, Farrington) are not run here, their figures stand in the README of the kit.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from common import SHARED, cpu

KIT = SHARED / "bench" / "stale"
REPLAY = Path(__file__).with_name("stale_replay.py")
DEFLECTION = Path(__file__).with_name("deflection_replay.py")
WANTED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "helpdesk_long": (
        ("stale", "FDP", "FDP"),
        ("stale", "POD@8", "found within 8 weeks"),
        ("stale", "AUPRC", "AUPRC"),
        ("stale", "P@20", "precision of the weekly top 20"),
        ("stale", "m_POD@8", "found within 8 weeks at 0.5 % false positives"),
        ("stale", "q_rec8", "found by writers who review 20 a week"),
        ("surge", "e_POD@2", "within 2 weeks at 1 false episode per 1,000"),
        ("surge", "e_POD@4", "within 4 weeks at 1 false episode per 1,000"),
        ("surge", "FDP", "FDP"),
    ),
    "helpdesk_short": (
        ("stale", "FDP", "FDP"),
        ("stale", "POD@8", "found within 8 weeks"),
        ("stale", "AUPRC", "AUPRC"),
    ),
    "daily": (
        ("stale", "FDP", "FDP"),
        ("stale", "POD@8", "found within 8 weeks"),
        ("stale", "AUPRC", "AUPRC"),
    ),
    "noufaily": (("surge", "m_POD@2", "within 2 weeks at 0.5 % false positives"),),
}


# The best of the kit's own methods that need no R.
ANCHORS = {"helpdesk_long": "nbglm", "helpdesk_short": "nbglm", "daily": "share_z", "noufaily": "ears_c3"}


def main() -> int:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=5, help="other draws beside the development seed")
    draws = parser.parse_args().draws
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        python = kit(work)
        print(
            f"| suite | signal | what | development seed | anchor there | mean of {draws} others | "
            "lowest and highest |"
        )
        print("|---|---|---|--:|--:|--:|--:|")
        slow: dict[str, float] = {}
        seconds: dict[str, list[float]] = {}
        for suite, wanted in WANTED.items():
            scores = []
            for draw in range(draws + 1):
                folder, out = simulated(work, python, suite, draw), work / "flags.csv"
                series = len((folder / "topics.csv").read_text().splitlines()) - 1
                used = cpu([sys.executable, str(REPLAY), str(folder), str(out)], work)
                seconds.setdefault(suite, []).append(1000 * used / series)
                scores.append({signal: scored(python, folder, out, signal) for signal in ("stale", "surge")})
            anchor, slow[suite] = anchored(python, work / f"{suite}-0", work, ANCHORS[suite])
            for signal, name, what in wanted:
                first, *others = (score[signal][name] for score in scores)
                rest = (
                    f"{sum(others) / len(others):.3f} | {min(others):.3f} … {max(others):.3f}"
                    if others
                    else "|"
                )
                beside = f"{anchor[name]:.3f} ({ANCHORS[suite]})"
                print(f"| {suite} | `{signal}` | {what} | {first:.3f} | {beside} | {rest} |")
        results = [deflected(work, python, draw) for draw in range(draws + 1)]
        for name in results[0]:
            first, *others = (result[name] for result in results)
            rest = (
                f"{sum(others) / len(others):.3f} | {min(others):.3f} … {max(others):.3f}" if others else "|"
            )
            print(f"| deflection | `no-deflection` | {name} | {first:.3f} | | {rest} |")
        print("\n| CPU s per 1,000 series | replay, whole process: development seed | mean of all | anchor |")
        print("|---|--:|--:|--:|")
        for suite, used in seconds.items():
            mean = sum(used) / len(used)
            print(f"| {suite} | {used[0]:.1f} | {mean:.1f} | {slow[suite]:.3g} ({ANCHORS[suite]}) |")
    return 0


def kit(work: Path) -> str:
    """A Python with what the kit needs."""
    venv.create(work / "kit", with_pip=True)
    python = work / "kit" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "-r", KIT / "requirements.txt"],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return str(python)


def simulated(work: Path, python: str, suite: str, draw: int) -> Path:
    """The folder of a suite; draw 0 has the development seed."""
    config = json.loads((KIT / "config.json").read_text())
    config["seeds"][suite] += 1000 * draw
    settings, folder = work / "config.json", work / f"{suite}-{draw}"
    settings.write_text(json.dumps(config))
    command = [python, KIT / "simulate.py", "--suite", suite, "--out", folder, "--config", settings]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def scored(python: str, folder: Path, out: Path, signal: str) -> dict[str, float]:
    """The kit's metrics of one signal."""
    command = [python, KIT / "score.py", "--data", folder, "--flags", out, "--signal", signal, "--json"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def anchored(python: str, folder: Path, work: Path, method: str) -> tuple[dict[str, float], float]:
    """(metrics, CPU seconds per 1,000 series) of one of the kit's methods on a folder."""
    command = [python, KIT / "baselines.py", "--data", folder, "--out", work / "anchors", "--only", method]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    used = json.loads((work / "anchors" / f"{method}.time.json").read_text())["sec_per_1000"]
    return scored(python, folder, work / "anchors" / f"{method}.csv", "stale"), float(used)


def deflected(work: Path, python: str, draw: int) -> dict[str, float]:
    """AUC and claims of the deflection suite."""
    from deflection_score import scores

    folder, out = simulated(work, python, "deflection", draw), work / "deflection.csv"
    cpu([sys.executable, str(DEFLECTION), str(folder), str(out)], work)
    return scores(folder, out)


if __name__ == "__main__":
    raise SystemExit(main())
