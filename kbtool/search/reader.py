"""Reading an index in Python: the same files, the same order as in the browser (`search.js`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from kbtool.lang.analyze import surfaces
from kbtool.model import Hit
from kbtool.search.evidence import Corpus, Text
from kbtool.search.expand import Dictionary
from kbtool.search.files import Replaced, Snapshot, damaged, snapshot, starting_over
from kbtool.search.format import file_name
from kbtool.search.passages import Passages, excerpt
from kbtool.search.postings import Postings, read, shard_of
from kbtool.search.shapes import Shards, ids_of, lists_of, rows_of, shards_of
from kbtool.search.vocabulary import Vocabulary, vocabulary_in

__all__ = ["Index", "Replaced", "starting_over"]

T = TypeVar("T")
AT_HAND = -1


class Index:
    """An opened index: one generation, whatever is published meanwhile.

    Shards are read when a query first needs them. When they have gone with their generation, that raises
    Replaced, and the query has to start over with a new Index: `find` does.
    """

    def __init__(self, folder: Path) -> None:
        opened = starting_over(folder, lambda: _opened(folder))
        self.snapshot, self.vocabulary, self.shards, self._frequent = opened
        manifest = self.snapshot.manifest
        self.locale = manifest.locale
        self.texts, self.facts = manifest.texts, manifest.facts
        self.requests = manifest.requests
        self.dictionary = Dictionary(self.vocabulary)
        words = self.vocabulary
        self.corpus = Corpus(
            words.stems,
            [manifest.idf[kind] for kind in words.classes],
            self.dictionary.light_stems,
            manifest.lengths,
        )
        self._lists: dict[int, dict[str, str]] = {AT_HAND: self._frequent}
        self._postings: dict[int, Postings] = {}
        self._rows: dict[int, dict[int, Passages]] = {}
        self._read: dict[int, Text] = {}

    def is_out(self) -> bool:
        """Whether no build has put another index in its place."""
        return not self.snapshot.was_replaced()

    def shard_of_stem(self, stem: int) -> int:
        """The number of the shard of postings that holds a stem; `AT_HAND` if none has to be read for it."""
        name = self.vocabulary.names[stem]
        return AT_HAND if name in self._frequent else shard_of(name, len(self.shards.postings))

    def postings(self, stem: int) -> Postings:
        """Slots and impacts of a stem."""
        if stem not in self._postings:
            number = self.shard_of_stem(stem)
            if number not in self._lists:
                self._lists[number] = self._part("postings", self.shards.postings[number], lists_of)
            self._postings[stem] = read(self._lists[number].get(self.vocabulary.names[stem], "0"))
        return self._postings[stem]

    def shard_of_slot(self, slot: int) -> int:
        """The number of the shard of passages that holds a document."""
        return slot // self.shards.neighbours

    def passages(self, slot: int) -> Passages:
        """The document in a slot."""
        number = self.shard_of_slot(slot)
        if number >= len(self.shards.passages):
            raise damaged(self.snapshot.folder, self.snapshot.manifest.shards)
        if number not in self._rows:
            made = self.shards.passages[number]
            rows = self._part("passages", made, rows_of)
            self._rows[number] = {row.slot: row for row in rows}
        try:
            return self._rows[number][slot]
        except KeyError:
            raise damaged(self.snapshot.folder, file_name("passages", self.shards.passages[number])) from None

    def text(self, slot: int) -> Text:
        """The document in a slot, in numbers of words."""
        if slot not in self._read:
            row = self.passages(slot)
            self._read[slot] = Text(
                slot,
                tuple(map(self._numbers, row.sentences)),
                self._numbers(row.title),
                tuple(map(self._numbers, row.aliases)),
            )
        return self._read[slot]

    def slots(self, ids: Iterable[str]) -> set[int]:
        """The slots of the documents with these ids."""
        known = self._slots_by_id
        return {known[id] for id in ids if id in known}

    @cached_property
    def slot_ids(self) -> dict[int, str]:
        """The id of the document in each slot."""
        return {slot: id for id, slot in self._slots_by_id.items()}

    @cached_property
    def _slots_by_id(self) -> dict[str, int]:
        name = self.snapshot.manifest.ids
        value = self.snapshot.read(name)
        try:
            return ids_of(value, self.snapshot.manifest.count)
        except ValueError as error:
            raise damaged(self.snapshot.folder, name) from error

    def hit(self, slot: int, score: float, passage: int = -1) -> Hit:
        """The hit for a document. `passage` is the number of the sentence that answers, -1 for none."""
        row = self.passages(slot)
        return Hit(
            id=row.id,
            locale=self.locale,
            title=row.title,
            url=row.url,
            score=int(1000 * score),
            audience="agents" if row.audience == "agents" else "public",
            section=row.section,
            description=row.description,
            passage=excerpt(row, passage),
        )

    def _numbers(self, text: str) -> tuple[int, ...]:
        numbers = self.dictionary.numbers
        return tuple(numbers[word] for word in surfaces(text, self.locale) if word in numbers)

    def _part(self, kind: str, made: str, shape: Callable[[object], T]) -> T:
        name = file_name(kind, made)
        value = self.snapshot.read(name)
        try:
            return shape(value)
        except ValueError as error:
            raise damaged(self.snapshot.folder, name) from error


def _opened(folder: Path) -> tuple[Snapshot, Vocabulary, Shards, dict[str, str]]:
    """One generation of the index with what every query needs, verified."""
    now = snapshot(folder)
    name = now.manifest.words
    values = now.read(name), now.read(now.manifest.shards)
    often = now.read(now.manifest.frequent) if now.manifest.frequent else {}
    try:
        words = vocabulary_in(values[0])
        name = now.manifest.shards
        shards = shards_of(values[1], now.manifest.count)
        name = now.manifest.frequent
        frequent = lists_of(often)
    except ValueError as error:
        raise damaged(folder, name) from error
    return now, words, shards, frequent
