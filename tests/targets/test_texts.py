from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kbtool.search.format import digest
from kbtool.search.texts import packed_texts, read_texts, texts_name
from kbtool.targets import disk
from kbtool.targets.texts import KEPT, keep_texts
from tests.search.library import ENGLISH, HINDI, document


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def version(number: int) -> str:
    return texts_name("en", digest(packed_texts([document("a", f"Version {number}")])))


def keep(number: int, folder: Path) -> Path:
    """Keep a version, whose file is as old as its number says."""
    keep_texts({"en": [document("a", f"Version {number}")]}, folder)
    os.utime(folder / version(number), (number, number))
    return folder / version(number)


def test_each_locale_has_a_private_file_named_by_its_digest(tmp_path: Path) -> None:
    folder = tmp_path / "texts" / "public"
    keep_texts({"en": ENGLISH, "hi": HINDI}, folder)
    assert len(names(folder)) == 2
    assert {row["id"] for row in read_texts(folder, "hi", digest(packed_texts(HINDI)))} == {
        one.id for one in HINDI
    }
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_what_is_there_is_not_written_again_unless_it_is_damaged(tmp_path: Path) -> None:
    file = keep(1, tmp_path)
    inode, right = file.stat().st_ino, file.read_bytes()
    keep(1, tmp_path)
    assert file.stat().st_ino == inode
    file.write_bytes(b"damaged")
    keep(1, tmp_path)
    assert file.read_bytes() == right
    file.chmod(0o644)
    keep(1, tmp_path)
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_newest_of_each_locale_are_kept_and_one_that_is_used_again_is_new(tmp_path: Path) -> None:
    keep_texts({"en-GB": ENGLISH}, tmp_path)
    (british,) = names(tmp_path)
    for number in range(1, KEPT + 1):
        keep(number, tmp_path)
    keep_texts({"en": [document("a", "Version 1")]}, tmp_path)
    keep(KEPT + 1, tmp_path)
    assert names(tmp_path) == {british, version(1), *(version(number) for number in range(3, KEPT + 2))}


def test_what_does_not_belong_there_is_removed(tmp_path: Path) -> None:
    (tmp_path / "en.json").write_text("[]", encoding="utf-8")
    (tmp_path / f".{version(1)}.0123.new").touch()
    (tmp_path / "folder").mkdir()  # nobody knows whose it is
    (tmp_path / "letter.txt").touch()
    keep(2, tmp_path)
    assert names(tmp_path) == {version(2), "folder", "letter.txt"}


def test_a_full_disk_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(1, tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk, "sync", full)
    with pytest.raises(OSError, match="No space"):
        keep(2, tmp_path)
    assert names(tmp_path) == {version(1)}
