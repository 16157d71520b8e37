"""`mkdocs.yml` with environment variables, Python names and inheritance; nothing in it is run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kbtool import settingsfile
from kbtool.model import Finding, PythonName
from kbtool.typed import ANYTHING
from kbtool.yamlfile import Node, YamlReader


def read(folder: Path, text: str | bytes, **environ: str) -> tuple[Node | None, list[Finding]]:
    path = folder / "mkdocs.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    node, reader = settingsfile.read(path, environ, "bad-settings")
    return node, reader.findings


def values(node: Node | None) -> Any:
    assert node is not None
    return ANYTHING.read(node, YamlReader("", "", ""))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("!ENV NAME", "given"),
        ("!ENV [NAME, default]", "given"),
        ("!ENV [MISSING, NAME, default]", "given"),
        ("!ENV [MISSING, default]", "default"),
        ("!ENV [MISSING, 5]", 5),
        ("!ENV [MISSING, true]", True),
        ("!ENV MISSING", None),
        ("!ENV NUMBER", 12),
    ],
)
def test_environment(tmp_path: Path, written: str, value: object) -> None:
    node, findings = read(tmp_path, f"a: [{{b: {written}}}]", NAME="given", NUMBER="12")
    assert findings == []
    assert values(node) == {"a": [{"b": value}]}


@pytest.mark.parametrize("written", ["!ENV {A: b}", "!ENV [[A]]", "!ENV [{A: b}, c]", "!ENV []"])
def test_bad_environment(tmp_path: Path, written: str) -> None:
    _, (found,) = read(tmp_path, f"a: 1\nb: {written}")
    assert (found.where.line, found.where.column) == (2, 4)
    assert "!ENV takes the name of an environment variable" in found.message
    assert "!ENV [NAME, default]" in found.help


def test_inherited_settings_are_merged_key_by_key(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "b.yml").write_text("INHERIT: c.yml\na: {x: 1, y: 2}\nl: [1]\n", encoding="utf-8")
    (tmp_path / "base" / "c.yml").write_text("a: {x: 0, z: 3}\nk: old\n", encoding="utf-8")
    node, findings = read(tmp_path, "INHERIT: base/b.yml\na: {y: 9}\nl: [2]\n")
    assert findings == []
    merged = values(node)
    merged.pop("INHERIT")
    assert merged == {"a": {"x": 1, "y": 9, "z": 3}, "l": [2], "k": "old"}


def test_problems_of_the_inherited_file_are_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text("a: 1\na: 2\n", encoding="utf-8")
    _, (found,) = read(tmp_path, "INHERIT: b.yml\n")
    assert found.where.path.endswith("b.yml")
    assert found.where.line == 2


@pytest.mark.parametrize(
    ("files", "message", "help"),
    [
        ({}, "there is no settings file b.yml to inherit from", "check the path"),
        ({"b.yml": "INHERIT: mkdocs.yml"}, "inherits from this file", "remove one of the two INHERIT lines"),
        ({"b.yml": "INHERIT: c.yml", "c.yml": "INHERIT: b.yml"}, "b.yml inherits from this file", "INHERIT"),
    ],
)
def test_bad_inheritance(tmp_path: Path, files: dict[str, str], message: str, help: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    _, findings = read(tmp_path, "INHERIT: b.yml\na: 1\n")
    (found,) = findings
    assert message in found.message
    assert help in found.help


@pytest.mark.parametrize(
    ("data", "line", "message", "help"),
    [
        (b"", 1, "there are no settings in this file", "start with: site_name"),
        (b"- a", 1, "there are no settings in this file", "start with: site_name"),
        (b"\xef\xbb\xbfa: 1\nb: \xff", 2, "not UTF-8", "save it as UTF-8"),
        ("a: 1".encode("utf-16"), 1, "not UTF-8", "save it as UTF-8"),
        (b"a: [", 1, "can only be read in quotes", 'a: "["'),
        (b"a: 1\nb: *c", 2, "anchors", "write the value out"),
    ],
)
def test_unreadable(tmp_path: Path, data: bytes, line: int, message: str, help: str) -> None:
    node, (found,) = read(tmp_path, data)
    assert node is None
    assert (found.rule, found.where.line) == ("bad-settings", line)
    assert message in found.message
    assert help in found.help


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    node, findings = read(tmp_path, "\ufeffsite_name: सहायता\r\na: 1\r\n".encode())
    assert values(node) == {"site_name": "सहायता", "a": 1}
    assert findings == []


def test_extensions_in_every_way_that_mkdocs_allows(tmp_path: Path) -> None:
    node, _ = read(
        tmp_path,
        """
markdown_extensions:
  - tables
  - toc: {permalink: true, depth: 3, title: "1"}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      options: {custom_icons: [a, no]}
  - pymdownx.keys:
""",
    )
    assert node is not None
    assert settingsfile.extensions(node) == (
        ("tables", {}),
        ("toc", {"permalink": True, "depth": 3, "title": "1"}),
        (
            "pymdownx.emoji",
            {
                "emoji_index": PythonName("material.extensions.emoji.twemoji"),
                "options": {"custom_icons": ["a", "no"]},
            },
        ),
        ("pymdownx.keys", {}),
    )
    node, _ = read(tmp_path, "markdown_extensions: {toc: {depth: 2}, tables: }")
    assert node is not None
    assert settingsfile.extensions(node) == (("toc", {"depth": 2}), ("tables", {}))
    assert settingsfile.extensions(Node({}, 1, 1)) == ()
