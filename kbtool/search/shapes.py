"""What the files of an index must look like. Their digests match; but a reader takes nothing on trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeGuard

from kbtool.search.format import DIGEST_LENGTH, VERSION, generation, loaded, packed
from kbtool.search.passages import Passages, passages_in
from kbtool.search.postings import LIST
from kbtool.search.slots import slot_count
from kbtool.search.vocabulary import CLASSES

HEXADECIMAL = frozenset("0123456789abcdef")
LENGTHS = ["body", "title", "aliases", "sentence"]
KEYS = [
    *("version", "locale", "generation", "texts", "facts"),
    *("documents", "requests", "lengths", "idf", "files"),
]
KINDS = ["words", "ids", "shards", "frequent"]


class OtherVersionError(ValueError):
    """An index that another version of kbtool wrote."""


@dataclass(frozen=True)
class Manifest:
    """What belongs together: the names of the files of one generation of an index, and its measures."""

    locale: str
    generation: str
    texts: str
    facts: str
    count: int
    requests: int
    lengths: Mapping[str, float]
    idf: Mapping[str, float]
    """By the letter of the class."""
    words: str
    ids: str
    shards: str
    frequent: str


@dataclass(frozen=True)
class Shards:
    """The digests of all shards, and how many slots lie in one shard of passages."""

    postings: Sequence[str]
    passages: Sequence[str]
    neighbours: int


def manifest_of(data: bytes) -> Manifest:
    """The manifest in these bytes; ValueError unless they are exactly what a build wrote."""
    value = loaded(data)
    _want(isinstance(value, dict) and is_number(value.get("version")))
    if value["version"] != VERSION:
        raise OtherVersionError
    _want(packed(value) == data)
    _want(value.get("generation") == generation(value))
    _want(list(value) == KEYS and isinstance(value["locale"], str))
    _want(is_number(value["documents"]) and is_number(value["requests"]) and value["requests"] > 0)
    lengths, idf, files = value["lengths"], value["idf"], value["files"]
    _want(isinstance(lengths, dict) and list(lengths) == LENGTHS and all(map(_is_length, lengths.values())))
    _want(isinstance(idf, list) and len(idf) == len(CLASSES) and all(map(_is_weight, idf)))
    _want(isinstance(files, dict) and list(files) == KINDS)
    _want(all(_is_name(name, kind) or (kind, name) == ("frequent", "") for kind, name in files.items()))
    _want(all(isinstance(value[key], str) and _is_digest(value[key]) for key in ("texts", "facts")))
    return Manifest(
        locale=value["locale"],
        generation=value["generation"],
        texts=value["texts"],
        facts=value["facts"],
        count=value["documents"],
        requests=value["requests"],
        lengths=lengths,
        idf=dict(zip(CLASSES, idf, strict=True)),
        words=files["words"],
        ids=files["ids"],
        shards=files["shards"],
        frequent=files["frequent"],
    )


def shards_of(value: object, documents: int) -> Shards:
    """The digests of the shards of so many documents."""
    table = _table(value)
    _want(list(table) == ["postings", "passages"])
    postings, passages = map(_row, table.values())
    _want(all(isinstance(made, str) for made in (*postings, *passages)))
    _want(len(postings) > 0 and len(passages) > 0)
    _want(all(map(_is_digest, postings)) and all(_is_digest(made) for made in passages if made))
    slots = slot_count(documents)
    _want(slots % len(passages) == 0)
    return Shards(postings, passages, slots // len(passages))


def ids_of(value: object, documents: int) -> dict[str, int]:
    """Id -> slot of so many documents."""
    row = _row(value)
    _want(len(row) == 2 * documents)
    slots, ids = row[::2], row[1::2]
    _want(all(map(is_number, slots)) and slots == sorted(set(slots)))
    _want(all(isinstance(id, str) for id in ids))
    return dict(zip(ids, slots, strict=True))


def lists_of(value: object) -> dict[str, str]:
    """Stem -> the text with its list."""
    table = _table(value)
    _want(all(isinstance(text, str) and LIST.fullmatch(text) for text in table.values()))
    return table


def rows_of(value: object) -> list[Passages]:
    """The documents in a shard of passages."""
    return [passages_in(row) for row in _row(value)]


def _table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("not what a build writes")
    return value


def _row(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not what a build writes")
    return value


def is_number(value: object) -> bool:
    """Whether it is a whole number from 0; True and False are none."""
    return type(value) is int and value >= 0


def _is_length(value: object) -> bool:
    return _is_weight(value) and value >= 1


def _is_weight(value: Any) -> TypeGuard[float]:
    """Whether it is a number from 0. Python takes NaN and Infinity for JSON, a browser does not."""
    return type(value) is float and value >= 0 and isfinite(value)


def _is_name(value: object, kind: str) -> bool:
    """Whether it is a file name as `named` makes it: nothing that leads out of the folder."""
    if not isinstance(value, str):
        return False
    end = value.removeprefix(f"{kind}-").removesuffix(".json")
    return value == f"{kind}-{end}.json" and _is_digest(end)


def _is_digest(text: Any) -> bool:
    return len(text) == DIGEST_LENGTH and HEXADECIMAL.issuperset(text)


def _want(right: bool) -> None:
    if not right:
        raise ValueError("not what a build writes")
