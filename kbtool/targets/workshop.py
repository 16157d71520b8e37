"""Where a site is made and its old releases lie: one place for each site, for one build at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from kbtool.config import Config
from kbtool.targets import disk
from kbtool.targets.directory import make_private
from kbtool.targets.lock import locked
from kbtool.targets.releases import NotWritten, recover


@contextmanager
def open_workshop(config: Config, target: Path) -> Iterator[Path]:
    """The workshop of a site, for this process alone; what an earlier one left unfinished is cleared away.

    Raises Locked when another build is at work.
    """
    make_private(config.private_dir)
    folder = workshop(config.private_dir, target)
    with locked(config.private_dir), locked(folder):
        try:
            recover(folder)
            for left_over in config.private_dir.glob(".*.new"):
                disk.remove(left_over)
        except OSError as error:
            raise NotWritten(error, target) from error
        yield folder


def workshop(private_dir: Path, target: Path) -> Path:
    """The workshop for a site: in the private folder if a rename can lead from there to it, else beside it.

    Only its owner can look into either: a release may hold what was made private since.
    """
    target = target.resolve()
    way = os.path.relpath(target, private_dir.resolve())  # stays the same when the whole folder moves
    name = f"{target.name}-{blake2b(os.fsencode(way), digest_size=4).hexdigest()}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        own = private_dir / "releases"
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = own / name
        if not disk.same_mount(own, target.parent):
            folder = target.with_name(f".{target.name}.kbtool")
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise NotWritten(error, target) from error
    return folder
