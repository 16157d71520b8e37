"""Where a site is made and its old releases lie: one place for each site, for one build at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path

from kbtool.config import Config
from kbtool.errors import UsageError
from kbtool.targets import disk
from kbtool.targets.directory import make_private
from kbtool.targets.lock import locked
from kbtool.targets.swap import AGENTS, SITE, Workshop, recover
from kbtool.targets.unwritten import NotOurs, NotWritten

LEFT_OVER = (".*.new", "texts/*/.*.new", "whoosh/*/.*.new")  # of writes that were cut short
OWN_FOLDERS = ("", AGENTS, "texts", "texts/*", "whoosh", "whoosh/*", "releases", "releases/*")


@contextmanager
def open_workshop(config: Config, target: Path) -> Iterator[Workshop]:
    """The workshop of a site, for this process alone; what an earlier one left unfinished is cleared away.

    Raises Locked when another build is at work, and NotOurs where something else lies in its place.
    """
    _refuse_links(config.private_dir)
    make_private(config.private_dir)
    shop = _workshop(config.private_dir, _resolved(target))
    with ExitStack() as locks:
        for folder in (config.private_dir, *(each.folder for each in shop.all)):
            locks.enter_context(locked(folder))
        try:
            recover(shop)
            for pattern in LEFT_OVER:
                for left_over in config.private_dir.glob(pattern):
                    disk.remove(left_over)
        except OSError as error:
            raise NotWritten(error, target) from error
        yield shop


def _refuse_links(private_dir: Path) -> None:
    """Files are replaced and removed in these folders: not through a link, somewhere else."""
    for pattern in OWN_FOLDERS:
        for path in private_dir.glob(pattern) if pattern else (private_dir,):
            if path.is_symlink():
                raise NotOurs(path, "a symbolic link")


def _resolved(target: Path) -> Path:
    try:
        return target.resolve()
    except (OSError, RuntimeError) as error:  # links that lead in a circle
        raise UsageError(f"{target} leads nowhere: {error}", "choose another --site-dir") from error


def _workshop(private_dir: Path, site: Path) -> Workshop:
    """The workshop of a site, and one for the agents' tree where that lies on another file system."""
    folder, own = workshop_folder(private_dir, site), private_dir / "releases"
    agents = {AGENTS: private_dir / AGENTS}
    if folder.parent == own:
        return Workshop(folder, {**agents, SITE: site})
    beside = own / AGENTS
    make_private(beside)
    return Workshop(folder, {SITE: site}, Workshop(beside, agents))


def workshop_folder(private_dir: Path, site: Path) -> Path:
    """The workshop of a site: in the private folder if a rename can lead from there to it, else beside it.

    Only its owner can look into either: a release may hold what was made private since.
    """
    way = os.path.relpath(site, private_dir.resolve())  # stays the same when the whole folder moves
    name = f"{site.name}-{blake2b(os.fsencode(way), digest_size=4).hexdigest()}"
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        own = private_dir / "releases"
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = own / name
        if not disk.same_mount(own, site.parent):
            folder = site.with_name(f".{site.name}.kbtool")
            if folder.is_symlink():
                raise NotOurs(folder, "a symbolic link")
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise NotWritten(error, site) from error
    return folder
