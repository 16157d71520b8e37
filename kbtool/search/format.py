"""The index on disk, version 1: what the build writes, and both readers (Python and browser) read.

A folder per locale and audience:

- `manifest.json`: `version`, `locale`, `generation` (digest of all the rest), `documents` (number),
  and the names of the files below. Every other file has its digest in its name and never changes.
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

import json
from hashlib import blake2b
from typing import Any

VERSION = 1
MANIFEST = "manifest.json"
SHARD_BYTES = 32 * 1024
UNIT = 1000  # impacts and weights count in thousandths


def packed(value: Any) -> bytes:
    """Compact JSON in UTF-8, the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def named(kind: str, data: bytes) -> str:
    """The file name of immutable bytes."""
    return f"{kind}-{blake2b(data, digest_size=6).hexdigest()}.json"


def index_dir(locale: str) -> str:
    """Where the index of a locale lies in a tree of pages."""
    return f"search/{locale}/"
