"""Documents to index files: the vocabulary, where each stem occurs, and the passages of the articles."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbtool.lang.analyze import analyze
from kbtool.search import postings
from kbtool.search.analysis import Analysis, analysis_of
from kbtool.search.facts import packed_facts
from kbtool.search.format import CLASSES, MANIFEST, VERSION, digest, generation, named, packed
from kbtool.search.light import foreign_words, light_words
from kbtool.search.passages import Passages, passages_of, row_of
from kbtool.search.slots import slot_count, slots_of
from kbtool.search.synonyms import Synonyms
from kbtool.search.texts import Document, packed_texts
from kbtool.search.thesaurus import thesaurus
from kbtool.search.vocabulary import (
    Vocabulary,
    file_of,
    frequency_class,
    idf_table,
    light_stems,
)
from kbtool.search.weights import FIELDS, saturated

SMALL = 1000  # documents; each has a shard of passages of its own
NEIGHBOURS = 4  # documents in a shard of passages of a larger index, about
REQUESTS_SMALL, REQUESTS = 32, 8  # shards that a query may ask for
ROUNDED = 1.1  # lengths are rounded to powers of this


@dataclass(frozen=True)
class _Counted:
    """A document: its row, how often each stem occurs in each field, how long each field is."""

    slot: int
    passages: Passages
    frequencies: Mapping[str, Mapping[str, int]]
    lengths: Mapping[str, int]
    spoken: int


def build_index(
    documents: Iterable[Document],
    locale: str,
    synonyms: Synonyms | None = None,
    others: Collection[str] = (),
    analysis: Callable[[Document, str], Analysis] = analysis_of,
) -> dict[str, bytes]:
    """The files of an index, by name. The same documents give the same bytes, in any order.

    `others` are the other locales of the site; `analysis` gives what is known of a document.
    """
    listed = sorted(documents, key=lambda document: document.id)
    slots = slots_of(document.id for document in listed)
    words: dict[str, str] = {}
    counted = sorted(
        (_count(document, slots[document.id], analysis(document, locale), words) for document in listed),
        key=lambda one: one.slot,
    )
    lengths = _lengths(counted)
    weights = _weights(counted, lengths)
    files: dict[str, bytes] = {}
    vocabulary = _vocabulary(words, weights, locale, synonyms or {}, foreign_words(locale, others))
    lists = _lists(weights)
    often = postings.frequent(lists, _by_frequency(vocabulary)) if len(listed) > SMALL else {}
    rest = {stem: text for stem, text in lists.items() if stem not in often}
    shards = {
        "postings": [_part(files, "postings", data) for data in postings.shards(rest)],
        "passages": [_part(files, "passages", data) if data else "" for data in _passage_shards(counted)],
    }
    manifest = {
        "version": VERSION,
        "locale": locale,
        "generation": "",
        "texts": digest(packed_texts(listed)),
        "facts": digest(packed_facts(document.known for document in listed)),
        "documents": len(listed),
        "requests": REQUESTS_SMALL if len(listed) <= SMALL else REQUESTS,
        "lengths": lengths,
        "idf": idf_table(len(listed)),
        "files": {
            "words": _add(files, "words", packed(file_of(vocabulary))),
            "ids": _add(files, "ids", packed(_ids(counted))),
            "shards": _add(files, "shards", packed(shards)),
            "frequent": _add(files, "frequent", packed(often)) if often else "",
        },
    }
    manifest["generation"] = generation(manifest)
    return {MANIFEST: packed(manifest), **files}


def _ids(counted: Sequence[_Counted]) -> list[int | str]:
    return [cell for one in counted for cell in (one.slot, one.passages.id)]


def _add(files: dict[str, bytes], kind: str, data: bytes) -> str:
    name = named(kind, data)
    files[name] = data
    return name


def _part(files: dict[str, bytes], kind: str, data: bytes) -> str:
    """Add a shard; its digest is enough to name it."""
    _add(files, kind, data)
    return digest(data)


def _count(document: Document, slot: int, analysis: Analysis, words: dict[str, str]) -> _Counted:
    """Count a document; surfaces and their stems are added to `words`.

    A surface has one stem, the first that was seen: résumé and resume are the same word to look up.
    """
    stems = {surface: words.setdefault(surface, stem) for surface, stem in analysis.stems.items()}
    frequencies: dict[str, dict[str, int]] = {}
    for name, counts in analysis.counts.items():
        found = frequencies[name] = {}
        for surface, times in counts.items():
            stem = stems[surface]
            found[stem] = found.get(stem, 0) + times
    passages = passages_of(document, slot, analysis.sentences, analysis.aliases)
    return _Counted(slot, passages, frequencies, analysis.lengths, analysis.spoken)


def _lengths(counted: Sequence[_Counted]) -> dict[str, float]:
    """The average length of each field, and of a sentence, rounded."""
    found = {
        name: _rounded(sum(one.lengths[name] for one in counted) / max(1, len(counted))) for name in FIELDS
    }
    words, sentences = (sum(sum(one.lengths.values()) for one in counted), sum(one.spoken for one in counted))
    return {**found, "sentence": _rounded(words / max(1, sentences))}


def _rounded(length: float) -> float:
    """A length, at least 1, so that few edits change it."""
    return round(ROUNDED ** round(math.log(max(1.0, length), ROUNDED)), 2)


def _weights(counted: Sequence[_Counted], lengths: Mapping[str, float]) -> dict[str, dict[int, float]]:
    """Stem -> slot -> weight: BM25 per field without inverse document frequency, weighted and added."""
    found: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for name, field in FIELDS.items():
        for one in counted:
            norm = field.norm(one.lengths[name], lengths[name])
            slot = one.slot
            for stem, n in one.frequencies[name].items():
                row = found[stem]
                row[slot] = row.get(slot, 0.0) + field.weight * saturated(n, norm)
    return found


def _lists(weights: Mapping[str, Mapping[int, float]]) -> dict[str, str]:
    return {stem: postings.written(row) for stem, row in weights.items()}


def _by_frequency(vocabulary: Vocabulary) -> list[str]:
    """The stems that queries ask for often: those of most documents, without question and function words."""
    light = light_stems(vocabulary)
    counted = zip(vocabulary.classes, vocabulary.names, range(len(vocabulary.names)), strict=True)
    listed = [(-CLASSES.index(kind), name) for kind, name, number in counted if number not in light]
    return [name for _, name in sorted(listed)]


def _passage_shards(counted: Sequence[_Counted]) -> list[bytes]:
    """The rows of neighbouring slots together; b'' where there is no document."""
    count = slot_count(len(counted))
    size = 1 if len(counted) <= SMALL else NEIGHBOURS * 1 << max(0, (count // len(counted)).bit_length() - 1)
    rows: list[list[object]] = [[] for _ in range(count // size)]
    for one in counted:
        rows[one.slot // size].append(row_of(one.passages))
    return [packed(listed) if listed else b"" for listed in rows]


def _vocabulary(
    words: Mapping[str, str],
    weights: Mapping[str, Mapping[int, float]],
    locale: str,
    synonyms: Synonyms,
    foreign: frozenset[str],
) -> Vocabulary:
    surfaces = sorted(words)
    names = sorted(weights)
    numbers = {stem: number for number, stem in enumerate(names)}
    meant = {
        typed: [
            numbers[stem]
            for target in targets
            for token in analyze(target, locale)
            if (stem := words.get(token.surface, token.stem)) in numbers
        ]
        for typed, targets in sorted(synonyms.items())
    }
    return Vocabulary(
        surfaces,
        names,
        [numbers[words[surface]] for surface in surfaces],
        "".join(frequency_class(len(weights[name])) for name in names),
        light_words(locale),
        {typed: found for typed, found in meant.items() if found},
        _groups(numbers, locale),
        foreign,
    )


def _groups(numbers: Mapping[str, int], locale: str) -> list[list[int | str]]:
    """The groups of the thesaurus of which a word occurs."""
    found: list[list[int | str]] = []
    for group in thesaurus(locale):
        members = list(dict.fromkeys(numbers.get(token.stem, token.surface) for token in group))
        if len(members) > 1 and any(isinstance(member, int) for member in members):
            found.append(members)
    return found
