from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.errors import KbError, NoIndex
from kbtool.search.build import build_index
from kbtool.search.files import MOST_STARTS, Replaced, snapshot, starting_over
from kbtool.search.format import MANIFEST
from tests.search.library import ENGLISH, document, written

NEWER = [*ENGLISH, document("new", "Invoices")]


def replaced(folder: Path) -> None:
    """Let the index be that of a newer build, as an exchange of folders does."""
    for old in folder.iterdir():
        old.unlink()
    written(NEWER, "en", folder)


def test_a_file_that_went_with_its_generation_is_no_damage(tmp_path: Path) -> None:
    written(ENGLISH, "en", tmp_path)
    before = snapshot(tmp_path)
    assert not before.was_replaced()
    replaced(tmp_path)
    assert before.was_replaced()
    with pytest.raises(Replaced):
        before.read(before.manifest.ids)
    now = snapshot(tmp_path)
    assert len(now.read(now.manifest.ids)) == 2 * len(NEWER)


def test_a_missing_file_of_the_same_generation_is_damage(tmp_path: Path) -> None:
    written(ENGLISH, "en", tmp_path)
    now = snapshot(tmp_path)
    (tmp_path / now.manifest.words).unlink()
    with pytest.raises(KbError, match=r"damaged \(words-"):
        now.read(now.manifest.words)


def test_wrong_bytes_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(ENGLISH, "en", tmp_path)
    now = snapshot(tmp_path)
    (tmp_path / now.manifest.words).write_bytes((tmp_path / now.manifest.ids).read_bytes())
    waits: list[float] = []
    monkeypatch.setattr("kbtool.search.files.time.sleep", waits.append)
    with pytest.raises(KbError, match=r"damaged \(words-"):
        starting_over(tmp_path, lambda: now.read(now.manifest.words))
    assert not any(waits)


def test_a_folder_that_is_away_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, aside = tmp_path / "en", tmp_path / "aside"
    written(ENGLISH, "en", place)
    place.rename(aside)
    with pytest.raises(NoIndex):
        snapshot(place)
    looks: list[float] = []

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            aside.rename(place)

    monkeypatch.setattr("kbtool.search.files.time.sleep", sleep)
    assert snapshot(place).manifest.locale == "en"
    assert len(looks) == 3


def test_a_damaged_manifest_is_told(tmp_path: Path) -> None:
    written(ENGLISH, "en", tmp_path)
    (tmp_path / MANIFEST).write_bytes(build_index(ENGLISH, "en")[MANIFEST][:-1])
    with pytest.raises(KbError, match=r"damaged \(manifest.json\)") as caught:
        snapshot(tmp_path)
    assert "kbtool build" in caught.value.help


def test_starting_over_ends_some_time(tmp_path: Path) -> None:
    asked = []

    def ask() -> str:
        asked.append(1)
        if len(asked) < 3:
            raise Replaced(tmp_path)
        return "answer"

    assert starting_over(tmp_path, ask) == "answer"
    assert len(asked) == 3

    def never() -> str:
        asked.append(1)
        raise Replaced(tmp_path)

    asked.clear()
    with pytest.raises(KbError, match="again and again"):
        starting_over(tmp_path, never)
    assert len(asked) == MOST_STARTS
