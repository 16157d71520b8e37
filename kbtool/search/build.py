"""Documents to index files: words, stems and integer impacts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbtool.lang.analyze import analyze
from kbtool.search.format import MANIFEST, SHARD_BYTES, UNIT, VERSION, digest, generation, named, packed
from kbtool.search.light import light_words
from kbtool.search.synonyms import Synonyms
from kbtool.search.texts import Document, packed_texts

K1, B = 1.2, 0.75
WEIGHTS = {"title": 1.5, "headings": 0.7, "body": 1.0, "aliases": 0.8, "tags": 0.4}


@dataclass(frozen=True)
class _Counted:
    """Per field: how often each stem occurs in each document, and how long each document is."""

    frequencies: list[Counter[str]]
    lengths: list[int]

    @property
    def average(self) -> float:
        """The mean length of a document, at least 1."""
        return max(1.0, sum(self.lengths) / max(1, len(self.lengths)))


def build_index(
    documents: Iterable[Document], locale: str, synonyms: Synonyms | None = None
) -> dict[str, bytes]:
    """The files of an index, by name. The same documents give the same bytes, in any order."""
    listed = sorted(documents, key=lambda document: document.id)
    words: dict[str, str] = {}
    counted = {name: _count(listed, name, locale, words) for name in WEIGHTS}
    postings = _postings(listed, counted)
    stems = {stem: number for number, stem in enumerate(sorted(postings))}
    files: dict[str, bytes] = {}
    rows = [[d.id, d.url, d.title, d.section, d.description, d.audience] for d in listed]
    manifest = {
        "version": VERSION,
        "locale": locale,
        "generation": "",
        "texts": digest(packed_texts(listed)),
        "documents": len(listed),
        "files": {
            "documents": _add(files, "documents", packed(rows)),
            "words": _add(files, "words", packed(_words(words, stems, locale, synonyms or {}))),
        },
        "shards": _shards(files, [postings[stem] for stem in stems]),
    }
    manifest["generation"] = generation(manifest)
    return {MANIFEST: packed(manifest), **files}


def _add(files: dict[str, bytes], kind: str, data: bytes) -> str:
    name = named(kind, data)
    files[name] = data
    return name


def _count(documents: Sequence[Document], name: str, locale: str, words: dict[str, str]) -> _Counted:
    """Analyse one field of all documents; surfaces and their stems are added to `words`.

    A surface has one stem, the first that was seen: résumé and resume are the same word to look up.
    """
    frequencies, lengths = [], []
    for document in documents:
        tokens = analyze(document.fields.get(name, ""), locale)
        frequencies.append(Counter(words.setdefault(token.surface, token.stem) for token in tokens))
        lengths.append(len(tokens))
    return _Counted(frequencies, lengths)


def _postings(documents: Sequence[Document], counted: dict[str, _Counted]) -> dict[str, list[int]]:
    """Stem -> document numbers (as differences) and impacts: BM25 per field, weighted and added."""
    holders: dict[str, dict[int, float]] = {}
    for name, field in counted.items():
        average = field.average
        for number, frequencies in enumerate(field.frequencies):
            norm = K1 * (1 - B + B * field.lengths[number] / average)
            for stem, n in frequencies.items():
                weight = WEIGHTS[name] * n * (K1 + 1) / (n + norm)
                row = holders.setdefault(stem, {})
                row[number] = row.get(number, 0.0) + weight
    total = len(documents)
    postings: dict[str, list[int]] = {}
    for stem, row in holders.items():
        idf = math.log(1 + (total - len(row) + 0.5) / (len(row) + 0.5))
        flat, last = [], 0
        for number in sorted(row):
            flat += [number - last, max(1, round(UNIT * idf * row[number]))]
            last = number
        postings[stem] = flat
    return postings


def _words(
    words: dict[str, str], stems: dict[str, int], locale: str, synonyms: Synonyms
) -> dict[str, object]:
    surfaces = sorted(words)
    light = light_words(locale)
    numbers = {words[surface]: number for number, surface in reversed(list(enumerate(surfaces)))}
    meant = {
        typed: [
            numbers[stem]
            for target in targets
            for token in analyze(target, locale)
            if (stem := words.get(token.surface, token.stem)) in numbers
        ]
        for typed, targets in sorted(synonyms.items())
    }
    return {
        "surfaces": " ".join(surfaces),
        "stems": [stems[words[surface]] for surface in surfaces],
        "light": [number for number, surface in enumerate(surfaces) if surface in light],
        "synonyms": {typed: found for typed, found in meant.items() if found},
    }


def _shards(files: dict[str, bytes], postings: Sequence[list[int]]) -> list[list[object]]:
    """Cut the postings into files of about `SHARD_BYTES`; their names with their first stems."""
    shards: list[list[object]] = []
    first, size = 0, 0
    for number, row in enumerate(postings):
        size += len(packed(row)) + 1
        if size >= SHARD_BYTES or number == len(postings) - 1:
            shards.append([_add(files, "postings", packed(postings[first : number + 1])), first])
            first, size = number + 1, 0
    return shards
