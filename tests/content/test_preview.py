"""What writers see, and why readers do not."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kbtool.content.preview import State, for_preview, state_of
from tests.samples import article, library

TODAY = date(2026, 11, 22)
YESTERDAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 23)
PACKAGE = Path(__file__).parents[2] / "kbtool"


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, ""),
        ({"audience": "agents"}, ""),
        ({"status": "draft", "publish_at": TOMORROW}, "draft"),
        ({"status": "archived"}, "archived"),
        ({"publish_at": TOMORROW}, "waiting"),
        ({"publish_at": TODAY}, ""),
        ({"expires_at": TODAY}, "expired"),
        ({"expires_at": TOMORROW}, ""),
        ({"publish_at": YESTERDAY, "expires_at": TODAY}, "expired"),
        ({"publish_at": TOMORROW, "expires_at": YESTERDAY}, "waiting"),
    ],
)
def test_the_state_says_why_an_article_is_held_back(changes: dict[str, Any], state: State) -> None:
    one = article("a", **changes)
    assert state_of(one, TODAY) == state
    assert (state == "") == one.is_live(TODAY)


def test_a_preview_holds_everything_with_its_blocks_for_agents() -> None:
    all_of = [
        article("a", body="!!! agents\n    Only you."),
        article("b", status="draft"),
        article("c", audience="agents"),
        article("d", publish_at=TOMORROW),
    ]
    assert for_preview(library(*all_of)).articles == tuple(all_of)


def test_no_build_asks_for_a_preview() -> None:
    """What the preview shows is made by one function, which only the preview calls; the rules read it too."""
    callers = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = (
                node.id
                if isinstance(node, ast.Name)
                else node.attr
                if isinstance(node, ast.Attribute)
                else ""
            )
            if name in ("for_preview", "compile_preview", "PreviewView"):
                callers.add((path.relative_to(PACKAGE).as_posix(), name))
    assert callers == {
        ("checks/views.py", "for_preview"),
        ("pipeline.py", "for_preview"),
        ("serve/builder.py", "compile_preview"),
        ("serve/builder.py", "PreviewView"),
        ("targets/tree.py", "PreviewView"),
        ("targets/view.py", "PreviewView"),
    }
