"""Files that only this user on this machine can have made: sealed with a secret that never leaves it.

For what must not be opened if anybody else wrote it. The seal (HMAC-SHA256) covers the name of the file and
every byte of it. It is verified over bytes that were read into memory, and these very bytes are used: what
happens to the file in between does not matter.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

KEY_BYTES = 32
SEAL_BYTES = 32
PURPOSE = b"kbtool sealed file 1"
OTHERS_WRITE = 0o022
OTHERS = 0o077
FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def secret() -> bytes | None:
    """The secret of this user on this machine, made when first asked for; None where none can be kept."""
    folder = _state_folder()
    if folder is None:
        return None
    path = folder / "seal.key"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(folder.stat(), OTHERS_WRITE):
            return None
        if not path.exists():
            _make(path)
        key = _own_bytes(path, OTHERS)
    except OSError:
        return None
    return key if key and len(key) == KEY_BYTES else None


def sealed(name: str, files: Mapping[str, bytes], key: bytes) -> bytes:
    """Files as one, sealed under a name."""
    head = json.dumps([[inner, len(data)] for inner, data in files.items()]).encode()
    content = b"".join([len(head).to_bytes(4, "big"), head, *files.values()])
    return _seal(name, content, key) + content


def unsealed(path: Path, key: bytes) -> dict[str, bytes] | None:
    """The files that were sealed under this name; None if there are none that we sealed."""
    try:
        data = _own_bytes(path, OTHERS_WRITE)
    except OSError:
        return None
    if data is None or not hmac.compare_digest(data[:SEAL_BYTES], _seal(path.name, data[SEAL_BYTES:], key)):
        return None
    start = SEAL_BYTES + 4
    at = start + int.from_bytes(data[SEAL_BYTES:start], "big")
    files = {}
    for name, size in json.loads(data[start:at]):
        files[name] = data[at : at + size]
        at += size
    return files


def keep(path: Path, data: bytes) -> bool:
    """Write a private file whole, beside others who may do the same; False if it cannot be written."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        _write(beside, data)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True


def _seal(name: str, content: bytes, key: bytes) -> bytes:
    made = hmac.new(key, digestmod="sha256")
    for part in (PURPOSE, name.encode()):
        made.update(len(part).to_bytes(4, "big") + part)
    made.update(content)
    return made.digest()


def _make(path: Path) -> None:
    """A new secret, whole from the start; that of another process stays if it was first."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        _write(beside, secrets.token_bytes(KEY_BYTES))
        with suppress(FileExistsError):
            os.link(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink()


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(handle)


def _own_bytes(path: Path, forbidden: int) -> bytes | None:
    """The bytes of a plain file of this user, no link, without any of the forbidden rights."""
    handle = os.open(path, FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or not _is_ours(status, forbidden):
            return None
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(handle)


def _is_ours(status: os.stat_result, forbidden: int) -> bool:
    if sys.platform == "win32":  # what lies in the user's own folder is not for others there
        return True
    return status.st_uid == os.getuid() and status.st_mode & forbidden == 0


def _state_folder() -> Path | None:
    """Where programs keep what belongs to this machine; None when the user has no such place."""
    named = Path(os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME", ""))
    if named.is_absolute():
        return named / "kbtool"
    try:
        return Path.home() / ".local" / "state" / "kbtool"
    except RuntimeError:
        return None
