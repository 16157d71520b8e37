"""`kbtool explain`."""

from __future__ import annotations

import pytest

from kbtool.checks.registry import rules
from kbtool.cli import run
from kbtool.errors import Exit


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_every_rule_is_explained(rule: object, capsys: pytest.CaptureFixture[str]) -> None:
    known = rules()[getattr(rule, "id", "")]
    assert run(["explain", known.id]) == Exit.CLEAN
    out = capsys.readouterr().out
    words = " ".join(out.split())
    assert out.startswith(f"{known.id} ({known.severity})\n")
    for text in (known.summary, known.why, known.mend):
        assert text in words
    assert out.index("\nWrong:\n") < out.index("\nRight:\n")
    for path in (*known.bad, *known.good):
        assert f"\n  {path}\n" in out
    assert max(map(len, out.splitlines())) < 120


def test_without_a_rule_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == Exit.CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(rules())


def test_a_misspelt_rule_gets_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "broken-lnk"]) == Exit.USAGE
    assert "did you mean 'broken-link'?" in capsys.readouterr().err


def test_files_that_are_no_text_are_described(capsys: pytest.CaptureFixture[str]) -> None:
    run(["explain", "symlink"])
    assert "(a symbolic link to ../../../drafts/returns.md)" in capsys.readouterr().out
    run(["explain", "unreadable-file"])
    assert "bytes that are not UTF-8)" in capsys.readouterr().out
