from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kbtool.search.build import build_index
from kbtool.search.format import CLASSES, DIGEST_LENGTH, MANIFEST, file_name, generation, packed
from kbtool.search.manifest import OtherVersionError, manifest_of
from kbtool.search.passages import passages_of
from kbtool.search.shapes import ids_of, lists_of, rows_of, shards_of
from kbtool.search.slots import slot_count, slots_of
from kbtool.search.vocabulary import vocabulary_in
from tests.search.library import ENGLISH

FILES = build_index(ENGLISH, "en")
BUILT: dict[str, Any] = json.loads(FILES[MANIFEST])
VALUES: dict[str, Any] = {kind: json.loads(FILES[name]) for kind, name in BUILT["files"].items() if name}
MADE = "0123456789ab"


def resealed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The manifest with a change, and the generation that goes with it: wrong, but not by its digest."""
    manifest = json.loads(FILES[MANIFEST])
    change(manifest)
    manifest["generation"] = generation(manifest)
    return packed(manifest)


def test_a_built_manifest_is_taken() -> None:
    manifest = manifest_of(FILES[MANIFEST])
    assert manifest.generation == BUILT["generation"]
    assert (manifest.count, manifest.locale) == (len(ENGLISH), "en")
    named = {"words": manifest.words, "ids": manifest.ids, "shards": manifest.shards}
    assert {**named, "frequent": ""} == BUILT["files"]
    assert manifest.frequent == ""
    name = f"frequent-{MADE}.json"
    assert manifest_of(resealed(lambda m: m["files"].update(frequent=name))).frequent == name
    assert [manifest.idf[kind] for kind in CLASSES] == BUILT["idf"]
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
        lambda m: m.update(texts="../../secret"),
        lambda m: m.update(texts="../../secre/"),
        lambda m: m.update(texts=MADE + "0"),
        lambda m: m.update(more=1),
        lambda m: m.pop("texts"),
        lambda m: m.update(requests=0),
        lambda m: m.update(requests=True),
        lambda m: m.update(requests=1.5),
        lambda m: m.update(lengths=[]),
        lambda m: m["lengths"].pop("sentence"),
        lambda m: m["lengths"].update(more=1.0),
        lambda m: m["lengths"].update(body=0.0),
        lambda m: m["lengths"].update(body=1),
        lambda m: m["lengths"].update(body="1.0"),
        lambda m: m.update(idf={}),
        lambda m: m["idf"].pop(),
        lambda m: m["idf"].append(0.0),
        lambda m: m["idf"].__setitem__(0, None),
        lambda m: m["idf"].__setitem__(0, 1),
        lambda m: m["files"].update(words=f"../words-{MADE}.json"),
        lambda m: m["files"].update(words=f"words-{MADE[:-1]}.json"),
        lambda m: m["files"].update(words=f"words-{MADE[:-1]}G.json"),
        lambda m: m["files"].update(words=m["files"]["ids"]),
        lambda m: m["files"].update(words=1),
        lambda m: m["files"].update(words=""),
        lambda m: m["files"].update(frequent=None),
        lambda m: m["files"].update(frequent=f"frequent-{MADE}0.json"),
        lambda m: m["files"].pop("frequent"),
        lambda m: m["files"].pop("words"),
        lambda m: m["files"].update(more=f"more-{MADE}.json"),
        lambda m: m.update(files=[]),
    ],
)
def test_a_manifest_of_another_shape_is_damage(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(ValueError, match="not what a build writes"):
        manifest_of(resealed(change))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize("key", ["lengths", "idf"])
def test_numbers_that_are_none_are_damage(key: str, number: str) -> None:
    """Python reads them, browsers do not."""
    before = packed(BUILT[key])
    old = packed(BUILT["lengths"]["body"] if key == "lengths" else BUILT["idf"][0])
    text = FILES[MANIFEST].replace(before, before.replace(old, number.encode(), 1))
    assert text != FILES[MANIFEST]
    with pytest.raises(ValueError, match=r"."):
        manifest_of(text)
    value = json.loads(text)
    with pytest.raises(ValueError, match=r"."):
        manifest_of(packed({**value, "generation": generation(value)}))


def test_another_version_is_told_apart() -> None:
    with pytest.raises(OtherVersionError):
        manifest_of(resealed(lambda m: m.update(version=99)))
    with pytest.raises(OtherVersionError):
        manifest_of(b'{"version":2}')


def test_shards_are_digests_of_as_many_slots_as_there_are() -> None:
    right = VALUES["shards"]
    shards = shards_of(right, len(ENGLISH))
    assert (shards.postings, shards.passages) == (right["postings"], right["passages"])
    assert shards.neighbours * len(shards.passages) == slot_count(len(ENGLISH))
    assert {file_name("passages", made) for made in shards.passages if made} <= FILES.keys()
    passages = right["passages"]
    changes: list[Any] = [
        [],
        {},
        {"postings": right["postings"]},
        {"passages": passages, "postings": right["postings"]},
        right | {"more": []},
        right | {"postings": None},
        right | {"postings": [1]},
        right | {"postings": [""]},
        right | {"postings": [MADE + "0"]},
        right | {"postings": ["../../secret"]},
        right | {"passages": []},
        right | {"passages": {}},
        right | {"passages": passages[:-1]},
        right | {"passages": [*passages, *passages]},
        right | {"passages": [None, *passages[1:]]},
        right | {"passages": ["x" * DIGEST_LENGTH, *passages[1:]]},
    ]
    for wrong in changes:
        with pytest.raises(ValueError, match="build"):
            shards_of(wrong, len(ENGLISH))


def test_ids_lie_in_slots_of_their_own() -> None:
    right = VALUES["ids"]
    assert ids_of(right, len(ENGLISH)) == slots_of(one.id for one in ENGLISH)
    first, id = right[:2]
    changes: list[Any] = [
        {},
        right[:-2],
        right[:-1],
        [*right, 15, "more"],
        [id, first, *right[2:]],
        [*right[2:], *right[:2]],
        [right[2], id, *right[2:]],
        [True, id, *right[2:]],
        [-1, id, *right[2:]],
        [float(first), id, *right[2:]],
        [first, None, *right[2:]],
    ]
    for wrong in changes:
        with pytest.raises(ValueError, match="build"):
            ids_of(wrong, len(ENGLISH))


@pytest.mark.parametrize("text", ["0", "01a", "012b7a103C"])
def test_lists_are_texts_of_postings(text: str) -> None:
    assert lists_of({"refund": text}) == {"refund": text}


@pytest.mark.parametrize(
    "wrong",
    [
        *([], None, {"a": 1}, {"a": None}, {"a": ["0"]}),
        *({"a": text} for text in ("", "1a", "00a", "01", "01é", "0-1a", "01a ", "01a\n", "0 1a", "0१a")),
    ],
)
def test_other_lists_are_damage(wrong: Any) -> None:
    with pytest.raises(ValueError, match="build"):
        lists_of(wrong)


def test_rows_are_documents() -> None:
    slots = slots_of(one.id for one in ENGLISH)
    found = [
        row
        for name in sorted(FILES)
        if name.startswith("passages-")
        for row in rows_of(json.loads(FILES[name]))
    ]
    assert sorted(found, key=lambda row: row.slot) == sorted(
        (passages_of(one, slots[one.id]) for one in ENGLISH), key=lambda row: row.slot
    )
    changes: list[Any] = [{}, None, "[]", [[]], [None]]
    for wrong in changes:
        with pytest.raises(ValueError, match=r"build|row"):
            rows_of(wrong)


def test_a_built_vocabulary_is_taken() -> None:
    words = vocabulary_in(VALUES["words"])
    assert words.surfaces == VALUES["words"]["surfaces"].split(" ")
    assert len(words.names) == len(words.classes)
