"""Noticing that a file was saved: by looking at all of them, a few times a second."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kbtool.config import Config
from kbtool.resources import resource_dir

POLL = 0.3  # seconds between two looks
SETTLE = 0.05  # seconds of silence before a save counts as finished
LONGEST_SETTLE = 20  # looks; then it is built all the same
INHERIT = re.compile(r"^INHERIT:[ \t]*[\"']?([^\"'#\n]+)", re.MULTILINE)

Look = dict[str, tuple[int, int, int]]


def places(settings: Path, config: Config | None) -> list[Path]:
    """The files and folders that a site is made of; without settings that can be read, those alone."""
    found = list(_settings_files(settings))
    if config:
        found += [config.docs_dir, resource_dir("theme")]
        found += [config.custom_dir] if config.custom_dir else []
        synonyms = config.settings.search.synonyms
        found += [config.root / synonyms] if synonyms else []
    return list(dict.fromkeys(found))


def _settings_files(path: Path) -> Iterator[Path]:
    """The settings file and those that it inherits from, those that are missing too: they may come."""
    seen: set[Path] = set()
    while path.resolve() not in seen:
        seen.add(path.resolve())
        yield path
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        if match := INHERIT.search(text):
            path = path.resolve().parent / match[1].strip()


def look(paths: Iterable[Path]) -> Look:
    """Every file at or below the paths, with its time, size and number."""
    found: Look = {}
    for path in paths:
        _look(str(path), found)
    return found


def _look(path: str, found: Look) -> None:
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.endswith("~"):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    _look(entry.path, found)
                else:
                    _note(entry.path, entry.stat(follow_symlinks=False), found)
    except NotADirectoryError:
        _note(path, os.stat(path), found)  # noqa: PTH116 - a look costs two thirds without Path
    except OSError:
        return  # gone since: that shows in the next look


def _note(path: str, stat: os.stat_result, found: Look) -> None:
    found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)


def wait_for_save(
    paths: Sequence[Path], before: Look, stop: threading.Event
) -> tuple[Look, list[Path]] | None:
    """Wait until a file is saved, made or removed: how all look then, and which files those are.

    None when `stop` was set.
    """
    while not stop.wait(POLL):
        now = _settled(look(paths), before, paths, stop)
        if now != before:
            names = sorted({*before, *now})
            return now, [Path(name) for name in names if before.get(name) != now.get(name)]
    return None


def _settled(now: Look, before: Look, paths: Sequence[Path], stop: threading.Event) -> Look:
    """How the files look when nobody writes to them any more: many programs save in several steps."""
    for _ in range(LONGEST_SETTLE if now != before else 0):
        if stop.wait(SETTLE):
            break
        later = look(paths)
        if later == now:
            break
        now = later
    return now
