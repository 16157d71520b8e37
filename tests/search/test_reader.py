from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbtool.errors import KbError, NoIndex
from kbtool.search.format import MANIFEST
from kbtool.search.rank import search
from kbtool.search.reader import Index
from tests.search.library import ENGLISH, written


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


@pytest.mark.parametrize("kind", ["documents", "words", "postings"])
def test_a_damaged_or_missing_file_is_named(tmp_path: Path, kind: str) -> None:
    for damage in ("{", None):
        folder = tmp_path / f"{damage is None}"
        written(ENGLISH, "en", folder)
        for file in folder.glob(f"{kind}-*"):
            file.unlink() if damage is None else file.write_text(damage, encoding="utf-8")
        with pytest.raises(KbError, match=kind) as caught:
            search(Index(folder), "refund")
        assert "kbtool build" in caught.value.help


def test_a_hit_carries_what_a_result_shows(tmp_path: Path) -> None:
    (hit,) = search(written(ENGLISH, "en", tmp_path), "refund")
    assert (hit.id, hit.locale, hit.title, hit.url) == ("refund", "en", "How to get a refund", "hi/refund/")
    assert (hit.audience, hit.section) == ("public", "Section")
