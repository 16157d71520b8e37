"""The manifest of an index: what belongs together in one generation, and whether it is what a build wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeGuard

from kbtool.search.format import CLASSES, DIGEST_LENGTH, VERSION, generation, loaded, packed

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


def manifest_of(data: bytes) -> Manifest:
    """The manifest in these bytes; ValueError unless they are exactly what a build wrote."""
    value = loaded(data)
    want(isinstance(value, dict) and is_number(value.get("version")))
    if value["version"] != VERSION:
        raise OtherVersionError
    want(packed(value) == data)
    want(value.get("generation") == generation(value))
    want(list(value) == KEYS and isinstance(value["locale"], str))
    want(is_number(value["documents"]) and is_number(value["requests"]) and value["requests"] > 0)
    lengths, idf, files = value["lengths"], value["idf"], value["files"]
    want(isinstance(lengths, dict) and list(lengths) == LENGTHS and all(map(_is_length, lengths.values())))
    want(isinstance(idf, list) and len(idf) == len(CLASSES) and all(map(_is_weight, idf)))
    want(isinstance(files, dict) and list(files) == KINDS)
    want(all(_is_name(name, kind) or (kind, name) == ("frequent", "") for kind, name in files.items()))
    want(all(isinstance(value[key], str) and is_digest(value[key]) for key in ("texts", "facts")))
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
    return value == f"{kind}-{end}.json" and is_digest(end)


def is_digest(text: Any) -> bool:
    """Whether it is a digest as `format.digest` writes it."""
    return len(text) == DIGEST_LENGTH and HEXADECIMAL.issuperset(text)


def want(right: bool) -> None:
    """Raise a ValueError unless it is right."""
    if not right:
        raise ValueError("not what a build writes")
