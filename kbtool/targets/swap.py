"""Old and new folders change places; whatever is cut short is found out and brought in order.

A workshop is a private folder on the file system of the site:

- `new-…`: the trees that are being written, a name for each build: two builds never write into one
  folder, even if somebody takes the lock away. Whoever holds the lock may throw away what others left.
- `swap.json`: written when all new trees are on the disk and the exchange begins.
- `1/`, `2/`, ...: releases that were replaced, the last three. Each holds the trees of that release.
- `gone-…`: what is being removed.

`recover` never publishes: an exchange that was not made is not made later.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbtool.model import Audience
from kbtool.targets import disk

KEPT = 3
NEW, MARKER, GONE, ASIDE = "new-", "swap.json", "gone-", ".aside"
SITE, AGENTS = "site", "agents"  # the names of the trees in a release
NUMBER = re.compile("[0-9]{1,9}")
STAGED = re.compile(f"{NUMBER.pattern}|{NEW}[0-9a-f]+")
LARGEST_MARKER = 4096  # bytes


def tree_name(audience: Audience) -> str:
    """The name of the tree of an audience."""
    return SITE if audience == "public" else AGENTS


@dataclass(frozen=True)
class Workshop:
    """The workshop of a site. `targets` are the places of its trees by name, in the order of their change.

    `beside` is the workshop of trees that lie on another file system; they change first.
    """

    folder: Path
    targets: Mapping[str, Path]
    beside: Workshop | None = None

    @property
    def all(self) -> tuple[Workshop, ...]:
        """The workshops of all trees, in the order of their change."""
        return (*(self.beside.all if self.beside else ()), self)

    def of(self, name: str) -> Workshop:
        """The workshop of that tree."""
        return next(shop for shop in self.all if name in shop.targets)


@dataclass(frozen=True)
class Kept:
    """A release that was replaced and can come back; `folder` holds its trees."""

    number: int
    folder: Path


@dataclass(frozen=True)
class _Marker:
    """An exchange that was begun: the folder with the new trees, and what they are on the disk."""

    folder: Path
    inodes: Mapping[str, int]


def kept(shop: Workshop) -> list[Kept]:
    """The releases that can come back, the newest first."""
    found = [release for release in _numbered(shop) if _is_folder(release.folder / SITE)]
    return sorted(found, key=lambda release: -release.number)


def swap(shop: Workshop, trees: Path, names: Iterable[str]) -> None:
    """Put the trees of these names in their places; from the marker on, `recover` knows what to do."""
    wanted = list(names)
    inodes = {name: (trees / name).stat().st_ino for name in wanted}
    disk.write_over(shop.folder / MARKER, json.dumps({"folder": trees.name, "inodes": inodes}).encode())
    done: list[str] = []
    try:
        for name in wanted:
            _put(trees / name, shop.targets[name])
            done.append(name)
    except OSError:
        for name in reversed(done):
            take_back(shop, trees, name)
        raise
    for changed in (*(shop.targets[name].parent for name in wanted), trees):
        with suppress(OSError):  # it is out; only a power cut could still undo that, and then whole
            disk.sync(changed)


def take_back(shop: Workshop, trees: Path, name: str) -> None:
    """Undo what `swap` did for one tree, where another one could not change."""
    with suppress(OSError):
        if (trees / name).exists():
            _put(trees / name, shop.targets[name])
        else:
            shop.targets[name].rename(trees / name)


def recover(shop: Workshop) -> None:
    """Finish or undo what was cut short, and remove what is not needed any more. Raises OSError."""
    if marker := _marker(shop):
        for name, target in shop.targets.items():
            _bring_back(target, marker.folder / name)
        site = shop.targets.get(SITE)
        is_out = site and _is_folder(site) and site.stat().st_ino == marker.inodes.get(SITE)
        if is_out and _is_folder(marker.folder):
            _set_aside(shop, marker.folder)
        elif SITE in marker.inodes and not is_out:
            _undo_others(shop, marker)
    if shop.beside:
        recover(shop.beside)
    for left_over in (shop.folder / MARKER, *shop.folder.glob(f"{NEW}*"), *shop.folder.glob(".*.new")):
        disk.remove(left_over)
    still = {release.folder for release in kept(shop)[:KEPT]}
    for release in _numbered(shop):
        if release.folder not in still:
            release.folder.rename(_free_name(shop, f"{GONE}{release.number}"))
    for left in shop.folder.glob(f"{GONE}*"):
        disk.remove(left)


def cleaned(shop: Workshop) -> None:
    """Recover, as far as the disk lets us: the next start does the rest."""
    with suppress(OSError):
        recover(shop)


def _numbered(shop: Workshop) -> list[Kept]:
    """Everything in the workshop that has a number for a name."""
    listed = shop.folder.iterdir() if shop.folder.is_dir() else ()
    return [Kept(int(path.name), path) for path in listed if NUMBER.fullmatch(path.name)]


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _free_name(shop: Workshop, name: str) -> Path:
    path, number = shop.folder / name, 0
    while os.path.lexists(path):
        number += 1
        path = shop.folder / f"{name}-{number}"
    return path


def _set_aside(shop: Workshop, was: Path) -> None:
    """The folder whose new site is out: what it holds now is the release before, with the next number."""
    if _is_folder(was / SITE):
        number = 1 + max((release.number for release in _numbered(shop)), default=0)
        was.rename(shop.folder / str(number))


def _undo_others(shop: Workshop, marker: _Marker) -> None:
    """The site did not change, so the trees that changed before it change back."""
    for name, target in shop.targets.items():
        changed = _is_folder(target) and target.stat().st_ino == marker.inodes.get(name)
        if name != SITE and changed and _is_folder(marker.folder):
            take_back(shop, marker.folder, name)


def _put(new: Path, target: Path) -> None:
    """One folder in the place of another, which takes its place."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        new.rename(target)
    elif not disk.exchange(new, target):
        aside = _aside(target)
        target.rename(aside)
        try:
            new.rename(target)
        except OSError:
            aside.rename(target)
            raise
        aside.rename(new)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}{ASIDE}")


def _bring_back(target: Path, new: Path) -> None:
    """Undo or finish an exchange by renames: the old folder goes back, or to where it is kept."""
    aside = _aside(target)
    if not _is_folder(aside):
        return
    if not target.exists():
        aside.rename(target)
    elif not new.exists() and new.parent.is_dir():
        aside.rename(new)


def _marker(shop: Workshop) -> _Marker | None:
    """What the marker says; one that was not written to its end stands before any exchange."""
    try:
        said: Any = json.loads(_small_file(shop.folder / MARKER))
        inodes = {name: said["inodes"][name] for name in shop.targets if name in said["inodes"]}
        name = said["folder"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    known = isinstance(name, str) and STAGED.fullmatch(name) is not None
    return _Marker(shop.folder / name, inodes) if known else None


def _small_file(path: Path) -> bytes:
    """The bytes of a regular file; nothing that one would have to wait for, and no link is opened."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return b""
        return os.read(handle, LARGEST_MARKER)
    finally:
        os.close(handle)
