"""One build at a time: a lock that its process takes with it when it ends, however it ends."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from kbtool.content.files import shown
from kbtool.errors import KbError
from kbtool.targets.unwritten import NotOurs, NotWritten

FILE = "lock"
PATIENCE = 0.2  # seconds: whoever holds the lock may be about to write who it is, or to be done


class Locked(KbError):
    """Another build is at work in the same folder."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"another build is at work in {shown(folder)}{holder}; nothing was changed",
            "wait until it is done, and start again",
        )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; raises Locked when another process has it.

    The file stays where it is: to remove it would let two processes hold two locks of one name.
    """
    handle = _opened(folder / FILE)
    try:
        if not _take(handle):
            time.sleep(PATIENCE)
            if not _take(handle):
                raise Locked(folder, _holder(handle))
        _sign(handle)
        try:
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _opened(path: Path) -> int:
    """The lock file, a plain file of our own: what a link leads to would be emptied."""
    try:
        if path.is_symlink():
            raise NotOurs(path, "a symbolic link")
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0), 0o600)
    except OSError as error:
        raise NotWritten(error, path) from error
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        os.close(handle)
        raise NotOurs(path, "no plain file")
    return handle


def _sign(handle: int) -> None:
    """Say who holds the lock. On a full disk nobody can, and it holds all the same."""
    started = datetime.now().astimezone().isoformat(timespec="seconds")
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps({"process": os.getpid(), "since": started}).encode())


def _take(handle: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _holder(handle: int) -> str:
    """Who holds it: ` (process 17, since 14:03)`; '' when that is not known."""
    try:
        said: Any = json.loads(os.pread(handle, 200, 0))
        since = datetime.fromisoformat(said["since"])
        return f" (process {int(said['process'])}, since {since:%H:%M:%S})"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""
