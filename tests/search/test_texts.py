from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kbtool.search.format import digest, packed
from kbtool.search.texts import NoTexts, packed_texts, read_texts, texts_name
from tests.search.library import ENGLISH, HINDI


def write(folder: Path, data: bytes) -> str:
    (folder / texts_name("hi", digest(data))).write_bytes(data)
    return digest(data)


def test_the_same_documents_give_the_same_texts_in_any_order(tmp_path: Path) -> None:
    data = packed_texts(HINDI)
    assert data == packed_texts(list(reversed(HINDI))) != packed_texts(ENGLISH)
    rows = read_texts(tmp_path, "hi", write(tmp_path, data))
    assert [row["id"] for row in rows] == sorted(one.id for one in HINDI)
    assert {row["id"]: row["fields"] for row in rows} == {one.id: one.fields for one in HINDI}


def test_those_that_are_missing_or_damaged_say_to_build(tmp_path: Path) -> None:
    name = write(tmp_path, packed_texts(HINDI))
    file = tmp_path / texts_name("hi", name)
    file.write_bytes(file.read_bytes().replace("तीन".encode(), "चार".encode()))
    with pytest.raises(NoTexts, match="damaged") as caught:
        read_texts(tmp_path, "hi", name)
    assert "kbtool build" in caught.value.help
    file.unlink()
    with pytest.raises(NoTexts, match="is missing"):
        read_texts(tmp_path, "hi", name)
    file.mkdir()
    with pytest.raises(NoTexts, match="not to be read"):
        read_texts(tmp_path, "hi", name)


ROW = {"id": "a", "title": "A", "fields": {"body": "b"}}


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"a": 1},
        3,
        None,
        [3],
        [{}],
        [ROW | {"id": 1}],
        [ROW | {"fields": []}],
        [ROW | {"fields": {"x": 1}}],
    ],
)
def test_another_shape_is_damage_whatever_the_digest(tmp_path: Path, value: Any) -> None:
    with pytest.raises(NoTexts, match="damaged"):
        read_texts(tmp_path, "hi", write(tmp_path, packed(value)))


@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"\xff", b'["\xed\xa0\x80"]'])
def test_neither_is_what_is_no_json(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NoTexts, match="damaged"):
        read_texts(tmp_path, "hi", write(tmp_path, data))
