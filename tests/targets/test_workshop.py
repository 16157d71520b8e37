from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kbtool.errors import KbError
from kbtool.targets import disk
from kbtool.targets.lock import Locked
from kbtool.targets.workshop import open_workshop, workshop
from tests.samples import config_in


def test_each_site_has_its_own_and_only_its_owner_may_look(tmp_path: Path) -> None:
    private = tmp_path / ".kbtool/mkdocs"
    one, other = workshop(private, tmp_path / "site"), workshop(private, tmp_path / "deep/er/site")
    assert one != other
    assert one.parent == other.parent == private / "releases"
    assert {path.stat().st_mode & 0o777 for path in (one, other, private / "releases")} == {0o700}
    assert not (tmp_path / "site").exists()


def test_it_stays_the_same_when_the_whole_folder_moves(tmp_path: Path) -> None:
    names = {workshop(tmp_path / at / ".kbtool/mkdocs", tmp_path / at / "site").name for at in ("a", "b")}
    assert len(names) == 1


def test_where_a_rename_cannot_lead_it_lies_beside_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "same_mount", lambda *_: False)
    folder = workshop(tmp_path / ".kbtool/mkdocs", tmp_path / "site")
    assert folder == tmp_path / ".site.kbtool"
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform != "linux", reason="no second file system is known elsewhere")
def test_a_site_on_another_file_system_is_made_there(tmp_path: Path) -> None:
    other = Path("/dev/shm") / tmp_path.name  # noqa: S108 - a real second file system
    if Path("/dev/shm").stat().st_dev == tmp_path.stat().st_dev:  # noqa: S108
        pytest.skip("there is only one file system here")
    try:
        assert workshop(tmp_path / ".kbtool/mkdocs", other / "site") == other / ".site.kbtool"
    finally:
        disk.remove(other)


def test_one_build_at_a_time_and_what_an_earlier_one_left_is_cleared(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    with open_workshop(config, config.site_dir) as folder:
        with pytest.raises(Locked), open_workshop(config, config.site_dir):
            pass
        with pytest.raises(Locked), open_workshop(config, tmp_path / "elsewhere"):
            pass
    (folder / "new").mkdir()
    (folder / "gone-3").mkdir()
    (config.private_dir / ".builds.json.new").touch()
    with open_workshop(config, config.site_dir):
        assert [path.name for path in folder.iterdir()] == ["lock"]
        assert not (config.private_dir / ".builds.json.new").exists()


def test_a_place_that_cannot_be_made_is_a_message(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    (tmp_path / "file").touch()
    with (
        pytest.raises(KbError, match="file cannot be written"),
        open_workshop(config, tmp_path / "file/site"),
    ):
        pass
