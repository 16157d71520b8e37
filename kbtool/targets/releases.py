"""What the last builds published: a private file beside the agents' tree, never part of a site."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from kbtool.config import Config
from kbtool.model import Audience
from kbtool.report.changes import Release
from kbtool.targets.directory import publish
from kbtool.typed import read_date

FOLDER = "releases"
FILE = "last.json"


def last_release(config: Config, target: Path) -> Release | None:
    """The last build into that folder; None when there was none, or its record cannot be read."""
    entry: Any = _entries(config).get(_key(config, target))
    audiences: tuple[Audience, ...] = ("public", "agents")
    try:
        day = read_date(entry["day"])
        live = {audience: frozenset(map(str, entry["live"].get(audience, ()))) for audience in audiences}
    except (KeyError, TypeError, AttributeError):
        return None
    return Release(day, live) if day else None


def keep_release(config: Config, target: Path, done: Release) -> None:
    """Write down what a build published, for the next one to compare with."""
    live = {audience: sorted(names) for audience, names in done.live.items()}
    entries = {**_entries(config), _key(config, target): {"day": done.day.isoformat(), "live": live}}
    text = json.dumps({"version": 1, "builds": entries}, ensure_ascii=False, sort_keys=True)
    publish([(FILE, text.encode())], config.private_dir / FOLDER, private=True)


def _entries(config: Config) -> dict[str, Any]:
    """The records by target; a damaged file is as good as none, since it only serves a message."""
    try:
        builds = json.loads((config.private_dir / FOLDER / FILE).read_text(encoding="utf-8"))["builds"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return builds if isinstance(builds, dict) else {}


def _key(config: Config, target: Path) -> str:
    return Path(os.path.relpath(target.resolve(), config.root.resolve())).as_posix()
