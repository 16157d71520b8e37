from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kbtool.config import Config, load
from kbtool.report.changes import Release
from kbtool.targets.directory import make_private
from kbtool.targets.records import keep_release, last_release, note_release, release_in
from tests.conftest import Kb

DONE = Release(date(2026, 11, 20), {"public": frozenset({"hi/धनवापसी"}), "agents": frozenset({"en/inside"})})


def config_of(kb: Kb) -> Config:
    config, findings = load(kb.root / "mkdocs.yml", {})
    assert config is not None, findings
    make_private(config.private_dir)
    return config


def test_what_is_kept_is_read_again_for_that_folder_only(kb: Kb, tmp_path: Path) -> None:
    config = config_of(kb)
    assert last_release(config, config.site_dir) is None
    keep_release(config, config.site_dir, DONE)
    assert last_release(config, config.site_dir) == DONE
    assert last_release(config, tmp_path / "elsewhere") is None
    other = Release(date(2026, 11, 21), {"public": frozenset(), "agents": frozenset()})
    keep_release(config, tmp_path / "elsewhere", other)
    assert last_release(config, tmp_path / "elsewhere") == other
    assert last_release(config, config.site_dir) == DONE


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{}",
        '{"builds": []}',
        '{"builds": {"site": 1}}',
        '{"builds": {"site": {"day": "x", "live": {}}}}',
        '{"builds": {"site": {"day": "2026-11-20", "live": []}}}',
        "\x00\x01",
    ],
)
def test_a_damaged_record_is_no_record(kb: Kb, damage: str) -> None:
    config = config_of(kb)
    keep_release(config, config.site_dir, DONE)
    (config.private_dir / "builds.json").write_text(damage, encoding="utf-8")
    assert last_release(config, config.site_dir) is None
    keep_release(config, config.site_dir, DONE)
    assert last_release(config, config.site_dir) == DONE


def test_a_kept_release_knows_what_it_had_published(tmp_path: Path) -> None:
    assert release_in(tmp_path) is None
    note_release(tmp_path, None)
    assert list(tmp_path.iterdir()) == []
    note_release(tmp_path, DONE)
    assert release_in(tmp_path) == DONE


def test_a_record_that_cannot_be_written_stops_nothing(kb: Kb) -> None:
    config = config_of(kb)
    (config.private_dir / "builds.json").mkdir()
    keep_release(config, config.site_dir, DONE)
    assert last_release(config, config.site_dir) is None
