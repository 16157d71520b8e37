from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from kbtool.targets import disk

FILES = [("index.html", b"a" * 70_000), ("deep/er/index.html", b"b")]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize("private", [False, True])
def test_the_rights_do_not_depend_on_the_umask(tmp_path: Path, umask: int, private: bool) -> None:
    before = os.umask(umask)
    try:
        size = disk.write_tree(FILES, tmp_path / "tree", private=private)
    finally:
        os.umask(before)
    assert size == 70_001
    folders = [tmp_path / "tree", tmp_path / "tree/deep", tmp_path / "tree/deep/er"]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700 if private else 0o755}
    assert {(tmp_path / "tree" / name).stat().st_mode & 0o777 for name, _ in FILES} == {
        0o600 if private else 0o644
    }
    assert [(tmp_path / "tree" / name).read_bytes() for name, _ in FILES] == [data for _, data in FILES]


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        disk.write_tree([FILES[0], FILES[0]], tmp_path / "tree")


def test_a_private_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    (tmp_path / ".record.json.new").write_bytes(b"of a run that was killed")
    for data in (b"one", b"other"):
        disk.write_over(path, data)
        assert path.read_bytes() == data
        assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["record.json"]


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no exchange there")
def test_two_folders_change_places(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert disk.exchange(tmp_path / "one", tmp_path / "other")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["other"]
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["one"]
    with pytest.raises(OSError, match="No such file") as caught:
        disk.exchange(tmp_path / "one", tmp_path / "missing")
    assert caught.value.errno == errno.ENOENT


def test_where_the_system_cannot_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_function", lambda _: None)
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    assert not disk.exchange(tmp_path / "one", tmp_path / "other")
    disk.write_tree(FILES, tmp_path / "tree")
    disk.sync_tree(tmp_path / "tree")  # one file after the other


def test_a_rename_inside_a_mount_is_known_to_work(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    assert disk.same_mount(tmp_path / "one", tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["one"]
    if Path("/dev/shm").is_dir() and Path("/dev/shm").stat().st_dev != tmp_path.stat().st_dev:  # noqa: S108
        assert not disk.same_mount(tmp_path, Path("/dev/shm"))  # noqa: S108


def test_trees_are_the_same_by_names_bytes_and_rights(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for tree in (one, other):
        disk.write_tree(FILES, tree)
    assert disk.same_tree(one, other)
    (other / "deep/er/index.html").write_bytes(b"c")
    assert not disk.same_tree(one, other)
    (other / "deep/er/index.html").write_bytes(b"b")
    assert disk.same_tree(one, other)
    (other / "deep/er/index.html").chmod(0o600)
    assert not disk.same_tree(one, other)
    (other / "deep/er/index.html").chmod(0o644)
    (other / "empty").mkdir()
    assert not disk.same_tree(one, other)


def test_what_is_removed_may_be_anything_or_nothing(tmp_path: Path) -> None:
    disk.write_tree(FILES, tmp_path / "tree")
    (tmp_path / "link").symlink_to(tmp_path / "tree")
    for name in ("link", "missing"):
        disk.remove(tmp_path / name)
    assert (tmp_path / "tree/index.html").is_file()
    disk.remove(tmp_path / "tree")
    assert list(tmp_path.iterdir()) == []
