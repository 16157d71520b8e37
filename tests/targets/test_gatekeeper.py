from __future__ import annotations

from pathlib import Path

import pytest

from kbtool import pipeline
from kbtool.config import Config, load
from kbtool.pipeline import Content
from kbtool.targets.directory import make_private
from kbtool.targets.gatekeeper import leaks, look_at_tree, open_gate, remember
from kbtool.typed import read_date
from tests.conftest import Kb

HELD = "---\ntitle: Limits\naudience: agents\n---\n\nUp to the zanzibar limit.\n"
LEAKY = """
from markdown import Extension
from markdown.preprocessors import Preprocessor
class Including(Preprocessor):
    def run(self, lines):
        return [open(line[8:]).read() if line.startswith("INCLUDE ") else line for line in lines]
class Leaky(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Including(md), "leaky", 100)
def makeExtension(**_):
    return Leaky()
"""


def read(kb: Kb) -> tuple[Config, Content]:
    config, problems = load(kb.root / "mkdocs.yml", {})
    assert config, problems
    make_private(config.private_dir)
    return config, pipeline.read(config)


@pytest.fixture
def center(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> Kb:
    monkeypatch.chdir(kb.root)
    kb.write("articles/en/a.md", "---\ntitle: A\n---\n\nText.\n")
    return kb.write("articles/en/limits.md", HELD)


def test_what_has_passed_is_known_the_next_time(center: Kb) -> None:
    config, content = read(center)
    day = read_date("2026-11-22")
    assert day
    gate = open_gate(config, content, day)
    gate.look("a.html", b"<p>fine</p>")
    remember(config, gate)
    again = open_gate(config, content, day)
    assert again.protected == gate.protected
    again.look("a.html", b"<p>fine</p>")
    assert again.passed == gate.passed
    (config.private_dir / "passed.json").unlink()
    (config.private_dir / "passed.json").mkdir()
    remember(config, again)  # what cannot be written is done without
    assert open_gate(config, content, day).leaks == []


def test_a_tree_that_was_written_before_is_looked_at(center: Kb, tmp_path: Path) -> None:
    config, content = read(center)
    day = read_date("2026-11-22")
    assert day
    (tmp_path / "old/en").mkdir(parents=True)
    (tmp_path / "old/en/x.html").write_text("<p>Zanzibar</p>", encoding="utf-8")
    gate = open_gate(config, content, day)
    look_at_tree(gate, tmp_path / "old")
    told = leaks(gate, center.root / "site")
    assert [str(finding.where) for finding in told] == ["site/en/x.html:1"]
    assert "'zanzibar'" in told[0].message
    quiet = leaks(gate, center.root / "site", quoted=False)[0]
    assert "zanzibar" not in quiet.message
    assert "articles/en/limits.md" in quiet.message


@pytest.mark.parametrize("audience", ["all", "public"])
def test_an_extension_that_reads_files_is_stopped(center: Kb, audience: str) -> None:
    center.write("leaky.py", LEAKY).settings(top="markdown_extensions: [leaky]")
    assert center.run("build", PYTHONPATH=f"{Path(__file__).parents[2]}:{center.root}").exit == 0
    before = center.tree()
    center.write("articles/en/a.md", "---\ntitle: A\n---\n\nText.\n\nINCLUDE articles/en/limits.md\n")
    path = f"{Path(__file__).parents[2]}:{center.root}"
    ran = center.run("build", "--audience", audience, PYTHONPATH=path)
    assert ran.exit == 1
    assert "site/en/a/index.html:" in ran.err
    assert "error[protected-text]" in ran.err
    assert "articles/en/limits.md" in ran.err
    assert ("zanzibar" in ran.err) is (audience == "all")
    assert "Nothing was published; the last good site is untouched." in ran.err
    assert center.tree() == before
