"""Reading an index in Python: the same files, the same order as in the browser (`search.js`)."""

from __future__ import annotations

from pathlib import Path

from kbtool.model import Hit
from kbtool.search.expand import Dictionary
from kbtool.search.files import Replaced, Snapshot, damaged, snapshot, starting_over
from kbtool.search.shapes import WordList, documents_of, postings_of, words_of

__all__ = ["Index", "Replaced", "starting_over"]


class Index:
    """An opened index: one generation, whatever is published meanwhile.

    Postings are read when a query first needs them. When they have gone with their generation, that
    raises Replaced, and the query has to start over with a new Index: `find` does.
    """

    def __init__(self, folder: Path) -> None:
        self.snapshot, self.documents, words = starting_over(folder, lambda: _opened(folder))
        self.locale = self.snapshot.manifest.locale
        self.texts = self.snapshot.manifest.texts
        self.dictionary = Dictionary(words.surfaces, words.synonyms)
        self.stems = words.stems
        self.light = words.light
        self._ends = [first for _, first in self.snapshot.manifest.shards[1:]]
        self._ends.append(max(self.stems, default=-1) + 1)
        self._opened: dict[str, list[list[int]]] = {}

    def is_out(self) -> bool:
        """Whether no build has put another index in its place."""
        return not self.snapshot.was_replaced()

    def postings(self, stem: int) -> list[int]:
        """Documents (as differences) and impacts of a stem."""
        shards = zip(self.snapshot.manifest.shards, self._ends, strict=False)
        (name, first), end = next(shard for shard in shards if stem < shard[1])
        if name not in self._opened:
            value = self.snapshot.read(name)
            try:
                self._opened[name] = postings_of(value, end - first, len(self.documents))
            except ValueError as error:
                raise damaged(self.snapshot.folder, name) from error
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


def _opened(folder: Path) -> tuple[Snapshot, list[list[str]], WordList]:
    """One generation of the index with what every query needs, verified."""
    now = snapshot(folder)
    name = now.manifest.documents
    values = now.read(name), now.read(now.manifest.words)
    try:
        documents = documents_of(values[0], now.manifest.count)
        name = now.manifest.words
        words = words_of(values[1])
    except ValueError as error:
        raise damaged(folder, name) from error
    if bool(words.surfaces) != bool(now.manifest.shards):
        raise damaged(folder, name)
    return now, documents, words
