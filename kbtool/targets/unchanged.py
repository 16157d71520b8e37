"""Whether anything has changed since the last build: what it was made of, and what it made, by their places.

A file counts as unchanged when its size, its times and its number on the disk are; nothing is read. One
that was changed in the very moment when it was looked at might be changed again without a trace, so then
nothing is remembered. What cannot be read is as good as none: the build is done.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kbtool.config import Config
from kbtool.model import Audience, Finding, Location
from kbtool.resources import resource_dir
from kbtool.search.format import regular_bytes
from kbtool.targets import disk
from kbtool.targets.swap import Workshop
from kbtool.targets.tools import PACKAGE, import_folders, packages

FILE = "last.json"
MOMENT = 0.05  # seconds, longer than the clock of any file system stands still
VERSION = 1
SECONDS = "{seconds}"  # in a line that was said: how long the build took


@dataclass(frozen=True)
class Last:
    """A build that went well: what it was made of, what it made, and what it said."""

    inputs: str
    outputs: str
    findings: tuple[Finding, ...]
    lines: tuple[str, ...]


def inputs_of(config: Config, target: Path, audiences: Sequence[Audience], day: date) -> str:
    """A digest of all that a build depends on; '' when something was changed a moment ago."""
    made = blake2b(digest_size=16)
    values = (VERSION, sys.version, target, tuple(audiences), day, config, Path.cwd())
    made.update(repr(values).encode(errors="surrogatepass"))
    newest = 0
    left_out = {os.fspath(config.private_dir), os.fspath(target)}
    for path in _sources(config):
        for line, changed in _listed(path, left_out):
            made.update(line)
            newest = max(newest, changed)
    return made.hexdigest() if time.time_ns() - newest > MOMENT * 1e9 else ""


def _sources(config: Config) -> Iterator[Path]:
    """Files and folders that a build reads: of the site, of kbtool, and of the packages that it uses."""
    yield config.docs_dir
    yield from (path for path in config.own_paths if path != config.private_dir)
    yield PACKAGE
    yield resource_dir("theme")
    yield resource_dir("search")
    for entry in import_folders():
        yield from packages(entry, config)


def outputs_of(config: Config, workshop: Workshop, names: Iterable[str]) -> str:
    """A digest of the trees of these names, and of the texts beside them, as they lie on the disk."""
    made = blake2b(digest_size=16)
    places = {name: target for shop in workshop.all for name, target in shop.targets.items()}
    for folder in (*(places[name] for name in sorted(names)), config.private_dir / "texts"):
        for line, _ in _listed(folder, frozenset(), own=True):
            made.update(line)
    return made.hexdigest()


def _listed(
    path: Path, left_out: set[str] | frozenset[str], *, own: bool = False
) -> Iterator[tuple[bytes, int]]:
    """A line for every file and folder at and below a path, and when it was changed last, in ns.

    A package of Python is listed without what Python itself writes. Of `own` trees it does not matter when
    they were moved, and their places are told from the top.
    """
    top = os.fspath(path)
    yield _line("" if own else top, top, own=own)
    waiting = [top] if os.path.isdir(top) and not os.path.islink(top) else []  # noqa: PTH112, PTH114 - fast
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.path in left_out or entry.name == "__pycache__":
                continue
            yield _line(entry.path[len(top) :] if own else entry.path, entry, own=own)
            if entry.is_dir(follow_symlinks=False) and not entry.name.endswith(".dist-info"):
                waiting.append(entry.path)


def _line(name: str, place: str | os.DirEntry[str], *, own: bool) -> tuple[bytes, int]:
    try:
        status = os.lstat(place) if isinstance(place, str) else place.stat(follow_symlinks=False)
    except OSError as error:
        return f"{name}\0{error.errno}\n".encode(errors="surrogatepass"), 0
    parts = [name, status.st_mode, status.st_size, status.st_mtime_ns]
    if stat.S_ISDIR(status.st_mode):  # what is in it is listed
        parts = [name, status.st_mode]
    elif not own:
        parts += [status.st_ctime_ns, status.st_ino]
    changed = 0 if stat.S_ISDIR(status.st_mode) else max(status.st_mtime_ns, status.st_ctime_ns)
    return "\0".join(map(str, [*parts, ""])).encode(errors="surrogatepass"), changed


def read_last(config: Config) -> Last | None:
    """What the last build wrote down; None when there was none, or it cannot be read."""
    try:
        data = regular_bytes(config.private_dir / FILE)
        text, _, digest = data.decode().rpartition("\n")
        if digest != _digest(text):
            return None
        said: Mapping[str, Any] = json.loads(text)
        found = [{**one, "where": Location(**one["where"])} for one in said["findings"]]
        return Last(
            said["inputs"], said["outputs"], tuple(Finding(**one) for one in found), tuple(said["lines"])
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write_last(config: Config, last: Last) -> None:
    """Write down a build; where its inputs are not known, take away what was written before."""
    path = config.private_dir / FILE
    with suppress(OSError):
        if not last.inputs:
            path.unlink(missing_ok=True)
            return
        text = json.dumps(asdict(last))
        disk.write_over(path, f"{text}\n{_digest(text)}".encode())


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
