"""Who holds a port that is taken, and which one is free instead."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

LISTENING = "0A"
TRIES = 50
PROC = Path("/proc")


def holder(port: int, proc: Path = PROC) -> str:
    """The program that listens on a port and its process number; '' where the system does not tell."""
    inodes = {f"socket:[{inode}]" for inode in _listeners(port, proc)}
    for process in sorted(proc.glob("[0-9]*")) if inodes else ():
        try:
            if any(str(link.readlink()) in inodes for link in (process / "fd").iterdir()):
                name = (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
                return f"{name} (process {process.name})"
        except OSError:
            continue  # it has ended, or belongs to somebody else
    return ""


def _listeners(port: int, proc: Path) -> Iterator[str]:
    """The inodes of the sockets that listen on a port, as Linux lists them."""
    for name in ("tcp", "tcp6"):
        try:
            rows = (proc / "net" / name).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            cells = row.split()
            if cells[3] == LISTENING and int(cells[1].rpartition(":")[2], 16) == port:
                yield cells[9]


def next_free(family: socket.AddressFamily, host: str, port: int) -> int:
    """The first port above that nobody holds; 0 when there is none nearby."""
    for candidate in range(port + 1, min(port + 1 + TRIES, 65536)):
        with socket.socket(family) as attempt:
            try:
                attempt.bind((host, candidate))
            except OSError:
                continue
            return candidate
    return 0
