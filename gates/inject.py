"""kbtool with something that happens at its n-th change of the disk.

`python -m gates.inject WHAT N ARGUMENTS`

WHAT is `kill` (the process ends at once, in the middle of a write), `count` (nothing happens; their number
is printed to stderr), or the name of an error, such as `EIO`, which that change meets. `ENOSPC` is met by
every change from there on that needs space.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from kbtool.cli import main
from kbtool.targets import disk

NEED_SPACE = frozenset({"open", "write", "mkdir", "fsync"})
CHANGES = (
    "open",
    "write",
    "mkdir",
    "rename",
    "replace",
    "unlink",
    "rmdir",
    "chmod",
    "fchmod",
    "fsync",
    "ftruncate",
)


class Injector:
    """Counts the changes and does what is asked at one of them."""

    def __init__(self, what: str, at: int) -> None:
        self.what, self.at, self.done = what, at, 0

    def wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted; an `open` counts when it makes a file."""

        def counted(*arguments: Any, **named: Any) -> Any:
            if name == "open" and not (len(arguments) > 1 and arguments[1] & os.O_CREAT):
                return call(*arguments, **named)
            if name == "write" and arguments[0] <= 2:
                return call(*arguments, **named)
            self.done += 1
            if self.what == "kill" and self.done == self.at:
                if name == "write":
                    call(arguments[0], arguments[1][: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            if self.what == "ENOSPC" and self.done >= self.at and name in NEED_SPACE:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if self.what not in ("kill", "count", "ENOSPC") and self.done == self.at:
                code = getattr(errno, self.what)
                raise OSError(code, os.strerror(code), str(arguments[0]) if arguments else None)
            return call(*arguments, **named)

        return counted

    def install(self) -> None:
        """Put the counted functions in place of those of the system."""
        for name in CHANGES:
            setattr(os, name, self.wrapped(name, getattr(os, name)))
        for name in ("exchange", "_sync_file_system"):
            setattr(disk, name, self.wrapped(name, getattr(disk, name)))


if __name__ == "__main__":
    injector = Injector(sys.argv[1], int(sys.argv[2]))
    sys.argv[1:] = sys.argv[3:]
    injector.install()
    try:
        main()
    finally:
        print(injector.done, file=sys.stderr)
