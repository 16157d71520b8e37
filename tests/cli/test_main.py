"""The group itself: help, versions, mistakes, exit codes."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from kbtool import __version__
from kbtool.cli import VERBS, group, run
from kbtool.errors import Exit, KbError
from tests.conftest import Kb


def test_help_lists_every_verb(kb: Kb) -> None:
    done = kb.run("--help")
    assert done.exit == Exit.CLEAN
    for verb, summary in VERBS.items():
        assert verb in done.out
        assert summary in done.out


@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_has_help_that_names_each_option(verb: str) -> None:
    command = group.get_command(click.Context(group), verb)
    assert command is not None
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{verb} {parameter.name}"


def test_help_is_cheap() -> None:
    code = (
        "import sys\nfrom kbtool.cli import run\nrun(['--help'])\n"
        "print([m for m in ('yaml', 'mkdocs', 'whoosh', 'markdown', 'jinja2', 'babel') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip().endswith("[]")


def test_version(kb: Kb) -> None:
    assert __version__ in kb.run("--version").out


def test_a_misspelt_verb_gets_a_hint(kb: Kb) -> None:
    done = kb.run("biuld")
    assert done.exit == Exit.USAGE
    assert "did you mean 'build'?" in done.err


def test_no_settings_file_says_how_to_start(kb: Kb) -> None:
    (kb.root / "mkdocs.yml").unlink()
    done = kb.run("build")
    assert done.exit == Exit.USAGE
    assert "kbtool init" in done.err
    assert "Traceback" not in done.err


def test_a_wrong_option_is_a_usage_error(kb: Kb) -> None:
    assert kb.run("build", "--nonsense").exit == Exit.USAGE
    assert kb.run("build", "--today", "tomorrow").exit == Exit.USAGE


def test_an_internal_error_is_one_plain_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def broken() -> None:
        raise ZeroDivisionError("seven")

    monkeypatch.setattr(group, "get_command", lambda *_: broken)
    assert run(["build"]) == Exit.INTERNAL
    said = capsys.readouterr().err
    assert "internal error: ZeroDivisionError: seven" in said
    assert "Traceback" not in said


def test_the_traceback_is_there_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    @click.option("-v", is_flag=True)
    def broken(v: bool) -> None:
        raise ZeroDivisionError(str(v))

    monkeypatch.setattr(group, "get_command", lambda *_: broken)
    assert run(["build", "-v"]) == Exit.INTERNAL
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert "ZeroDivisionError: True" in said


def test_errors_say_what_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def full() -> None:
        raise KbError("the disk is full", "make room")

    monkeypatch.setattr(group, "get_command", lambda *_: full)
    assert run(["build"]) == Exit.ENVIRONMENT
    assert capsys.readouterr().err == "error: the disk is full\nhelp: make room\n"


def test_output_that_nobody_reads_is_no_finding() -> None:
    code = "import os, sys\nfrom kbtool.cli import main\nsys.argv[1:] = ['--help']\nos.close(r)\nmain()"
    pipe = "import os\nr, w = os.pipe()\nos.dup2(w, 1)\n"
    done = subprocess.run([sys.executable, "-u", "-c", pipe + code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (Exit.CLEAN, b"")


def test_what_the_system_refuses_is_no_internal_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def refused() -> None:
        raise PermissionError(13, "Permission denied", "articles/logo.svg")

    monkeypatch.setattr(group, "get_command", lambda *_: refused)
    assert run(["build"]) == Exit.ENVIRONMENT
    assert "articles/logo.svg: Permission denied" in capsys.readouterr().err
