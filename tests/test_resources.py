"""The files that kbtool ships, and those of Material that it uses."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from kbtool import resources
from kbtool.errors import Exit, KbError


@pytest.mark.parametrize(
    ("name", "file"),
    [("theme", "templates/base.html"), ("theme", "strings/hi.yml"), ("search", "synonyms.en.yml")],
)
def test_own_files_are_found(name: str, file: str) -> None:
    assert (resources.resource_dir(name) / file).is_file()


def test_an_installed_package_brings_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kbtool" / "_theme").mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "kbtool" / "resources.py"))
    resources.resource_dir.cache_clear()
    try:
        assert resources.resource_dir("theme") == tmp_path / "kbtool" / "_theme"
        assert resources.resource_dir("search") == tmp_path / "search"
    finally:
        resources.resource_dir.cache_clear()


def test_icons_come_from_material() -> None:
    assert resources.icon("material/magnify").startswith("<svg")
    assert resources.icon("material/no-such-icon") == ""


@pytest.mark.parametrize("name", ["../.icons/material/magnify", "material/../material/magnify"])
def test_an_icon_cannot_be_a_path_out(name: str) -> None:
    assert resources.icon(name) == ""


def test_without_material_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert importlib.util.find_spec("material") is not None
    monkeypatch.setattr(resources, "find_spec", lambda _: None)
    resources.material_dir.cache_clear()
    try:
        with pytest.raises(KbError) as caught:
            resources.material_dir()
    finally:
        resources.material_dir.cache_clear()
    assert caught.value.exit_code == Exit.ENVIRONMENT
    assert "mkdocs-material" in caught.value.message
    assert "pip install" in caught.value.help
