"""What the files of an index must look like. Their digests match; but a reader takes nothing on trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kbtool.search.format import DIGEST_LENGTH, VERSION, generation, loaded, packed

HEXADECIMAL = frozenset("0123456789abcdef")


class OtherVersionError(ValueError):
    """An index that another version of kbtool wrote."""


@dataclass(frozen=True)
class Manifest:
    """What belongs together: the names of all files of one generation of an index."""

    locale: str
    generation: str
    texts: str
    count: int
    documents: str
    words: str
    shards: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class WordList:
    """The words of an index: see `format`."""

    surfaces: Sequence[str]
    stems: Sequence[int]
    light: frozenset[int]
    synonyms: Mapping[str, Sequence[int]]


def manifest_of(data: bytes) -> Manifest:
    """The manifest in these bytes; ValueError unless they are exactly what a build wrote."""
    value = loaded(data)
    _want(isinstance(value, dict) and is_number(value.get("version")))
    if value["version"] != VERSION:
        raise OtherVersionError
    _want(packed(value) == data)
    _want(value.get("generation") == generation(value))
    keys = ["version", "locale", "generation", "texts", "documents", "files", "shards"]
    _want(list(value) == keys and isinstance(value["locale"], str) and is_number(value["documents"]))
    files, shards, texts = value["files"], value["shards"], value["texts"]
    _want(isinstance(files, dict) and list(files) == ["documents", "words"])
    _want(all(_is_name(name, kind) for kind, name in files.items()))
    _want(isinstance(texts, str) and _is_digest(texts))
    _want(isinstance(shards, list) and all(isinstance(row, list) and len(row) == 2 for row in shards))
    _want(all(_is_name(name, "postings") and is_number(first) for name, first in shards))
    firsts = [first for _, first in shards]
    _want(firsts[:1] in ([], [0]) and firsts == sorted(set(firsts)))
    return Manifest(
        value["locale"],
        value["generation"],
        texts,
        value["documents"],
        files["documents"],
        files["words"],
        tuple((name, first) for name, first in shards),
    )


def documents_of(value: Any, count: int) -> list[list[str]]:
    """The rows of the documents."""
    _want(isinstance(value, list) and len(value) == count)
    for row in value:
        _want(isinstance(row, list) and len(row) == 6 and all(isinstance(cell, str) for cell in row))
    rows: list[list[str]] = value
    return rows


def words_of(value: Any) -> WordList:
    """The words, their stems, and what readers may type for them."""
    _want(isinstance(value, dict) and isinstance(value.get("surfaces"), str))
    surfaces = value["surfaces"].split(" ") if value["surfaces"] else []
    stems, light, synonyms = value.get("stems"), value.get("light"), value.get("synonyms")
    _want(_are_numbers(stems) and len(stems) == len(surfaces))
    _want(set(stems) == set(range(max(stems, default=-1) + 1)))
    _want(_are_numbers(light, len(surfaces)) and isinstance(synonyms, dict))
    _want(all(_are_numbers(meant, len(surfaces)) for meant in synonyms.values()))
    return WordList(surfaces, stems, frozenset(light), synonyms)


def postings_of(value: Any, stems: int, documents: int) -> list[list[int]]:
    """The postings of so many stems, which name no more than so many documents."""
    _want(isinstance(value, list) and len(value) == stems)
    for row in value:
        _want(_are_numbers(row) and len(row) % 2 == 0 and sum(row[::2]) < documents)
    rows: list[list[int]] = value
    return rows


def is_number(value: object) -> bool:
    """Whether it is a whole number from 0; True and False are none."""
    return type(value) is int and value >= 0


def _are_numbers(value: object, below: int | None = None) -> bool:
    if not isinstance(value, list) or not all(map(is_number, value)):
        return False
    return below is None or max(value, default=-1) < below


def _is_name(value: object, kind: str) -> bool:
    """Whether it is a file name as `named` makes it: nothing that leads out of the folder."""
    if not isinstance(value, str):
        return False
    end = value.removeprefix(f"{kind}-").removesuffix(".json")
    return value == f"{kind}-{end}.json" and _is_digest(end)


def _is_digest(text: str) -> bool:
    return len(text) == DIGEST_LENGTH and HEXADECIMAL.issuperset(text)


def _want(right: bool) -> None:
    if not right:
        raise ValueError("not what a build writes")
