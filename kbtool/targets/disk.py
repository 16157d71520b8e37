"""Writing to disk: exact modes, everything synced, two folders exchanged in one step."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

AT_FDCWD = -100  # paths are relative to the working directory (fcntl.h)
RENAME_EXCHANGE = 2  # Linux, renameat2(2)
RENAME_SWAP = 2  # macOS, renamex_np(2)
# What a file system says that cannot exchange, or a system whose library does not know the call.
CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


def write_tree(files: Iterable[tuple[str, bytes]], folder: Path, *, private: bool = False) -> int:
    """Write all files below a new folder, whatever the umask; the number of bytes.

    A public tree can be read by everybody, a private one by its owner alone.
    """
    mode, folder_mode = (0o600, 0o700) if private else (0o644, 0o755)
    made: set[Path] = set()
    size = 0
    _make(folder, folder_mode, made)
    for name, data in files:
        path = folder / name
        _make(path.parent, folder_mode, made, folder)
        write_new(path, data, mode)
        size += len(data)
    return size


def write_new(path: Path, data: bytes, mode: int) -> None:
    """Write a file that must not exist yet."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
    finally:
        os.close(handle)


def write_over(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace a file whole, a private one unless `mode` says else: readers see the old or the new bytes."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    try:
        write_new(beside, data, mode)
        sync(beside)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync(path.parent)


def _make(folder: Path, mode: int, made: set[Path], top: Path | None = None) -> None:
    """Make a folder and, up to `top`, those above it."""
    if folder in made:
        return
    if top is not None and folder != top:
        _make(folder.parent, mode, made, top)
    if not folder.is_dir():
        folder.mkdir(mode)
    folder.chmod(mode)
    made.add(folder)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk itself."""
    if sys.platform == "win32":  # a folder cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Have everything below a folder written to the disk itself.

    Where the system can, in one call: thousands of small files are synced in the time of a few.
    """
    if not _sync_file_system(folder):
        for path in sorted(folder.rglob("*")):
            sync(path)
        sync(folder)


def _sync_file_system(folder: Path) -> bool:
    call = _function("syncfs")
    if call is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if call(handle) != 0:
            _raise(ctypes.get_errno(), folder)
    finally:
        os.close(handle)
    return True


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system or the file system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    if linux := _function("renameat2"):
        failed = linux(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE)
    elif macos := _function("renamex_np"):
        failed = macos(*names, RENAME_SWAP)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in CANNOT:
        return False
    _raise(code, other)
    return False


def _raise(code: int, path: Path) -> None:
    raise OSError(code, os.strerror(code), str(path))


def _function(name: str) -> Callable[..., int] | None:
    """A function of the C library; None where it has none of that name."""
    if sys.platform == "win32":
        return None
    call: Callable[..., int] | None = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    return call


def same_mount(one: Path, other: Path) -> bool:
    """Whether a rename can lead from a folder into another: same file system, same mount.

    The system looks at the mounts before it looks for the name, so a name that is not there tells.
    """
    if one.stat().st_dev != other.stat().st_dev:
        return False
    try:
        (one / ".kbtool-nothing").rename(other / ".kbtool-nothing")
    except FileNotFoundError:
        return True
    except OSError as error:
        return error.errno != errno.EXDEV
    return True


def same_tree(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes and rights."""
    listed = _listed(one)
    if listed != _listed(other):
        return False
    files = (name for name, (mode, _) in listed.items() if stat.S_ISREG(mode))
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in files)


def _listed(folder: Path) -> dict[str, tuple[int, int]]:
    """Every path below a folder with its mode, and the size of a file."""
    found = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        size = status.st_size if stat.S_ISREG(status.st_mode) else 0
        found[path.relative_to(folder).as_posix()] = (status.st_mode, size)
    return found


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it; it does not matter when there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def free(folder: Path) -> int:
    """How many bytes can still be written to the file system of a folder."""
    return shutil.disk_usage(folder).free
