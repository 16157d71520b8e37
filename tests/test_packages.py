"""The packages that kbtool stands on are required by the project, and used on a real path."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.test_architecture import OURS, ROOT, imported

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Package -> the module to import; of mkdocs-material only the files are used, found by `material_dir`.
PACKAGES = {
    "mkdocs": "mkdocs",
    "mkdocs-material": "",
    "whoosh-reloaded": "whoosh",
    "pyyaml": "yaml",
    "click": "click",
    "markdown": "markdown",
}


# For measuring in a browser, and for Parquet files; the messages say to install them.
OPTIONAL = {"playwright": "kbtool.search.chromium", "duckdb": "kbtool.tickets.parquet"}


def required() -> set[str]:
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in PROJECT["dependencies"])
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in names if match}


def users(module: str) -> set[str]:
    """Our modules that import that package."""
    return {name for name, targets in OURS.items() if any(t.partition(".")[0] == module for t in targets)}


def reached(start: str) -> set[str]:
    """Our modules that a module needs, directly or by others, itself included."""
    seen, waiting = set(), [start]
    while waiting:
        module = waiting.pop()
        if module in OURS and module not in seen:
            seen.add(module)
            waiting += OURS[module]
    return seen


@pytest.mark.parametrize("package", PACKAGES)
def test_it_is_required(package: str) -> None:
    assert package in required()


@pytest.mark.parametrize(
    ("module", "entry"),
    [
        ("mkdocs", "kbtool.targets.mkdocs_plugin"),
        ("whoosh", "kbtool.cli.search"),
        ("yaml", "kbtool.cli.build"),
        ("click", "kbtool.cli"),
        ("markdown", "kbtool.render.worker"),
    ],
)
def test_it_is_used_on_the_way_from_an_entry(module: str, entry: str) -> None:
    assert users(module) & reached(entry)


def test_an_unused_package_would_be_seen() -> None:
    assert users("no_such_package") == set()
    assert not users("mkdocs") & reached("kbtool.cli.search")


def test_the_entries_are_those_of_the_project() -> None:
    assert PROJECT["scripts"] == {"kbtool": "kbtool.cli:main"}
    plugin = PROJECT["entry-points"]["mkdocs.plugins"]["kbtool"]
    assert plugin == "kbtool.targets.mkdocs_plugin:KbtoolPlugin"


def test_materials_files_are_used_by_the_targets() -> None:
    text = (ROOT / "kbtool" / "targets" / "theme.py").read_text(encoding="utf-8")
    assert "kbtool.resources" in imported("kbtool.targets.theme", text, OURS)
    assert "material_dir()" in text
    from kbtool.resources import material_dir

    folder: Path = material_dir()
    assert list((folder / "assets" / "stylesheets").glob("main.*.min.css"))


@pytest.mark.parametrize(("package", "module"), OPTIONAL.items())
def test_what_is_optional_is_imported_by_one_module_and_only_when_that_is_at_work(
    package: str, module: str
) -> None:
    assert package not in required()
    assert users(package) == {module}
    code = f"import sys, {module}; sys.exit({package!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_every_package_that_is_imported_is_required() -> None:
    names = {
        "jinja2": "jinja2",
        "babel": "babel",
        "nh3": "nh3",
        "numpy": "numpy",
        "orjson": "orjson",
        "Stemmer": "pystemmer",
        "pymdownx": "pymdown-extensions",
        "markupsafe": "jinja2",  # part of it
        **{module: package for package, module in PACKAGES.items() if module},
    }
    found = {t.partition(".")[0] for targets in OURS.values() for t in targets} - {"kbtool", ""}
    foreign = found - set(sys.stdlib_module_names) - set(OPTIONAL)
    assert foreign <= set(names)
    assert {names[module] for module in foreign} <= required()
