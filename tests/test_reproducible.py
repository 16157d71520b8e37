"""The same articles give the same bytes, wherever, whenever and by whomever they are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT, Kb

Built = Mapping[str, tuple[int, bytes]]

SHUFFLED = """
import os, random
scandir, order = os.scandir, random.Random(int(os.environ["ORDER"]))
class Shuffled(list):
    def __next__(self):
        if not self: raise StopIteration
        return self.pop()
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
def shuffled(*path):
    found = Shuffled(scandir(*path)); order.shuffle(found); return found
os.scandir = shuffled
listdir = os.listdir
os.listdir = lambda *path: sorted(listdir(*path), key=lambda _: order.random())
"""
MAIN = "from kbtool.cli import main; main()"
VARIATIONS: dict[str, Mapping[str, str]] = {
    "far east": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    "far west": {"TZ": "Etc/GMT+12", "LANG": "hi_IN.UTF-8", "LC_ALL": "hi_IN.UTF-8"},
    "turkish": {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    **{f"hash seed {seed}": {"PYTHONHASHSEED": str(seed)} for seed in (0, 1, 4242)},
    "file order 1": {"ORDER": "1"},
    "file order 2": {"ORDER": "2", "PYTHONHASHSEED": "7"},
    "no optimisation of docstrings": {"PYTHONOPTIMIZE": "2"},
}


def copied(to: Path) -> Path:
    """kbtool's own help center in a folder of that name."""
    for name in ("articles", "examples", "search"):
        shutil.copytree(ROOT / name, to / name)
    shutil.copy(ROOT / "mkdocs.yml", to)
    return to


def built(
    root: Path,
    environment: Mapping[str, str],
    *,
    umask: int = 0o022,
    today: str = "2026-11-22",
    python: str = sys.executable,
) -> Built:
    """Both trees after a build: the mode and the bytes of every file."""
    code = (SHUFFLED if "ORDER" in environment else "") + MAIN
    done = subprocess.run(
        [python, "-c", code, "build", "-q", "--today", today],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {
        f"{tree}/{path.relative_to(root / tree).as_posix()}": (path.stat().st_mode, path.read_bytes())
        for tree in ("site", ".kbtool/mkdocs/agents")
        for path in sorted((root / tree).rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The build that the others are compared with."""
    found = built(copied(tmp_path_factory.mktemp("usual") / "help"), {"TZ": "UTC"})
    assert len(found) > 100
    return found


def differing(one: Built, other: Built) -> list[str]:
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


@pytest.mark.parametrize("variation", VARIATIONS)
def test_no_environment_matters(usual: Built, tmp_path: Path, variation: str) -> None:
    assert differing(built(copied(tmp_path / "help"), VARIATIONS[variation]), usual) == []


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_no_umask_matters(usual: Built, tmp_path: Path, umask: int) -> None:
    assert differing(built(copied(tmp_path / "help"), {}, umask=umask), usual) == []


@pytest.mark.parametrize("folder", ["a", "दूर का/a folder/with (everything) & more", "x" * 200])
def test_no_place_matters(usual: Built, tmp_path: Path, folder: str) -> None:
    assert differing(built(copied(tmp_path / folder), {}), usual) == []


@pytest.mark.parametrize("today", ["2026-11-23", "2031-02-28"])
def test_no_day_matters_where_nothing_is_scheduled(usual: Built, tmp_path: Path, today: str) -> None:
    assert differing(built(copied(tmp_path / "help"), {}, today=today), usual) == []


def test_no_order_of_the_calendar_is_taken_from_the_clock(kb: Kb) -> None:
    kb.settings("articles: {defaults: {audience: public}}", top="site_url: https://help.example.com/")
    kb.write("articles/en/a.md", "---\ntitle: A\nreviewed: 2026-03-04\n---\n\nText.\n")
    kb.write("articles/en/b.md", "---\ntitle: B\n---\n\nText.\n")
    assert kb.run("build", SOURCE_DATE_EPOCH="1795305600").exit == 0
    first = kb.tree()
    assert kb.run("build", SOURCE_DATE_EPOCH="1895305600").exit == 0
    assert kb.tree() == first
    assert first["sitemap.xml"].count(b"<lastmod>") == 1
    assert b"<lastmod>2026-03-04</lastmod>" in first["sitemap.xml"]


def test_the_day_of_the_source_decides_what_is_due(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntitle: A\npublish_at: 2026-11-22\n---\n\nText.\n")
    kb.write("articles/en/b.md", "---\ntitle: B\n---\n\nText.\n")
    for epoch, out in (("1795219200", False), ("1795305600", True)):  # the 21st and the 22nd of November, UTC
        assert kb.run("build", SOURCE_DATE_EPOCH=epoch, TZ="Pacific/Kiritimati").exit == 0
        assert ("en/a/index.html" in kb.tree()) is out


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_no_version_of_python_matters(usual: Built, tmp_path: Path, version: str) -> None:
    python = shutil.which(f"python{version}")
    site_packages = Path(sys.prefix) / "lib" / f"python{version}" / "site-packages"
    if python is None or not site_packages.is_dir():
        pytest.skip(f"no Python {version} with kbtool's packages here")
    environment = {"PYTHONPATH": f"{ROOT}{os.pathsep}{site_packages}"}
    assert differing(built(copied(tmp_path / "help"), environment, python=python), usual) == []
