"""The plain texts and the facts of a tree on disk: private files per locale and state of the articles.

They are written before the tree that they belong to is out, and stay while a release that needs them may
come back.
"""

from __future__ import annotations

import os
import re
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from kbtool.search.facts import facts_folder, packed_facts
from kbtool.search.format import DIGEST_LENGTH, digest
from kbtool.search.texts import Document, packed_texts, texts_name
from kbtool.targets import disk

KEPT = 8  # states per locale, more than releases are kept
OLD_NAME = re.compile(r"[\w-]+\.json|\..*\.new")  # of earlier versions, and of writes that were cut short
NAME = re.compile(rf"(?P<locale>.+)-[0-9a-f]{{{DIGEST_LENGTH}}}\.json")


def keep_texts(documents: Mapping[str, Sequence[Document]], folder: Path) -> list[Path]:
    """Write the texts and facts of all locales that are not there yet, and remove old ones. Raises OSError.

    Gives the files that are new.
    """
    texts = {locale: packed_texts(own) for locale, own in documents.items()}
    facts = {locale: packed_facts(one.known for one in own) for locale, own in documents.items()}
    return [*_keep(texts, folder), *_keep(facts, facts_folder(folder))]


def _keep(states: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write the states by locale into a private folder; gives the files that are new."""
    for private in (folder.parent, folder):
        private.mkdir(mode=0o700, exist_ok=True)
        private.chmod(0o700)
    written: set[str] = set()
    new: list[Path] = []
    for locale, data in states.items():
        name = texts_name(locale, digest(data))
        new += [folder / name] if _write(folder / name, data) else []
        written.add(name)
    disk.sync(folder)
    _remove_old(folder, written)
    return new


def _write(path: Path, data: bytes) -> bool:
    """Write a file; False where it is there already."""
    if _is_there(path, data):
        os.utime(path)  # the newest again
        return False
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        disk.write_new(beside, data, 0o600)
        disk.sync(beside)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return True


def _is_there(path: Path, data: bytes) -> bool:
    """Whether the file is there, and nobody else can look into it; a damaged one is written again."""
    try:
        return path.read_bytes() == data and path.stat().st_mode & 0o077 == 0
    except OSError:
        return False


def _remove_old(folder: Path, written: AbstractSet[str]) -> None:
    """Keep the newest of every locale, those of this build first of all."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        match = NAME.fullmatch(path.name)
        found[match["locale"] if match and not path.name.startswith(".") else ""].append(path)
    for path in found.pop("", []):
        if OLD_NAME.fullmatch(path.name):
            path.unlink(missing_ok=True)
    for paths in found.values():
        paths.sort(key=lambda path: (path.name not in written, -path.stat().st_mtime_ns))
        for path in paths[KEPT:]:
            disk.remove(path)
