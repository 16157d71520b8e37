"""The index on disk, version 2: what the build writes, and both readers (Python and browser) read.

A folder per locale and audience:

- `manifest.json`: `version`, `locale`, `generation` (digest of all the rest), `texts` (digest of the plain
  texts that phrases are looked for in), `documents` (number), and the names of the files below. Every other
  file has its digest in its name and never changes.
- `documents-<digest>.json`: a list per article, sorted by id:
  `[id, url, title, section, description, audience]`.
- `words-<digest>.json`: `surfaces` (all words as they occur, sorted by code point, one string with
  spaces between), `stems` (for each surface the number of its stem), `light` (numbers of the surfaces
  that count little in a query: question and function words), `synonyms` (a word that readers type ->
  numbers of the surfaces it means).
- `postings-<digest>.json`, several: a list per stem, in the order of the stem numbers:
  `[document, impact, document, impact, …]`, documents as differences. `shards` in the manifest holds
  `[file, number of its first stem]`.

An impact is an integer: the weight of the stem in that article over all fields, inverse document
frequency included. Scores are sums of integers, so every reader orders alike.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

VERSION = 2
MANIFEST = "manifest.json"
DIGEST_LENGTH = 16  # hexadecimal digits
SHARD_BYTES = 32 * 1024
UNIT = 1000  # impacts and weights count in thousandths


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
    return f"{kind}-{digest(data)}.json"


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
