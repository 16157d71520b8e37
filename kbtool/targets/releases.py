"""Putting new trees in the place of old ones, whole or not at all, and keeping the old ones.

A workshop is a private folder on the file system of the site:

- `new/`: the trees that are being written. Whoever finds it later may throw it away.
- `swap.json`: written when all new trees are on the disk and the exchange begins.
- `1/`, `2/`, ...: releases that were replaced, the last three. Each holds the trees of that release.
- `gone-…`: what is being removed.

Whatever is cut short, `recover` finds out how far it came. It never publishes: an exchange that was not
made is not made later.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbtool.content.files import shown
from kbtool.errors import KbError
from kbtool.targets import disk

KEPT = 3
NEW, MARKER, GONE, ASIDE = "new", "swap.json", "gone-", ".aside"
SITE, AGENTS = "site", "agents"  # the names of the trees in a release


@dataclass(frozen=True)
class Kept:
    """A release that was replaced and can come back; `folder` holds its trees."""

    number: int
    folder: Path


class NoSpace(KbError):
    """The disk is full."""

    def __init__(self, where: Path, wanted: int, free: int) -> None:
        super().__init__(
            f"there is not enough space in {shown(where)}: the new site takes {_megabytes(wanted)}, "
            f"{_megabytes(free)} are free; the last site is untouched",
            "make room there, or write the site elsewhere with --site-dir",
        )


class NotWritten(KbError):
    """The trees cannot be written or put in their place."""

    def __init__(self, error: OSError, where: Path) -> None:
        reason = error.strerror or str(error)
        at = shown(Path(str(error.filename))) if error.filename else shown(where)
        help = "check your rights there"
        if error.errno in (errno.EBUSY, errno.EXDEV):
            help = "it seems to be a mount of its own: mount the folder above it, or choose a folder below it"
        elif error.errno == errno.EMFILE:
            help = "allow more open files (ulimit -n)"
        elif error.errno == errno.EIO:
            help = "look at the disk: it reports errors"
        super().__init__(f"{at} cannot be written: {reason}; the last site is untouched", help)


class Staging:
    """The new trees of one release, being written."""

    def __init__(self, folder: Path) -> None:
        self._shop = folder
        self._size = 0

    def write(self, name: str, files: Iterable[tuple[str, bytes]], *, private: bool = False) -> None:
        """Write a tree."""
        sized = _Sized(files)
        try:
            disk.write_tree(sized, self._shop / NEW / name, private=private)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            wanted = self._size + sized.rest()
            disk.remove(self._shop / NEW)
            raise NoSpace(self._shop.parent, wanted, disk.free(self._shop)) from error
        self._size += sized.size

    def commit(self, targets: Mapping[str, Path]) -> None:
        """Put every tree that differs from what is at its target there, and keep what was there.

        `targets` are the places by the names of the trees, in the order in which they change.
        """
        folder = self._shop / NEW
        found = {name: target.resolve() for name, target in targets.items()}
        differing = {
            name: target
            for name, target in found.items()
            if not (target.is_dir() and disk.same_tree(folder / name, target))
        }
        for name in found.keys() - differing.keys():
            disk.remove(folder / name)
        if differing:
            disk.sync_tree(folder)
            _swap(self._shop, folder, differing)
        _cleaned(self._shop)


@contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """A place for new trees in a workshop; whatever happens, nothing half-done stays."""
    try:
        recover(folder)
        (folder / NEW).mkdir(mode=0o700)
        yield Staging(folder)
    except OSError as error:
        raise NotWritten(error, folder) from error
    finally:
        _cleaned(folder)


def put_back(folder: Path, release: Kept, targets: Mapping[str, Path]) -> None:
    """Exchange the trees of a kept release with those at the targets, which are kept in turn."""
    try:
        held = {
            name: target.resolve() for name, target in targets.items() if (release.folder / name).is_dir()
        }
        _swap(folder, release.folder, held)
    except OSError as error:
        raise NotWritten(error, folder) from error
    finally:
        _cleaned(folder)


def kept(folder: Path) -> list[Kept]:
    """The releases that can come back, the newest first."""
    if not folder.is_dir():
        return []
    found = [
        Kept(int(path.name), path)
        for path in folder.iterdir()
        if path.name.isascii() and path.name.isdigit() and (path / SITE).is_dir()
    ]
    return sorted(found, key=lambda release: -release.number)


def recover(folder: Path) -> None:
    """Finish or undo what was cut short, and remove what is not needed any more."""
    marker = _marker(folder)
    if marker:
        for name, (target, inode) in marker.trees.items():
            aside = target.with_name(f".{target.name}{ASIDE}")
            if aside.is_dir():
                if target.exists():  # the new tree is there, the old one was not yet moved away
                    aside.rename(marker.folder / name)
                else:
                    aside.rename(target)
            if name == SITE and target.is_dir() and target.stat().st_ino == inode and marker.folder.is_dir():
                _set_aside(folder, marker.folder)
        (folder / MARKER).unlink()
    for left_over in (folder / NEW, *folder.glob(".*.new")):
        disk.remove(left_over)
    for old in kept(folder)[KEPT:]:
        old.folder.rename(folder / f"{GONE}{old.number}")
    for left in folder.glob(f"{GONE}*"):
        disk.remove(left)


def _cleaned(folder: Path) -> None:
    """Recover, as far as the disk lets us: the next start does the rest."""
    with suppress(OSError):
        recover(folder)


def _set_aside(folder: Path, was: Path) -> None:
    """The folder whose new site is out: what it holds now is the release before, with the next number."""
    if (was / SITE).is_dir():
        was.rename(folder / str(1 + max((release.number for release in kept(folder)), default=0)))


def _swap(folder: Path, trees: Path, targets: Mapping[str, Path]) -> None:
    """Put the trees in `trees` at their targets; from the marker on, `recover` knows what to do."""
    inodes = {name: (trees / name).stat().st_ino for name in targets}
    marker = {
        "folder": trees.name,
        "trees": {name: [str(target), inodes[name]] for name, target in targets.items()},
    }
    disk.write_over(folder / MARKER, json.dumps(marker).encode())
    for name, target in targets.items():
        _put(trees / name, target)
    for changed in (*(target.parent for target in targets.values()), trees):
        with suppress(OSError):  # it is out; only a power cut could still undo that, and then whole
            disk.sync(changed)


def _put(new: Path, target: Path) -> None:
    """One folder in the place of another, which takes its place."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        new.rename(target)
    elif not disk.exchange(new, target):
        aside = target.with_name(f".{target.name}{ASIDE}")
        target.rename(aside)
        new.rename(target)
        aside.rename(new)


