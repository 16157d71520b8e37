"""Plain `mkdocs build` writes the very files that `kbtool build` writes."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT, Kb, Ran
from tests.sample_site import SECRET, SETTINGS, TODAY, URL, fill

EPOCH = "1795305600"  # the 22nd of November 2026


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that makes Python see kbtool as installed, with the entry points of the project."""
    folder = tmp_path_factory.mktemp("installed")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = folder / "kbtool-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kbtool\nVersion: 0\n", encoding="utf-8")
    lines = [f"{name} = {target}" for name, target in project["entry-points"]["mkdocs.plugins"].items()]
    (info / "entry_points.txt").write_text("\n".join(["[mkdocs.plugins]", *lines]), encoding="utf-8")
    return folder


def mkdocs(kb: Kb, installed: Path, *arguments: str, **environment: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *arguments],
        cwd=kb.root,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(installed)]),
            "NO_MKDOCS_2_WARNING": "1",
            "SOURCE_DATE_EPOCH": EPOCH,
            **environment,
        },
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def test_both_builds_give_the_same_files(kb: Kb, installed: Path) -> None:
    fill(kb)
    ours = kb.run("build", "--today", TODAY)
    assert ours.exit == 0, ours.err
    theirs = mkdocs(kb, installed, "--strict", "--site-dir", "site-mkdocs")
    assert theirs.exit == 0, theirs.err
    expected, found = kb.tree("site"), kb.tree("site-mkdocs")
    assert list(found) == list(expected)
    assert [path for path in expected if found[path] != expected[path]] == []
    assert any(path.startswith("hi/") for path in found)
    assert SECRET not in "".join(found)


def test_warnings_of_articles_are_told(kb: Kb, installed: Path) -> None:
    fill(kb)
    done = mkdocs(kb, installed)
    assert "warning[broken-link]: this links to gone.md" in done.err
    assert done.err.count("this links to gone.md") == 1


def test_the_day_is_that_of_the_build(kb: Kb, installed: Path) -> None:
    kb.write("articles/en/a.md", "---\ntitle: A\npublish_at: 2026-11-23\n---\nText.\n")
    kb.write("articles/en/b.md", "---\ntitle: B\n---\nText.\n")
    assert mkdocs(kb, installed).exit == 0
    assert "en/a/index.html" not in kb.tree()
    assert mkdocs(kb, installed, SOURCE_DATE_EPOCH=str(int(EPOCH) + 86400)).exit == 0
    assert "en/a/index.html" in kb.tree()


def test_nothing_is_told_of_protected_articles(kb: Kb, installed: Path) -> None:
    kb.write("articles/en/a.md", "---\ntitle: A\n---\n[x](c.md)\n")
    kb.write("articles/en/b.md", "---\ntitle: Quokka\naudience: agents\nodd: 1\n---\n[x](gone.md)\n")
    kb.write("articles/en/c.md", "---\ntitle: Numbat\npublish_at: 2030-01-01\n---\nText.\n")
    done = mkdocs(kb, installed)
    assert done.exit == 0, done.err
    for word in ("b.md", "c.md", "Quokka", "Numbat", "gone", "odd", "warning["):
        assert word not in done.out + done.err
    kb.write("articles/en/a.md", "---\ntitle: A\n---\n[x](b.md)\n")
    done = mkdocs(kb, installed)
    assert done.exit == 1
    assert "articles/en/a.md:4:5: error[protected-target]: this links to b.md, which is for" in done.err
    assert "Quokka" not in done.out + done.err


def test_another_plugin_is_named_and_strict_means_strict(kb: Kb, installed: Path) -> None:
    fill(kb)
    text = (kb.root / "mkdocs.yml").read_text(encoding="utf-8")
    kb.write("mkdocs.yml", text.replace("plugins:\n", "plugins:\n  - search\n  - tags\n"))
    done = mkdocs(kb, installed)
    assert done.exit == 0, done.err
    assert "the plugin 'tags' has no effect" in done.err
    assert "remove the plugin 'search'" in done.err
    strict = mkdocs(kb, installed, "--strict", "--site-dir", "strict")
    assert strict.exit == 1
    ours = kb.run("build")
    assert ours.exit == 0
    assert "the plugin 'tags' has no effect" in ours.err


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("articles/en/a.md", "---\ntitle: [A\n---\nText.\n", "articles/en/a.md:2:8: error[bad-metadata]"),
        (
            "articles/en/refunds.md",
            "---\ntitle: A\n---\nText.\n",
            "articles/en/refunds.md:1: error[duplicate-url]",
        ),
        ("mkdocs.yml", "docs_dir: articles\nplugins: [{kbtool: {locales: 5}}]\n", "error[bad-settings]"),
        (
            "mkdocs.yml",
            "docs_dir: articles\nplugins: [kbtool]\nmarkdown_extensions: [{toc: {x: 1}}]\n",
            "toc",
        ),
    ],
)
def test_an_error_stops_mkdocs_with_the_same_words(
    kb: Kb, installed: Path, path: str, text: str, words: str
) -> None:
    kb.settings(SETTINGS, top=f"site_url: {URL}")
    kb.write("articles/en/refunds/b.md", "---\ntitle: B\n---\nText.\n")
    if path == "mkdocs.yml":
        text = f"site_name: Help\ntheme: {{name: material}}\n{text}"
    kb.write(path, text)
    done = mkdocs(kb, installed)
    assert done.exit == 1
    assert words in done.err
    assert "Traceback" not in done.err
    assert not kb.tree()


def test_an_error_leaves_the_last_site_as_it_was(kb: Kb, installed: Path) -> None:
    kb.settings(SETTINGS, top=f"site_url: {URL}").write("articles/en/a.md", "---\ntitle: A\n---\nText.\n")
    assert mkdocs(kb, installed).exit == 0
    before = kb.tree()
    kb.write("articles/en/b.md", "---\ntitle: [B\n---\nText.\n")
    done = mkdocs(kb, installed)
    assert done.exit == 1
    assert "the last site is untouched" in done.out + done.err
    assert kb.tree() == before
