"""Bytes on disk: a new folder is filled beside the old one, and takes its place when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from kbtool.errors import KbError, UsageError

PRIVATE = ".kbtool"


def publish(files: Iterable[tuple[str, bytes]], target: Path, *, private: bool = False) -> int:
    """Write all files into a new folder, then put it where `target` is; the number of files.

    If anything fails on the way, the folder at `target` is as it was. Where `target` is a symbolic
    link, the folder that it points to is replaced.
    """
    target = target.resolve()
    staging = target.with_name(f".{target.name}.new")
    old = target.with_name(f".{target.name}.old")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _bring_back(old, target)
        for left_over in (staging, old):
            if left_over.exists():
                shutil.rmtree(left_over)
        staging.mkdir(mode=0o700 if private else 0o755)
        count = _write(files, staging)
        if target.exists():
            target.rename(old)
        staging.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        _bring_back(old, target)
        reason = error.strerror or str(error)
        raise KbError(
            f"the site cannot be written to {target}: {reason}", "check the free space and your rights there"
        ) from error
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        _bring_back(old, target)
        raise
    return count


def _bring_back(old: Path, target: Path) -> None:
    """Put the last good folder back where a swap was cut short, now or in a run that was killed."""
    if old.exists() and not target.exists():
        old.rename(target)


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may look into, whatever is put there later."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise KbError(
            f"{folder} cannot be made: {error.strerror}", "check the free space and your rights there"
        ) from error


def check_target(target: Path, sources: Path) -> None:
    """Refuse a place that holds something other than a built site, or that would come to hold it."""
    resolved, articles = target.resolve(), sources.resolve()
    if resolved == articles or articles.is_relative_to(resolved):
        raise UsageError(f"the site would replace the articles in {sources}", "choose another --site-dir")
    if resolved.is_relative_to(articles):
        raise UsageError(
            f"the site would lie among the articles in {sources}", "choose a --site-dir beside them"
        )
    if PRIVATE in resolved.parts or (resolved / PRIVATE).exists():
        raise UsageError(
            f"the public site at {target} would share a folder with the agents' pages in {PRIVATE}",
            "choose another --site-dir",
        )
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file, not a folder", "choose another --site-dir, or remove it")
    if target.is_dir() and any(target.iterdir()) and not any((target / "assets").glob("kb-*")):
        raise UsageError(
            f"{target} holds files that kbtool did not write", "choose an empty folder, or remove it yourself"
        )


def _write(files: Iterable[tuple[str, bytes]], folder: Path) -> int:
    made: set[Path] = set()
    count = 0
    for name, data in files:
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)
        count += 1
    return count
