"""Who may import whom: every module has a room, rooms import downwards only, and there are no cycles."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From the top to the bottom; rooms of one row do not know each other.
ROWS = (
    ("kbtool.cli",),
    ("kbtool.serve",),
    ("kbtool.targets",),
    ("kbtool.gate",),
    ("kbtool.pipeline",),
    ("kbtool.report",),
    ("kbtool.site", "kbtool.render", "kbtool.search", "kbtool.checks", "kbtool.stale"),
    ("kbtool.tickets",),
    ("kbtool.content",),
    ("kbtool.lang",),
    ("kbtool.config",),
    ("kbtool.settingsfile",),
    ("kbtool.typed",),
    ("kbtool.yamlfile",),
    ("kbtool.yamlsyntax",),
    ("kbtool.model", "kbtool.nearest", "kbtool.resources", "kbtool.store"),
    ("kbtool.errors",),
    ("kbtool",),
)
ROW_OF = {room: number for number, row in enumerate(ROWS) for room in row}
OWNERS = {
    "mkdocs": "kbtool.targets",
    "material": "",
    "whoosh": "kbtool.search",
    "click": "kbtool.cli",
    "yaml": "kbtool.yamlfile",
    "markdown": "kbtool.render",
    "pymdownx": "kbtool.render",
    "nh3": "kbtool.render",
    "jinja2": "kbtool.targets",
    "babel": "kbtool.lang",
    "Stemmer": "kbtool.lang",
}

Imports = Mapping[str, set[str]]


def sources(folder: Path) -> dict[str, str]:
    """Every module below a package: its dotted name -> its text."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text(encoding="utf-8")
    return found


def imported(name: str, text: str, modules: Iterable[str]) -> set[str]:
    """What a module imports, wherever in it: inside functions and under TYPE_CHECKING as well.

    Of our own modules the module itself: `from kbtool.site import urls` is `kbtool.site.urls`.
    """
    known = set(modules)
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                found.add(f"a relative import in {name}")
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in known else node.module or "")
    return found


def all_imports(texts: Mapping[str, str]) -> dict[str, set[str]]:
    return {name: imported(name, text, texts) for name, text in texts.items()}


def room_of(module: str) -> str:
    """The room of one of our modules; '' when it has none."""
    return next(
        (room for room in ROW_OF if module == room or (room != "kbtool" and module.startswith(room + "."))),
        "",
    )


def violations(imports: Imports) -> Iterator[str]:
    """Modules without a room, and imports that go up, sideways or around a wall."""
    for module, targets in imports.items():
        room = room_of(module)
        if not room:
            yield f"{module} has no room"
            continue
        for target in sorted(targets):
            first = target.partition(".")[0]
            if first.startswith("a relative import"):
                yield target
            elif first == "kbtool":
                other = room_of(target)
                if other != room and ROW_OF.get(other, -1) <= ROW_OF[room]:
                    yield f"{module} -> {target}"
            elif first in OWNERS and room != OWNERS[first]:
                yield f"{module} -> {target}"


def cycle(imports: Imports) -> list[str]:
    """A circle of imports among our modules, [] when there is none."""
    done: set[str] = set()

    def visit(module: str, way: list[str]) -> list[str]:
        if module in way:
            return [*way[way.index(module) :], module]
        if module in done:
            return []
        for target in sorted(imports.get(module, ())):
            if target in imports and (found := visit(target, [*way, module])):
                return found
        done.add(module)
        return []

    return next((found for module in imports if (found := visit(module, []))), [])


OURS = all_imports(sources(ROOT / "kbtool"))


def test_the_modules_are_found() -> None:
    assert {"kbtool", "kbtool.cli.build", "kbtool.lang", "kbtool.search.build", "kbtool.errors"} <= set(OURS)
    assert "kbtool.search.format" in OURS["kbtool.search.build"]
    assert "kbtool.pipeline" in OURS["kbtool.cli.building"]


def test_rooms_import_downwards_only_and_each_package_has_one_owner() -> None:
    assert list(violations(OURS)) == []


def test_there_are_no_cycles() -> None:
    assert cycle(OURS) == []


