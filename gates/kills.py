"""Builds that are killed: at every system call that changes the disk, and at random moments.

The calls are counted and the signal is sent by strace, so it does not matter how the program makes them.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

from gates.crash import Trial

CALLS = (
    "write,pwrite64,rename,renameat,renameat2,mkdir,mkdirat,rmdir,unlink,unlinkat,chmod,fchmod,fchmodat,"
    "fsync,fdatasync,syncfs,ftruncate,flock,link,linkat,symlink,symlinkat"
)


def strace(log: Path, *inject: str) -> list[str]:
    """The start of a command line that runs under strace; the program's workers run beside it."""
    rules = [f"--inject={rule}" for rule in inject]
    return ["strace", "-qq", "-o", str(log), f"--trace={CALLS}", *rules]


def calls_of(trial: Trial, log: Path) -> list[tuple[str, int]]:
    """The calls of a build in their order, each with its number among those of its name."""
    trial.reset()
    trial.run([*strace(log), *trial.command("build", "-q")])
    seen: Counter[str] = Counter()
    calls = []
    for line in log.read_text(encoding="utf-8").splitlines():
        name = line.partition("(")[0]
        if name in CALLS.split(","):
            seen[name] += 1
            calls.append((name, seen[name]))
    return calls


def at_every_call(trial: Trial, step: int = 1) -> dict[str, object]:
    """Kill a build at each of its calls, and look; then start again, and look."""
    log = trial.root.with_name("strace.log")
    calls = calls_of(trial, log)
    half, in_the_way, killed, new = [], [], 0, 0
    for name, number in calls[::step]:
        trial.reset()
        rule = f"{name}:signal=SIGKILL:when={number}"
        ran = trial.run([*strace(log, rule), *trial.command("build", "-q")])
        killed += ran.exit in (-signal.SIGKILL, 128 + signal.SIGKILL)
        half += [f"{name} {number}: {wrong}" for wrong in trial.wrong_now()]
        new += trial.now()["site"] == trial.new["site"]
        in_the_way += [f"{name} {number}: {wrong}" for wrong in trial.wrong_after_next_start()]
    return {
        "calls": len(calls),
        "killed": killed,
        "new_site_out": new,
        "half_sites": half,
        "wrong_after_next_start": in_the_way,
    }


def at_random(trial: Trial, rounds: int = 300, seed: int = 4) -> dict[str, object]:
    """Kill builds after a random time while somebody reads: every reading is the old or the new site."""
    order = random.Random(seed)
    half: list[str] = []
    killed = readings = 0
    seconds = _seconds(trial)
    for number in range(rounds):
        if number % 10 == 0:
            trial.reset()
        trial.write("articles/" + "en/orders/refund.md", _text(trial, number))
        running = threading.Event()
        found: list[str] = []
        reader = threading.Thread(target=_read, args=(trial, running, found))
        process = subprocess.Popen(
            trial.command("build", "-q"), cwd=trial.root, env=trial.environment(), stderr=subprocess.DEVNULL
        )
        reader.start()
        time.sleep(order.uniform(0.1, seconds))
        process.kill()
        killed += process.wait() == -signal.SIGKILL
        running.set()
        reader.join()
        readings += len(found)
        half += [f"round {number}: {wrong}" for wrong in [*trial.wrong_now(), *filter(None, found)]]
    wrong = list(trial.left_over_after_start())
    return {"kills": killed, "readings": readings, "half_sites": half, "wrong_after_next_start": wrong}


def _text(trial: Trial, number: int) -> str:
    """The two states of the article, in turn, so that every round has something to publish."""
    path = trial.root / "articles/en/orders/refund.md"
    trial.edit()
    edited = path.read_text(encoding="utf-8")
    return edited if number % 2 == 0 else edited.removesuffix(trial.edited)


def _seconds(trial: Trial) -> float:
    """How long a build takes here."""
    started = time.monotonic()
    trial.reset()
    trial.run(trial.command("build", "-q"))
    return time.monotonic() - started


def _read(trial: Trial, done: threading.Event, found: list[str]) -> None:
    """Read one page that always exists, again and again: it is never missing, and one of the two."""
    page = trial.trees["site"] / "en/orders/refund/index.html"
    known = {tree["site"]["en/orders/refund/index.html"] for tree in (trial.old, trial.new)}
    while not done.is_set():
        try:
            digest = sha256(page.read_bytes()).hexdigest()
        except OSError as error:
            found.append(f"page gone: {error}")
            continue
        found.append("" if digest in known else "an unknown page")
        time.sleep(0.001)


def run() -> dict[str, object]:
    """Both, in full."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder) / "help")
        return {"every_call": at_every_call(trial), "random": at_random(trial)}


if __name__ == "__main__":
    json.dump(run(), sys.stdout, indent=2)
