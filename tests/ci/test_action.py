"""The composite action and the hook for pre-commit, which other repositories use from ours."""

from __future__ import annotations

import shlex

import pytest

from kbtool.cli import VERBS
from tests.ci.forge import Forge, Ran, load, three_mistakes, with_tickets
from tests.conftest import ROOT, Kb

ACTION = load(ROOT / "action.yml")
DEFAULTS = {f"inputs.{name}": given["default"] for name, given in ACTION["inputs"].items()}


def act(forge: Forge, **inputs: str) -> Ran:
    """Run the action with these inputs."""
    known = {**DEFAULTS, **{f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}}
    return forge.github_steps(ACTION["runs"]["steps"], known, {"GITHUB_ACTION_PATH": str(ROOT)})


def test_it_installs_locked_dependencies_and_itself(forge: Forge) -> None:
    assert act(forge, command="build").exit == 0
    locked, own = (call[4:] for call in forge.calls())
    assert locked[0] == "--require-hashes"
    assert [name for name in locked[1:] if name != "-r"] == [
        f"{ROOT}/requirements/{name}.txt" for name in ("run", "build")
    ]
    assert own == ["--no-build-isolation", "--no-deps", str(ROOT)]


def test_check_counts_and_fails(forge: Forge) -> None:
    clean = act(forge)
    assert (clean.exit, clean.outputs) == (0, {"findings": "0"}), clean.out
    three_mistakes(forge.repository)
    ran = act(forge)
    assert (ran.exit, ran.outputs) == (1, {"findings": "3"}), ran.out
    kinds = [line.partition(" file=articles/en/")[0] for line in ran.out.splitlines()]
    assert kinds[:3] == ["::error", "::warning", "::warning"]
    assert act(forge, fail_on="never").exit == 0


def test_build_counts_and_fails(forge: Forge) -> None:
    clean = act(forge, command="build")
    assert (clean.exit, clean.outputs) == (0, {"findings": "0"}), clean.out
    assert not (forge.repository / ".kbtool" / "mkdocs" / "agents").exists()
    three_mistakes(forge.repository)
    ran = act(forge, command="build")
    assert (ran.exit, ran.outputs) == (1, {"findings": "3"}), ran.out


def test_stale_counts(forge: Forge) -> None:
    with_tickets(forge.repository)
    ran = act(forge, command="stale")
    assert (ran.exit, ran.outputs) == (0, {"findings": "2"}), ran.out


@pytest.mark.parametrize("command", ["publish", "check; true", ""])
def test_another_command_is_refused(forge: Forge, command: str) -> None:
    ran = act(forge, command=command)
    assert ran.exit == 2
    assert "use check, build or stale" in ran.out


def test_the_hook_runs_on_the_whole_set(kb: Kb) -> None:
    (hook,) = load(ROOT / ".pre-commit-hooks.yaml")
    assert (hook["id"], hook["pass_filenames"], hook["types_or"]) == (
        "kbtool-check",
        False,
        ["markdown", "yaml"],
    )
    program, *arguments = shlex.split(hook["entry"])
    assert program == "kbtool"
    assert arguments[0] in VERBS
    kb.write("articles/en/a.md", "# A\n\nText.\n").write("articles/hi/a.md", "# अ\n\nपाठ।\n")
    assert kb.run(*arguments).exit == 0
    kb.write("articles/hi/a.md", "---\ntitle: [अ\n---\n\nपाठ।\n")
    broken = kb.run(*arguments)
    assert broken.exit == 1
    assert "articles/hi/a.md:2:8" in broken.out + broken.err
