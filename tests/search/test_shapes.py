from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kbtool.search.build import build_index
from kbtool.search.format import MANIFEST, generation, packed
from kbtool.search.shapes import OtherVersionError, documents_of, manifest_of, postings_of, words_of
from tests.search.library import ENGLISH

FILES = build_index(ENGLISH, "en")
BUILT: dict[str, Any] = json.loads(FILES[MANIFEST])
WORDS: dict[str, Any] = json.loads(FILES[BUILT["files"]["words"]])
ROW = ["id", "url", "title", "section", "description", "public"]


def resealed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The manifest with a change, and the generation that goes with it: wrong, but not by its digest."""
    manifest = json.loads(FILES[MANIFEST])
    change(manifest)
    manifest["generation"] = generation(manifest)
    return packed(manifest)


def test_a_built_manifest_is_taken() -> None:
    manifest = manifest_of(FILES[MANIFEST])
    assert manifest.generation == BUILT["generation"]
    assert [list(shard) for shard in manifest.shards] == BUILT["shards"]
    assert manifest_of(resealed(lambda _: None)) == manifest


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b"[" * 100_000,
        FILES[MANIFEST] + b"\n",
        FILES[MANIFEST].replace(b'"documents":3', b'"documents":4'),
        FILES[MANIFEST].replace(b'"locale":"en"', b'"locale":"hi"'),
    ],
    ids=["empty", "cut", "no text", "list", "null", "deep", "longer", "other number", "other locale"],
)
def test_other_bytes_than_a_build_wrote_are_damage(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        manifest_of(data)
    assert not isinstance(caught.value, OtherVersionError)


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.update(locale=1),
        lambda m: m.update(documents=True),
        lambda m: m.update(documents=-1),
        lambda m: m.update(version=True),
        lambda m: m.update(texts="../../secret/0000"),
        lambda m: m.update(more=1),
        lambda m: m.pop("texts"),
        lambda m: m["files"].update(words="../words-0123456789abcdef.json"),
        lambda m: m["files"].update(words=m["files"]["documents"]),
        lambda m: m["files"].pop("words"),
        lambda m: m.update(files=[]),
        lambda m: m.update(shards=[["postings-0123456789abcdef.json", 1]]),
        lambda m: m.update(shards=[["postings-0123456789abcdef.json", 0]] * 2),
        lambda m: m.update(shards=[[]]),
        lambda m: m.update(shards={}),
    ],
)
def test_a_manifest_of_another_shape_is_damage(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(ValueError, match="not what a build writes"):
        manifest_of(resealed(change))


def test_another_version_is_told_apart() -> None:
    with pytest.raises(OtherVersionError):
        manifest_of(resealed(lambda m: m.update(version=99)))


def test_documents_are_rows_of_six_texts() -> None:
    assert documents_of([ROW], 1) == [ROW]
    changes: list[Any] = [{}, [], [ROW, ROW], [ROW[:5]], [[*ROW[:5], None]], ["abcdef"]]
    for wrong in changes:
        with pytest.raises(ValueError, match="build"):
            documents_of(wrong, 1)


def test_words_belong_together() -> None:
    assert words_of(WORDS).surfaces == WORDS["surfaces"].split(" ")
    stems = WORDS["stems"]
    changes: list[dict[str, Any]] = [
        {"surfaces": None},
        {"surfaces": WORDS["surfaces"] + " more"},
        {"stems": stems[:-1]},
        {"stems": [stem + 1 for stem in stems]},
        {"stems": [str(stem) for stem in stems]},
        {"light": [len(stems)]},
        {"light": None},
        {"synonyms": []},
        {"synonyms": {"a": [len(stems)]}},
        {"synonyms": {"a": 1}},
    ]
    for wrong in changes:
        with pytest.raises(ValueError, match="build"):
            words_of(WORDS | wrong)
    with pytest.raises(ValueError, match="build"):
        words_of([])


def test_postings_name_documents_that_are_there() -> None:
    right = [[0, 5, 2, 7], [1, 1]]
    assert postings_of(right, 2, 3) == right
    changes: list[Any] = [
        [],
        [[0, 5]],
        [[0, 5, 3, 7], [1, 1]],
        [[0], [1, 1]],
        [[0, -5], [1, 1]],
        [[0.5, 5], [1, 1]],
        {},
    ]
    for wrong in changes:
        with pytest.raises(ValueError, match="build"):
            postings_of(wrong, 2, 3)
