"""Why a site could not be written, in words that say what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from kbtool.content.files import shown
from kbtool.errors import KbError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
MENDS = {
    errno.EBUSY: "it seems to be a mount of its own: mount the folder above it, or choose a folder below it",
    errno.EXDEV: "it seems to be a mount of its own: mount the folder above it, or choose a folder below it",
    errno.ENOSPC: "make room there",
    errno.EDQUOT: "make room there",
    errno.EMFILE: "allow more open files (ulimit -n)",
    errno.EIO: "look at the disk: it reports errors",
}


class NotWritten(KbError):
    """The trees cannot be written or put in their place."""

    def __init__(self, error: OSError, where: Path) -> None:
        reason = error.strerror or str(error)
        at = shown(Path(str(error.filename))) if error.filename else shown(where)
        help = MENDS.get(error.errno or 0, "check your rights there")
        super().__init__(f"{at} cannot be written: {reason}; the last site is untouched", help)


class NotRead(KbError):
    """Something that the site is made of cannot be read."""

    def __init__(self, error: OSError) -> None:
        reason = error.strerror or str(error)
        at = shown(Path(str(error.filename))) if error.filename else "a file of the site"
        super().__init__(
            f"{at} cannot be read: {reason}; the last site is untouched",
            "check that it exists and may be read",
        )


class NoSpace(KbError):
    """The disk is full."""

    def __init__(self, where: Path, wanted: int, free: int) -> None:
        reason = f"the new site takes {_megabytes(wanted)}, {_megabytes(free)} are free"
        if free >= wanted:
            reason = "it has room for no more files"
        super().__init__(
            f"there is not enough space in {shown(where)}: {reason}; the last site is untouched",
            "make room there, or write the site elsewhere with --site-dir",
        )


class NotOurs(KbError):
    """Something else lies where kbtool keeps its own files."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{shown(path)} is {what}, and kbtool keeps files of its own there; nothing was changed",
            "remove it",
        )


class DamagedRelease(KbError):
    """A kept release is not what it was when it was out."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"release {number} is damaged: files of it were changed or are missing; the site is untouched",
            "choose another one: kbtool rollback --list",
        )


def _megabytes(size: int) -> str:
    return f"{max(size, 0) / 1_000_000:.1f} MB"
