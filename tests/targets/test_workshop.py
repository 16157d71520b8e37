from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from kbtool.config import Config
from kbtool.errors import KbError
from kbtool.targets import disk
from kbtool.targets.lock import Locked
from kbtool.targets.swap import Workshop
from kbtool.targets.workshop import open_workshop, workshop_folder
from tests.samples import config_in


def test_each_site_has_its_own_and_only_its_owner_may_look(tmp_path: Path) -> None:
    private = tmp_path / ".kbtool/mkdocs"
    one = workshop_folder(private, tmp_path / "site")
    other = workshop_folder(private, tmp_path / "deep/er/site")
    assert one != other
    assert one.parent == other.parent == private / "releases"
    assert {path.stat().st_mode & 0o777 for path in (one, other, private / "releases")} == {0o700}
    assert not (tmp_path / "site").exists()


def test_it_stays_the_same_when_the_whole_folder_moves(tmp_path: Path) -> None:
    places = (tmp_path / name for name in ("a", "b"))
    names = {workshop_folder(at / ".kbtool/mkdocs", at / "site").name for at in places}
    assert len(names) == 1


def test_where_a_rename_cannot_lead_it_lies_beside_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "same_mount", lambda *_: False)
    folder = workshop_folder(tmp_path / ".kbtool/mkdocs", tmp_path / "site")
    assert folder == tmp_path / ".site.kbtool"
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform != "linux", reason="no second file system is known elsewhere")
def test_a_site_on_another_file_system_is_made_there(tmp_path: Path) -> None:
    other = Path("/dev/shm") / tmp_path.name  # noqa: S108 - a real second file system
    if Path("/dev/shm").stat().st_dev == tmp_path.stat().st_dev:  # noqa: S108
        pytest.skip("there is only one file system here")
    try:
        assert workshop_folder(tmp_path / ".kbtool/mkdocs", other / "site") == other / ".site.kbtool"
    finally:
        disk.remove(other)


def test_one_build_at_a_time_and_what_an_earlier_one_left_is_cleared(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    with open_workshop(config, config.site_dir) as shop:
        with pytest.raises(Locked), open_workshop(config, config.site_dir):
            pass
        with pytest.raises(Locked), open_workshop(config, tmp_path / "elsewhere"):
            pass
    folder = shop.folder
    (folder / "new-1a2b3c4d").mkdir()
    (folder / "gone-3").mkdir()
    (config.private_dir / ".builds.json.new").touch()
    for place in ("texts/public", "whoosh/agents"):
        (config.private_dir / place).mkdir(parents=True)
        (config.private_dir / place / ".en-12.json.ab.new").touch()
        (config.private_dir / place / "en-12.json").touch()
    with open_workshop(config, config.site_dir):
        assert [path.name for path in folder.iterdir()] == ["lock"]
        assert not list(config.private_dir.rglob("*.new"))
        assert len(list(config.private_dir.rglob("en-12.json"))) == 2


def test_a_place_that_cannot_be_made_is_a_message(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    (tmp_path / "file").touch()
    with (
        pytest.raises(KbError, match="file cannot be written"),
        open_workshop(config, tmp_path / "file/site"),
    ):
        pass


@pytest.mark.parametrize(
    "inside",
    ["", "agents", "texts", "texts/public", "whoosh/agents", "releases", "releases/site-1a2b3c4d", "lock"],
)
def test_nothing_is_written_through_a_link(tmp_path: Path, inside: str) -> None:
    config = config_in(tmp_path)
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter.txt").write_text("mine", encoding="utf-8")
    at = config.private_dir / inside
    at.parent.mkdir(parents=True, exist_ok=True)
    at.symlink_to(precious / "letter.txt" if inside == "lock" else precious)
    with pytest.raises(KbError, match="keeps files of its own") as caught, opened(config):
        pass
    assert caught.value.help == "remove it"
    assert (precious / "letter.txt").read_text(encoding="utf-8") == "mine"
    assert precious.stat().st_mode & 0o777 != 0o700


def test_a_lock_that_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    config.private_dir.mkdir(parents=True)
    other = tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    lock = config.private_dir / "lock"
    lock.hardlink_to(other)
    with pytest.raises(KbError, match="no plain file"), opened(config):
        pass
    assert other.read_text(encoding="utf-8") == "mine"
    lock.unlink()
    os.mkfifo(lock)
    with pytest.raises(KbError, match="no plain file"), opened(config):
        pass


def opened(config: Config) -> AbstractContextManager[Workshop]:
    return open_workshop(config, config.site_dir)
