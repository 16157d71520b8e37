"""Names that Windows cannot hold, and those that only look like them."""

from __future__ import annotations

import pytest

from kbtool.content.names import name_problem


@pytest.mark.parametrize(
    ("name", "severity", "why"),
    [
        ("con", "error", "'con' is the name of a device"),
        ("NUL.md", "error", "'NUL' is the name of a device"),
        ("Com1.v2.md", "error", "'Com1' is the name of a device"),
        ("folder.", "error", "ends in a full stop or a space"),
        ("folder ", "error", "ends in a full stop or a space"),
        ("a:b.md", "error", "holds the character :"),
        ("a?b:c.md", "error", "holds the character ?"),
        ("Why?.md", "warning", "holds the character ?"),
        ("a\\b.md", "warning", "holds the character \\"),
    ],
)
def test_names_that_windows_cannot_hold(name: str, severity: str, why: str) -> None:
    problem = name_problem(name, f"articles/{name}")
    assert problem is not None
    assert (problem.rule, problem.severity, problem.where.path) == ("bad-name", severity, f"articles/{name}")
    assert why in problem.message
    assert problem.help.startswith("rename it")


@pytest.mark.parametrize(
    "name",
    ["console.md", "icon.md", "com0.md", "com10.md", "my nul.md", "a.b c.md", "धन–वापसी.md", "con-a.md"],
)
def test_names_for_every_system(name: str) -> None:
    assert name_problem(name, name) is None