@dataclass(frozen=True)
class _Marker:
    folder: Path
    trees: Mapping[str, tuple[Path, int]]


def _marker(folder: Path) -> _Marker | None:
    """What the marker says; one that was not written to its end stands before any exchange."""
    try:
        said: Any = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        trees = {name: (Path(target), int(inode)) for name, (target, inode) in said["trees"].items()}
        return _Marker(folder / Path(said["folder"]).name, trees)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        (folder / MARKER).unlink()
        return None


class _Sized:
    """Files on their way, and how many bytes they have."""

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        self._files = iter(files)
        self.size = 0

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        while (item := self._next()) is not None:
            self.size += len(item[1])
            yield item

    def _next(self) -> tuple[str, bytes] | None:
        """The next file; what cannot be read for it is not told as if it could not be written."""
        try:
            return next(self._files, None)
        except OSError as error:
            reason = error.strerror or str(error)
            raise KbError(
                f"{shown(Path(str(error.filename)))} cannot be read: {reason}; the last site is untouched",
                "check that it exists and may be read",
            ) from error

    def rest(self) -> int:
        """How many bytes there are in all, those included that nobody has asked for yet."""
        return self.size + sum(len(data) for _, data in self._files)


def _megabytes(size: int) -> str:
    return f"{max(size, 0) / 1_000_000:.1f} MB"
