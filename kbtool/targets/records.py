"""What the last builds published: private files beside the agents' tree, never part of a site.

They serve messages only: one that cannot be written or read is done without.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kbtool.config import Config
from kbtool.model import Audience
from kbtool.report.changes import Release
from kbtool.search.format import regular_bytes
from kbtool.targets import disk
from kbtool.typed import read_date

FILE = "builds.json"
OF_RELEASE = "release.json"  # in the folder of a release that is kept


def last_release(config: Config, target: Path) -> Release | None:
    """The last build into that folder; None when there was none, or its record cannot be read."""
    return _read(_entries(config).get(_key(config, target)))


def keep_release(config: Config, target: Path, done: Release) -> None:
    """Write down what a build published, for the next one to compare with."""
    entries = {**_entries(config), _key(config, target): _written(done)}
    text = json.dumps({"version": 1, "builds": entries}, sort_keys=True)
    with suppress(OSError):
        disk.write_over(config.private_dir / FILE, text.encode())


def release_in(folder: Path) -> Release | None:
    """What a kept release had published; None when nobody wrote it down."""
    try:
        return _read(json.loads(regular_bytes(folder / OF_RELEASE)))
    except (OSError, ValueError, RecursionError):
        return None


def note_release(folder: Path, release: Release | None) -> None:
    """Write down what the release that lies in this folder had published."""
    if release is None:
        return
    with suppress(OSError):
        disk.write_over(folder / OF_RELEASE, json.dumps(_written(release)).encode())


def _written(release: Release) -> Mapping[str, object]:
    live = {audience: sorted(names) for audience, names in release.live.items()}
    return {"day": release.day.isoformat(), "live": live}


def _read(entry: Any) -> Release | None:
    audiences: tuple[Audience, ...] = ("public", "agents")
    try:
        day = read_date(entry["day"])
        live = {audience: frozenset(map(str, entry["live"].get(audience, ()))) for audience in audiences}
    except (KeyError, TypeError, AttributeError):
        return None
    return Release(day, live) if day else None


def _entries(config: Config) -> dict[str, Any]:
    """The records by target; a damaged file is as good as none, since it only serves a message."""
    try:
        builds = json.loads(regular_bytes(config.private_dir / FILE))["builds"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return builds if isinstance(builds, dict) else {}


def _key(config: Config, target: Path) -> str:
    return Path(os.path.relpath(target.resolve(), config.root.resolve())).as_posix()