def test_every_room_is_there_or_still_to_come() -> None:
    rooms = {room_of(module) for module in OURS}
    assert set(ROW_OF) - rooms <= {"kbtool.checks"}


def test_the_data_of_the_rooms_is_no_package() -> None:
    for folder in ("theme", "search", "articles"):
        assert not list((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize(
    ("module", "text", "found"),
    [
        ("kbtool.lang.x", "from kbtool.content.files import walk", "kbtool.lang.x -> kbtool.content.files"),
        ("kbtool.lang.x", "def f():\n    import kbtool.cli.build", "kbtool.lang.x -> kbtool.cli.build"),
        (
            "kbtool.model",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from kbtool import pipeline",
            "kbtool.model -> kbtool.pipeline",
        ),
        ("kbtool.site.x", "from kbtool.search import format", "kbtool.site.x -> kbtool.search.format"),
        ("kbtool.pipeline", "import whoosh.index", "kbtool.pipeline -> whoosh.index"),
        ("kbtool.search.x", "from mkdocs.plugins import BasePlugin", "kbtool.search.x -> mkdocs.plugins"),
        ("kbtool.report.x", "import click", "kbtool.report.x -> click"),
        ("kbtool.targets.x", "import material", "kbtool.targets.x -> material"),
        ("kbtool.brandnew", "", "kbtool.brandnew has no room"),
        ("kbtool.brandnew.part", "import json", "kbtool.brandnew.part has no room"),
        ("kbtool.site.x", "from . import urls", "a relative import in kbtool.site.x"),
    ],
)
def test_the_check_sees_what_is_wrong(module: str, text: str, found: str) -> None:
    names = [*OURS, module]
    assert found in list(violations({module: imported(module, text, names)}))


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("kbtool.cli.x", "import click\nfrom kbtool.errors import KbError"),
        (
            "kbtool.search.x",
            "import whoosh\nfrom kbtool.search import format\nfrom kbtool.lang.chars import CLASS",
        ),
        ("kbtool.targets.x", "import mkdocs\nfrom kbtool import __version__, pipeline"),
        ("kbtool.report.x", "from kbtool.stale.measure import measure"),
    ],
)
def test_the_check_lets_through_what_is_right(module: str, text: str) -> None:
    assert list(violations({module: imported(module, text, [*OURS, module])})) == []


def test_the_check_sees_a_circle() -> None:
    a = imported("kbtool.site.a", "from kbtool.site.b import x", ["kbtool.site.a", "kbtool.site.b"])
    b = imported(
        "kbtool.site.b", "def f():\n    from kbtool.site import a", ["kbtool.site.a", "kbtool.site.b"]
    )
    assert cycle({"kbtool.site.a": a, "kbtool.site.b": b}) == [
        "kbtool.site.a",
        "kbtool.site.b",
        "kbtool.site.a",
    ]
    assert cycle({"kbtool.site.a": a, "kbtool.site.b": set()}) == []


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a process has loaded in the end."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*{{m.partition('.')[0] for m in sys.modules}})"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split("\n")[-2].split())


def test_help_loads_no_heavy_package() -> None:
    loaded = loaded_by("from kbtool.cli import run\nassert run(['--help']) == 0")
    assert {"kbtool", "click"} <= loaded
    assert not loaded & {
        "mkdocs",
        "material",
        "whoosh",
        "yaml",
        "markdown",
        "jinja2",
        "babel",
        "nh3",
        "Stemmer",
    }


def test_a_build_needs_neither_mkdocs_nor_whoosh() -> None:
    loaded = loaded_by("import kbtool.cli.building")
    assert {"yaml", "jinja2"} <= loaded
    assert not loaded & {"mkdocs", "whoosh", "material"}


def test_a_build_with_nothing_to_do_loads_nothing_that_makes_pages() -> None:
    assert not loaded_by("import kbtool.cli.build") & {"jinja2", "nh3", "Stemmer", "numpy"}


def test_markdown_is_loaded_in_the_workers_only() -> None:
    assert not loaded_by("import kbtool.cli.building, kbtool.cli.check") & {"markdown", "pymdownx", "nh3"}
    assert {"markdown", "pymdownx", "nh3"} <= loaded_by("import kbtool.render.worker")
