"""Reading an index in Python: the same files, the same order as in the browser (`search.js`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kbtool.errors import KbError, NoIndex
from kbtool.model import Hit
from kbtool.search.expand import Dictionary
from kbtool.search.format import MANIFEST, VERSION


class Index:
    """An opened index. Words and postings are read when a query first needs them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if not (folder / MANIFEST).is_file():
            raise NoIndex(str(folder))
        manifest = self._read(MANIFEST)
        if not isinstance(manifest, dict) or manifest.get("version") != VERSION:
            raise KbError(
                f"the index in {folder} is of another version of kbtool", "build again: kbtool build"
            )
        self.locale: str = manifest["locale"]
        self.documents: list[list[str]] = self._read(manifest["files"]["documents"])
        words = self._read(manifest["files"]["words"])
        surfaces = words["surfaces"].split(" ") if words["surfaces"] else []
        self.dictionary = Dictionary(surfaces, words["synonyms"])
        self.stems: list[int] = words["stems"]
        self.light: frozenset[int] = frozenset(words["light"])
        self._shards: list[tuple[str, int]] = [(name, first) for name, first in manifest["shards"]]
        self._opened: dict[str, list[list[int]]] = {}

    def _read(self, name: str) -> Any:
        try:
            return json.loads((self._folder / name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise KbError(
                f"the index in {self._folder} is damaged ({name})", "build again: kbtool build"
            ) from error

    def postings(self, stem: int) -> list[int]:
        """Documents (as differences) and impacts of a stem."""
        name, first = next(shard for shard in reversed(self._shards) if shard[1] <= stem)
        if name not in self._opened:
            self._opened[name] = self._read(name)
        return self._opened[name][stem - first]

    def hit(self, number: int, score: int) -> Hit:
        """The hit for a document number."""
        id, url, title, section, description, audience = self.documents[number]
        return Hit(
            id=id,
            locale=self.locale,
            title=title,
            url=url,
            score=score,
            audience="agents" if audience == "agents" else "public",
            section=section,
            description=description,
        )
