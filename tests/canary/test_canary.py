"""The table: no word of a hidden article reaches the public, in any slot, by any way, in any form."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.canary.fixtures import TODAY
from tests.canary.outputs import Leak, Report
from tests.canary.runner import GATE, Canary, in_process, run_table
from tests.canary.served import NOWHERE, ask, guesses
from tests.canary.table import CASES, CONTROL, PAIRS, SLOTS, WAYS, words_of
from tests.canary.tokens import name_of
from tests.conftest import ROOT, Kb, Ran

EPOCH = "1795305600"


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Canary:
    """The whole table, run once; what it left is looked at by the tests below."""
    kb = Kb(tmp_path_factory.mktemp("canary"))
    canary = Canary(kb, in_process(kb))
    run_table(canary)
    canary.agents_see()
    return canary


@pytest.fixture(scope="module")
def report(canary: Canary) -> Report:
    return canary.report


def test_every_pair_has_words_of_its_own() -> None:
    words = words_of((*CASES, *CONTROL))
    pairs = {(origin.case.way, origin.slot) for origin in words.values() if origin.case in CASES}
    assert pairs == set(itertools.product(WAYS, (slot.name for slot in SLOTS)))
    assert len(pairs) == PAIRS >= 192
    assert (
        len({name_of(word) for word in words})
        == len(words)
        == sum(len(c.words()) for c in (*CASES, *CONTROL))
    )


def test_slots_that_are_not_published_say_why() -> None:
    assert [slot.name for slot in SLOTS if bool(slot.published) == bool(slot.why)] == []


@pytest.mark.parametrize("way", WAYS)
def test_no_word_leaks(report: Report, way: str) -> None:
    leaks: dict[tuple[str, str, str], Leak] = {}
    for leak in report.leaks:
        if leak.way == way:
            leaks.setdefault((leak.slot, leak.file, leak.build), leak)
    assert list(map(str, leaks.values())) == []


def test_every_build_behaved(report: Report) -> None:
    assert report.wrong == []
    assert report.scanned > 300


def test_builds_in_processes_of_their_own_give_the_same(canary: Canary) -> None:
    site = canary.kb.tree("site")
    ran = canary.kb.run("build", "--today", TODAY, "--audience", "public", "-v")
    assert ran.exit == 0, ran.err
    assert canary.kb.tree("site") == site
    alone = Canary(canary.kb, canary.build)
    alone.look("process", CASES, {"log: stdout": ran.out.encode(), "log: stderr": ran.err.encode()})
    assert alone.report.red == []


def test_mkdocs_builds_a_public_site_without_a_word(canary: Canary, tmp_path: Path) -> None:
    ran = mkdocs(canary.kb, tmp_path)
    assert ran.exit == 0, ran.err
    assert GATE not in ran.out + ran.err
    files = canary.kb.tree("site-mkdocs")
    assert files == canary.kb.tree("site")
    plugin = Canary(canary.kb, canary.build)
    plugin.look("mkdocs", CASES, {**files, "log: mkdocs": (ran.out + ran.err).encode()})
    assert plugin.report.red == []


def test_a_guess_of_an_internal_address_is_answered_like_any_wrong_one(
    canary: Canary, serve: Callable[[Path], str]
) -> None:
    base = serve(canary.kb.root / "site")
    nothing = {method: ask(base, NOWHERE, method) for method in ("GET", "HEAD")}
    assert nothing["GET"].status == 404
    assert ask(base, "en/").status == 200
    asked = sorted(set(guesses(canary.kb)))
    assert len(asked) > 900
    assert [path for path in asked if ask(base, path) != nothing["GET"]] == []
    assert [path for path in asked[::10] if ask(base, path, "HEAD") != nothing["HEAD"]] == []


def mkdocs(kb: Kb, folder: Path) -> Ran:
    """`mkdocs build` with the plugin, whether kbtool is installed or not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = folder / "kbtool-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kbtool\nVersion: 0\n", encoding="utf-8")
    plugins = project["entry-points"]["mkdocs.plugins"]
    lines = ["[mkdocs.plugins]", *(f"{name} = {target}" for name, target in plugins.items())]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", "site-mkdocs"],
        cwd=kb.root,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)]),
            "NO_MKDOCS_2_WARNING": "1",
            "SOURCE_DATE_EPOCH": EPOCH,
        },
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
