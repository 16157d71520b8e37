"""Putting new trees in the place of old ones, whole or not at all, and bringing old ones back."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from kbtool.targets import disk
from kbtool.targets.swap import NEW, Kept, Workshop, cleaned, recover, swap, take_back
from kbtool.targets.unwritten import FULL, DamagedRelease, NoSpace, NotRead, NotWritten

DIGESTS = "digests.json"  # in the folder of a release: what its trees were while they were out


class Staging:
    """The new trees of one release, being written."""

    def __init__(self, shop: Workshop, name: str) -> None:
        self._shop = shop
        self._name = name
        self._size = 0

    @property
    def folder(self) -> Path:
        """Where the new site is being written, and what is to be kept beside the one that it replaces."""
        return self._shop.folder / self._name

    def write(self, name: str, files: Iterable[tuple[str, bytes]], *, private: bool = False) -> None:
        """Write a tree."""
        sized = _Sized(files)
        folder = self._shop.of(name).folder
        try:
            disk.write_tree(sized, folder / self._name / name, private=private)
        except OSError as error:
            if error.errno not in FULL:
                raise
            wanted = self._size + sized.rest()
            for shop in self._shop.all:
                disk.remove(shop.folder / self._name)
            raise NoSpace(folder.parent, wanted, disk.free(folder)) from error
        self._size += sized.size

    def commit(self, names: Iterable[str]) -> None:
        """Put every tree of these names that differs from what is out in its place; keep what was there."""
        wanted = set(names)
        differing = {shop.folder: self._differing(shop, wanted) for shop in self._shop.all}
        done: list[Workshop] = []
        try:
            for shop in self._shop.all:
                if differing[shop.folder]:
                    swap(shop, shop.folder / self._name, differing[shop.folder])
                    done.append(shop)
        except OSError:
            for shop in done:
                for name in reversed(differing[shop.folder]):
                    take_back(shop, shop.folder / self._name, name)
            raise
        cleaned(self._shop)

    def _differing(self, shop: Workshop, wanted: set[str]) -> list[str]:
        """The trees of a workshop that are not what is out; all of them is on the disk then."""
        folder = shop.folder / self._name
        differing = []
        for name, target in shop.targets.items():
            if name in wanted and not (target.is_dir() and disk.same_tree(folder / name, target)):
                differing.append(name)
            else:
                disk.remove(folder / name)
        if differing:
            _note_digests(folder, {name: shop.targets[name] for name in differing})
            disk.sync_tree(folder)
        return differing


@contextmanager
def staging(shop: Workshop) -> Iterator[Staging]:
    """A place for new trees in a workshop; whatever happens, nothing half-done stays."""
    try:
        recover(shop)
        name = NEW + secrets.token_hex(4)
        for each in shop.all:
            (each.folder / name).mkdir(mode=0o700)
        yield Staging(shop, name)
    except OSError as error:
        raise NotWritten(error, shop.folder) from error
    finally:
        cleaned(shop)


def put_back(shop: Workshop, release: Kept) -> None:
    """Exchange the trees of a kept release with those that are out, which are kept in turn."""
    held = [name for name in shop.targets if (release.folder / name).is_dir()]
    try:
        _verify(release, held)
        _note_digests(release.folder, {name: shop.targets[name] for name in held})
        swap(shop, release.folder, held)
    except OSError as error:
        raise NotWritten(error, shop.folder) from error
    finally:
        cleaned(shop)


def _note_digests(folder: Path, trees: Mapping[str, Path]) -> None:
    """Write down what the trees are that will lie in this folder, beside what lies there now."""
    known = _digests(folder)
    for name, tree in trees.items():
        if tree.is_dir():
            known[name] = [*known.get(name, [])[-1:], _digest(tree)]
    disk.write_over(folder / DIGESTS, json.dumps(known).encode())


def _verify(release: Kept, names: Iterable[str]) -> None:
    """Raises DamagedRelease for a tree that is not what it was while it was out."""
    known = _digests(release.folder)
    for name in names:
        if _digest(release.folder / name) not in known.get(name, []):
            raise DamagedRelease(release.number)


def _digests(folder: Path) -> dict[str, list[str]]:
    try:
        said: Any = json.loads((folder / DIGESTS).read_text(encoding="utf-8"))
        return {str(name): [str(digest) for digest in listed] for name, listed in said.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _digest(tree: Path) -> str:
    """The names and bytes of all files of a tree in one number; a link stands for itself."""
    made = sha256()
    for path in sorted(tree.rglob("*")):
        if not path.is_dir() or path.is_symlink():
            data = b"link" if path.is_symlink() else path.read_bytes()
            name = path.relative_to(tree).as_posix().encode(errors="surrogateescape")
            made.update(sha256(name).digest() + sha256(data).digest())
    return made.hexdigest()


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
            raise NotRead(error) from error

    def rest(self) -> int:
        """How many bytes there are in all, those included that nobody has asked for yet."""
        return self.size + sum(len(data) for _, data in self._files)
