"""The files of an index on disk: none is used before its bytes are verified.

A build puts a new folder where the old one was, at any moment. Files never change, so whoever holds a
manifest either finds exactly what it names, or finds it gone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kbtool.errors import KbError, NoIndex
from kbtool.search.format import MANIFEST, bears_its_name, loaded, regular_bytes
from kbtool.search.manifest import Manifest, OtherVersionError, manifest_of

AGAIN = "build again: kbtool build"
MOST_STARTS = 50  # as often as a query starts over because builds follow each other
LOOKS = 5  # for a file that should be there: between two renames it may be away for a moment
PAUSE = 0.004  # seconds

T = TypeVar("T")


class Replaced(Exception):
    """A build has put another index in the place of the one that was being read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))


def starting_over(folder: Path, ask: Callable[[], T]) -> T:
    """What `ask` gives. It is asked anew, from the start, when a build has replaced the index in `folder`."""
    for start in range(MOST_STARTS):
        try:
            return ask()
        except Replaced:
            # Not always as long, so as not to keep step with whoever publishes.
            time.sleep(PAUSE * (start % 8) / 4)
    raise KbError(f"the index in {folder} is being replaced again and again", "ask again in a moment")


def damaged(place: Path, name: str) -> KbError:
    """The error for a file that is not what the build wrote."""
    return KbError(f"the index in {place} is damaged ({name})", AGAIN)


@dataclass(frozen=True)
class Snapshot:
    """One generation of an index in a folder."""

    folder: Path
    manifest: Manifest

    def read(self, name: str) -> Any:
        """The value in a file, verified. Raises Replaced when it went with its generation."""
        data = self._seen(name)
        if not bears_its_name(name, data):
            raise damaged(self.folder, name)
        try:
            return loaded(data)
        except ValueError as error:
            raise damaged(self.folder, name) from error

    def _seen(self, name: str) -> bytes:
        """The bytes of a file. Missing are those that are not there as often as their manifest is.

        Once is not enough: another build, or the same one, may come back between two looks.
        """
        for look in range(LOOKS):
            time.sleep(PAUSE * look)
            if (data := _bytes(self.folder / name)) is not None:
                return data
            if self.was_replaced():
                raise Replaced(self.folder)
        raise damaged(self.folder, name)

    def was_replaced(self) -> bool:
        """Whether the folder holds another generation now."""
        return snapshot(self.folder).manifest.generation != self.manifest.generation


def snapshot(folder: Path) -> Snapshot:
    """What is in a folder now."""
    for look in range(LOOKS):
        time.sleep(PAUSE * look)
        if (data := _bytes(folder / MANIFEST)) is not None:
            break
    else:
        raise NoIndex(str(folder))
    try:
        return Snapshot(folder, manifest_of(data))
    except OtherVersionError as error:
        raise KbError(f"the index in {folder} is of another version of kbtool", AGAIN) from error
    except ValueError as error:
        raise damaged(folder, MANIFEST) from error


def _bytes(path: Path) -> bytes | None:
    """The bytes of a file; None when it is not there."""
    try:
        return regular_bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise KbError(f"{path} cannot be read: {error.strerror}", "check your rights there") from error
