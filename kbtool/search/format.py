"""The index on disk, version 4: what the build writes, and both readers (Python and browser) read.

A folder per locale and audience. Every file but the manifest has its digest in its name and never changes.

- `manifest.json`: `version`, `locale`, `generation` (digest of all the rest), `texts` (digest of the
  plain texts that phrases are looked for in), `facts` (digest of the metadata that agents filter by),
  `documents` (how many), `requests` (shards a query may ask for), `lengths` (average words of a body, a
  title, the aliases and a sentence, rounded so that an edit seldom moves them), `idf` (inverse document
  frequency by class: see `vocabulary`), `files` (the next four).
- `words-<digest>.json`: the vocabulary: see `vocabulary`.
- `ids-<digest>.json`: slot and id of every document, in the order of the slots: `[slot, id, slot, id, ...]`.
  The browser does without.
- `shards-<digest>.json`: `postings`, the digests in the names of the shards of postings, and `passages`,
  those of the shards of passages, '' where none is needed.
- `frequent-<digest>.json`: the postings of the stems that are asked for often, in an index of many documents;
  read with the first query.
- `postings-<digest>.json`: stem -> where it occurs: see `postings`.
- `passages-<digest>.json`: the documents of some neighbouring slots as rows: see `passages`.

A document has a slot: a number made of its id alone (`slots`), so that a new article moves no other. An edit
rewrites the shards that hold its words and its text, the vocabulary if that has changed, and the manifest.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

VERSION = 4
MANIFEST = "manifest.json"
DIGEST_LENGTH = 12  # hexadecimal digits
CLASSES = digits + ascii_letters  # of how many documents have a stem: see `vocabulary`


def packed(value: Any) -> bytes:
    """Compact JSON in UTF-8, the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def loaded(data: bytes) -> Any:
    """JSON as Python values; ValueError for whatever is wrong with it."""
    try:
        return json.loads(data.decode())
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def digest(data: bytes) -> str:
    """What tells bytes from all others."""
    return sha256(data).hexdigest()[:DIGEST_LENGTH]


def named(kind: str, data: bytes) -> str:
    """The file name of immutable bytes."""
    return file_name(kind, digest(data))


def file_name(kind: str, made: str) -> str:
    """The name of the file of that kind with that digest."""
    return f"{kind}-{made}.json"


def bears_its_name(name: str, data: bytes) -> bool:
    """Whether a file holds the bytes that its name was made of."""
    return name == named(name.rpartition("-")[0], data)


def generation(manifest: Mapping[str, Any]) -> str:
    """The digest of a manifest, whatever it says itself of its generation."""
    return digest(packed({**manifest, "generation": ""}))


def index_dir(locale: str) -> str:
    """Where the index of a locale lies in a tree of pages."""
    return f"search/{locale}/"


def regular_bytes(path: Path) -> bytes:
    """The bytes of a plain file. Raises OSError, also for what one would have to wait for."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "no plain file", str(path))
        return file.read()
