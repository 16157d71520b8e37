from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kbtool.errors import KbError, NoIndex
from kbtool.search.build import build_index
from kbtool.search.format import MANIFEST, digest, file_name, generation, named, packed
from kbtool.search.rank import search
from kbtool.search.reader import AT_HAND, Index
from tests.search.library import ENGLISH, document, written


def test_a_missing_index_says_to_build(tmp_path: Path) -> None:
    with pytest.raises(NoIndex) as caught:
        Index(tmp_path / "nothing")
    assert "kbtool build" in caught.value.help


def test_another_version_says_to_build_again(tmp_path: Path) -> None:
    written(ENGLISH, "en", tmp_path)
    manifest = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    (tmp_path / MANIFEST).write_text(json.dumps(manifest | {"version": 99}), encoding="utf-8")
    with pytest.raises(KbError, match="version"):
        Index(tmp_path)


@pytest.mark.parametrize("kind", ["words", "ids", "shards", "postings", "passages"])
def test_a_damaged_or_missing_file_is_named(tmp_path: Path, kind: str) -> None:
    for damage in ("{", None):
        folder = tmp_path / f"{damage is None}"
        written(ENGLISH, "en", folder)
        for file in folder.glob(f"{kind}-*"):
            file.unlink() if damage is None else file.write_text(damage, encoding="utf-8")
        with pytest.raises(KbError, match=kind) as caught:
            search(Index(folder), "refund", among=["refund"])
        assert "kbtool build" in caught.value.help


def test_a_hit_carries_what_a_result_shows(tmp_path: Path) -> None:
    (hit,) = search(written(ENGLISH, "en", tmp_path), "refund")
    assert (hit.id, hit.locale, hit.title, hit.url) == ("refund", "en", "How to get a refund", "hi/refund/")
    assert (hit.audience, hit.section) == ("public", "Section")


def with_shards(folder: Path, kind: str, change: Callable[[Any], Any]) -> Index:
    """An index with other shards of that kind, whose digests match all the same."""
    files = build_index(ENGLISH, "en")
    manifest = json.loads(files[MANIFEST])
    shards = json.loads(files[manifest["files"]["shards"]])
    for number, made in enumerate(shards[kind]):
        if made:
            data = packed(change(json.loads(files[file_name(kind, made)])))
            files[named(kind, data)] = data
            shards[kind][number] = digest(data)
    data = packed(shards)
    manifest["files"]["shards"] = named("shards", data)
    manifest["generation"] = generation(manifest)
    for name, content in {**files, named("shards", data): data, MANIFEST: packed(manifest)}.items():
        (folder / name).write_bytes(content)
    return Index(folder)


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        ("passages", lambda rows: rows[:0], "passages-"),
        ("passages", lambda rows: [[15, *row[1:]] for row in rows], "passages-"),
        ("passages", lambda rows: [row[:-1] for row in rows], "passages-"),
        ("postings", lambda lists: dict.fromkeys(lists, "0999z"), "shards-"),
        ("postings", lambda lists: dict.fromkeys(lists, "0z"), "postings-"),
    ],
)
def test_nothing_is_taken_on_trust_although_the_digests_match(
    tmp_path: Path, kind: str, change: Callable[[Any], Any], told: str
) -> None:
    index = with_shards(tmp_path, kind, change)
    with pytest.raises(KbError, match=rf"damaged \({told}"):
        search(index, "refund")


def test_stems_without_a_document_find_nothing(tmp_path: Path) -> None:
    assert search(with_shards(tmp_path, "postings", lambda lists: dict.fromkeys(lists, "0")), "refund") == []


def test_the_lists_of_a_large_index_that_are_read_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbtool.search.build.SMALL", 2)
    index = written(ENGLISH, "en", tmp_path)
    stem = list(index.vocabulary.names).index("parcel")
    assert index.shard_of_stem(stem) == AT_HAND
    for file in tmp_path.glob("postings-*"):
        file.unlink()
    assert [hit.id for hit in search(index, "parcel")] == ["delivery"], "no other postings are needed"
    (frequent,) = tmp_path.glob("frequent-*")
    for damage in (b"{", b'{"parcel":"01a"}'):
        frequent.write_bytes(damage)
        with pytest.raises(KbError, match="frequent"):
            Index(tmp_path)
    frequent.unlink()
    with pytest.raises(KbError, match="frequent"):
        Index(tmp_path)


def test_nothing_is_read_before_it_is_needed(tmp_path: Path) -> None:
    index = written([*ENGLISH, document("other", "Quokkas")], "en", tmp_path)
    row = index.slots(["other"])
    (slot,) = row
    made = index.shards.passages[index.shard_of_slot(slot)]
    (tmp_path / file_name("passages", made)).unlink()
    assert [hit.id for hit in search(index, "parcel")] == ["delivery"]
    with pytest.raises(KbError, match="passages"):
        search(index, "quokkas")


def test_a_document_is_read_in_numbers_of_its_words(tmp_path: Path) -> None:
    index = written(ENGLISH, "en", tmp_path)
    (slot,) = index.slots(["password", "no such article"])
    text, surfaces = index.text(slot), index.vocabulary.surfaces
    assert [[surfaces[n] for n in sentence] for sentence in text.body] == [
        ["you", "forgot", "your", "password"],
        ["choose", "a", "new", "one"],
    ]
    assert [surfaces[n] for n in text.title] == ["reset", "your", "password"]
    assert text.aliases == ()
