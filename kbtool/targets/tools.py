"""What renders and analyses: kbtool itself, the packages that it uses, and the extensions of a site."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from kbtool.config import Config
from kbtool.resources import resource_dir
from kbtool.store import digest_of

STORE = "store"  # the folder of the rows, beside the agents' tree
PACKAGE = Path(__file__).parents[1]


def tools_of(config: Config) -> str:
    """A digest of the tools, the same on every machine that has the same ones."""
    parts: list[bytes | str] = [sys.version]
    for top in (PACKAGE, resource_dir("search")):
        for path in _files(top):
            parts += [path.relative_to(top).as_posix(), path.read_bytes()]
    for entry in import_folders():
        found = list(packages(entry, config))
        parts += [path.name for path in found]
        parts += [file.read_bytes() for path in found if not _is_installed(path) for file in _files(path)]
    return digest_of(*parts).hex()


def _files(top: Path) -> Iterator[Path]:
    if top.is_file():
        yield top
    for path in sorted(top.rglob("*")):
        if path.suffix in (".py", ".yml", ".txt", ".json") and path.is_file():
            yield path


def import_folders() -> Iterator[Path]:
    """The folders from which Python imports."""
    for entry in dict.fromkeys(sys.path):
        if os.path.isdir(entry):  # noqa: PTH112 - many are asked for
            yield Path(entry)


def packages(folder: Path, config: Config) -> Iterator[Path]:
    """What tells another version of a package, and the modules of extensions that are in no package."""
    names = os.listdir(folder)  # noqa: PTH208 - only the names
    installed = [name for name in names if name.endswith(INSTALLED)]
    yield from (folder / name for name in sorted(installed))
    if not installed:
        for module in sorted({name.partition(".")[0] for name, _ in config.extensions}):
            yield from (folder / name for name in (module, f"{module}.py") if name in names)


INSTALLED = (".dist-info", ".egg-link", ".pth")


def _is_installed(path: Path) -> bool:
    return path.name.endswith(INSTALLED)
