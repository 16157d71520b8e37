from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kbtool.search.seal import KEY_BYTES, keep, sealed, secret, unsealed

FILES = {"a": b"first", "b": b"", "c": bytes(range(256))}
KEY = b"k" * KEY_BYTES


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "kbtool"


def test_the_secret_is_made_once_and_for_its_owner_alone(state: Path) -> None:
    first = secret()
    assert first is not None
    assert len(first) == KEY_BYTES
    assert secret() == first
    assert [path.name for path in state.iterdir()] == ["seal.key"]
    assert ((state / "seal.key").stat().st_mode & 0o777, state.stat().st_mode & 0o777) == (0o600, 0o700)


def test_another_machine_has_another(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = secret()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    assert secret() not in (None, first)
    assert state.is_dir()


def test_without_a_setting_it_lies_in_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", "relative/place"):
        monkeypatch.setenv("XDG_STATE_HOME", value)
        monkeypatch.setenv("HOME", str(tmp_path))
        assert secret()
        assert (tmp_path / ".local/state/kbtool/seal.key").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_one_that_others_may_know_is_no_secret(state: Path) -> None:
    assert secret()
    (state / "seal.key").chmod(0o640)
    assert secret() is None
    (state / "seal.key").chmod(0o600)
    state.chmod(0o770)
    assert secret() is None


def test_a_link_and_a_key_of_another_length_are_none(state: Path, tmp_path: Path) -> None:
    assert secret()
    (state / "seal.key").rename(tmp_path / "elsewhere")
    (state / "seal.key").symlink_to(tmp_path / "elsewhere")
    assert secret() is None
    (state / "seal.key").unlink()
    keep(state / "seal.key", b"short")
    assert secret() is None


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files away")
def test_the_key_and_the_files_of_another_user_are_not_used(state: Path, tmp_path: Path) -> None:
    assert secret()
    os.chown(state / "seal.key", 4711, -1)
    assert secret() is None
    keep(tmp_path / "x", sealed("x", FILES, KEY))
    os.chown(tmp_path / "x", 4711, -1)
    assert unsealed(tmp_path / "x", KEY) is None


def test_where_no_secret_can_be_kept_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert secret() is None


def test_what_was_sealed_comes_back(tmp_path: Path) -> None:
    assert keep(tmp_path / "new" / "x.index", sealed("x.index", FILES, KEY))
    assert unsealed(tmp_path / "new" / "x.index", KEY) == FILES
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["x.index"]


def test_every_bit_is_sealed_and_so_is_the_name(tmp_path: Path) -> None:
    data = sealed("x", {"a": b"first"}, KEY)
    for at in range(len(data)):
        (tmp_path / "x").write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        (tmp_path / "x").chmod(0o600)
        assert unsealed(tmp_path / "x", KEY) is None, at
    for wrong in (b"", data[:-1], data + b"x", data[:10]):
        (tmp_path / "x").write_bytes(wrong)
        assert unsealed(tmp_path / "x", KEY) is None
    keep(tmp_path / "y", data)
    assert unsealed(tmp_path / "y", KEY) is None
    keep(tmp_path / "x", data)
    assert unsealed(tmp_path / "x", KEY) == {"a": b"first"}
    assert unsealed(tmp_path / "x", b"o" * KEY_BYTES) is None


def test_what_is_no_plain_file_is_not_read(tmp_path: Path) -> None:
    keep(tmp_path / "real" / "x", sealed("x", FILES, KEY))
    (tmp_path / "x").symlink_to(tmp_path / "real" / "x")
    (tmp_path / "folder").mkdir()
    assert unsealed(tmp_path / "x", KEY) is None
    assert unsealed(tmp_path / "folder", KEY) is None
    assert unsealed(tmp_path / "missing", KEY) is None
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe", 0o600)
        assert unsealed(tmp_path / "pipe", KEY) is None


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not keep(tmp_path / "file" / "x", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
