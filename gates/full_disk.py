"""Builds on a disk that is full: real file systems in memory, in steps of 16 KiB until the site fits.

Mounting needs the rights of root.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gates.crash import Manifest, Trial, manifest

STEP = 16 * 1024
FIRST = 100 * 1024


def run(step: int = STEP) -> dict[str, object]:
    """Build with less and less missing; every build that fails leaves the site as it was and no file."""
    wrong: list[str] = []
    refused = sizes = 0
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder) / "help")
        used = sum(path.stat().st_blocks * 512 for path in trial.root.rglob("*"))
        size = used + FIRST
        while True:
            trial.reset()
            fits, found = _one(trial, Path(folder) / "disk", size)
            wrong += [f"{size} bytes: {what}" for what in found]
            sizes += 1
            if fits:
                break
            refused += 1
            size += step
    return {"sizes": sizes, "refused": refused, "fits_at": size, "wrong": wrong}


def _one(trial: Trial, place: Path, size: int) -> tuple[bool, list[str]]:
    """Whether the build fits into that size, and what is wrong with how it ended."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        shutil.copytree(trial.root, place, dirs_exist_ok=True)
        before = _names(place), manifest(place / "site")
        ran = subprocess.run(
            trial.command("build", "-q"),
            cwd=place,
            env=trial.environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if ran.returncode == 0:
            return True, [] if manifest(place / "site") == trial.new["site"] else ["not the new site"]
        return False, list(_wrong(before, place, ran.returncode, ran.stderr))
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _names(place: Path) -> set[str]:
    """Every path but the lock, which stays."""
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if path.name != "lock"}


def _wrong(before: tuple[set[str], Manifest], place: Path, code: int, said: str) -> list[str]:
    found = []
    if code != 5:
        found.append(f"exit code {code}")
    if len(said.strip().splitlines()) != 2 or "Traceback" in said:
        found.append(f"said: {said}")
    if manifest(place / "site") != before[1]:
        found.append("the site changed")
    if extra := _names(place) - before[0]:
        found.append(f"left behind: {sorted(extra)[:3]}")
    return found


if __name__ == "__main__":
    json.dump(run(), sys.stdout, indent=2)
