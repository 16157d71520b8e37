"""The files of the theme in a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.errors import KbError
from kbtool.resources import resource_dir
from kbtool.targets import theme
from tests.samples import config_in


def test_ours_lie_in_a_folder_with_a_digest_and_materials_beside_it(tmp_path: Path) -> None:
    assets, sheets, files = theme.theme_files(config_in(tmp_path))
    assert assets.startswith("assets/kb-")
    assert {assets + name for name in ("kbtool.css", "head.js", "ui.js")} <= set(files)
    assert [sheet.split("/")[2].partition(".")[0] for sheet in sheets] == ["main", "palette"]
    assert set(sheets) <= set(files)
    assert all(path.startswith("assets/") for path in files)


def test_no_style_sheet_of_material_points_to_a_source_map(tmp_path: Path) -> None:
    _, sheets, files = theme.theme_files(config_in(tmp_path))
    for sheet in sheets:
        assert b"sourceMappingURL" not in files[sheet]
        assert len(files[sheet]) > 1000


def test_a_sites_own_file_replaces_ours_and_changes_the_digest(tmp_path: Path) -> None:
    own = tmp_path / "own" / "styles"
    own.mkdir(parents=True)
    (own / "kbtool.css").write_text("body{}", encoding="utf-8")
    plain = theme.theme_files(config_in(tmp_path))
    config = config_in(tmp_path, "theme: {name: material, custom_dir: own}\n")
    assets, _, files = theme.theme_files(config)
    assert files[assets + "kbtool.css"] == b"body{}"
    assert assets != plain[0]
    assert theme.theme_folders(config) == [config.custom_dir, resource_dir("theme")]


def test_our_own_theme_as_custom_dir_is_taken_once(tmp_path: Path) -> None:
    shipped = resource_dir("theme")
    (tmp_path / "theme").symlink_to(shipped)
    config = config_in(tmp_path, "theme: {name: material, custom_dir: theme}\n")
    assert theme.theme_folders(config) == [shipped]


def test_another_material_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "material_dir", lambda: tmp_path)
    with pytest.raises(KbError) as caught:
        theme.theme_files(config_in(tmp_path))
    assert "main.*.min.css" in caught.value.message
    assert "mkdocs-material" in caught.value.help
