"""Rows on disk that save work: what was rendered and analysed before, by a digest of all that it depends on.

A short cut, never a meaning: without the store, or with a damaged one, the same comes out, only later. A
row that is not what was written is as good as none, and so is a store that cannot be opened. Processes may
share it. It holds texts of articles for agents: a private file.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Self

FILE = "rows.sqlite"
LENGTH = 16  # bytes of a digest
PATIENCE = 2.0  # seconds to wait for another process
MANY = 500  # keys in one question
DEAD = 3  # times as many rows as the last build used: then the others go
LAYOUT = "CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"


def digest_of(*parts: bytes | str) -> bytes:
    """A key for what depends on these parts."""
    made = blake2b(digest_size=LENGTH)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big") + data)
    return made.digest()


class Store:
    """The rows in a folder; without a folder there are none, and nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._new: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self._rows: sqlite3.Connection | None = None
        if folder is not None:
            self._rows = _opened(folder / FILE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._rows is not None:
            self._rows.close()
            self._rows = None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are there."""
        wanted = list(keys)
        found: dict[bytes, bytes] = {}
        if self._rows is None:
            return found
        try:
            for start in range(0, len(wanted), MANY):
                part = wanted[start : start + MANY]
                marks = ",".join("?" * len(part))
                asked = self._rows.execute(f"SELECT key, value FROM rows WHERE key IN ({marks})", part)  # noqa: S608 - marks only
                for key, row in asked:
                    if (value := _value(key, row)) is not None:
                        found[key] = value
        except sqlite3.Error:
            self._rows = None
        self._used.update(found)
        return found

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value, from the next `save` on."""
        if self._rows is not None:
            self._new[key] = digest_of(key, value) + value
            self._used.add(key)

    def save(self, *, forget: bool = False) -> None:
        """Write what is new; `forget` rows that this process did not ask for, when there are many."""
        if self._rows is None:
            return
        with suppress(sqlite3.Error), self._rows:
            self._rows.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?)", self._new.items())
            self._new.clear()
            if forget:
                self._forget(self._rows)

    def _forget(self, rows: sqlite3.Connection) -> None:
        (count,) = rows.execute("SELECT count(*) FROM rows").fetchone()
        if count > DEAD * len(self._used):
            rows.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
            rows.executemany("INSERT INTO used VALUES (?)", ((key,) for key in self._used))
            rows.execute("DELETE FROM rows WHERE key NOT IN (SELECT key FROM used)")


def _value(key: object, row: object) -> bytes | None:
    if not isinstance(key, bytes) or not isinstance(row, bytes):
        return None
    value = row[LENGTH:]
    return value if row[:LENGTH] == digest_of(key, value) else None


def _opened(path: Path) -> sqlite3.Connection | None:
    """The database; a damaged one is thrown away. None where there can be none."""
    for _ in range(2):
        try:
            return _connected(path)
        except sqlite3.OperationalError:  # another process is at work, or the disk does not want it
            return None
        except sqlite3.Error:
            _remove((path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")))
        except OSError:
            return None
    return None


def _connected(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
    rows = sqlite3.connect(path, timeout=PATIENCE)
    try:
        rows.execute("PRAGMA journal_mode=WAL")
        rows.execute("PRAGMA synchronous=OFF")  # a row that was cut short does not bear its digest
        rows.execute(LAYOUT)
    except sqlite3.Error:
        rows.close()
        raise
    return rows


def _remove(paths: Collection[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
