from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kbtool import pipeline
from kbtool.config import load
from kbtool.gate.sources import attachments, pieces
from tests.conftest import Kb

DAY = date(2026, 11, 22)


@pytest.fixture
def center(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> Kb:
    monkeypatch.chdir(kb.root)
    return kb


def cut(kb: Kb, body: str) -> tuple[str, str]:
    """What is for everybody in a public article with this body, and what is not."""
    kb.write("articles/en/a.md", "---\ntitle: A\n---\n\n" + body)
    config, problems = load(kb.root / "mkdocs.yml", {})
    assert config, problems
    listed = [p for p in pieces(config, pipeline.read(config), DAY) if p.where.path == "articles/en/a.md"]
    return tuple("\n".join(p.text for p in listed if bool(p.why) == hidden) for hidden in (False, True))  # type: ignore[return-value]


@pytest.mark.parametrize(
    "body",
    [
        "open\n\n!!! agents\n    held\n\nopen\n",
        'open\n\n??? agents "held"\n    held\n\n    held\nopen\n',
        "open\n\n!!! warning agents\n    held\n",
        "- open\n\n    !!! agents\n        held\n\n- open\n",
        "> open\n>\n> !!! agents\n>     held\n\nopen\n",
        "> [!agents]\n> held\n\nopen\n",
        "open\n\n!!! Agents\n\theld\n",
    ],
)
def test_blocks_for_agents_are_held_and_nothing_else(center: Kb, body: str) -> None:
    everybody, held = cut(center, body)
    assert "held" not in everybody
    assert "held" in held
    assert "open" in everybody
    assert "open" not in held


def test_an_example_in_a_fence_is_for_everybody(center: Kb) -> None:
    everybody, held = cut(center, "open\n\n```\n!!! agents\n    example\n```\n")
    assert "example" in everybody
    assert held == ""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("![x](plan.csv)", "plan.csv"),
        ("[x](<my plan.csv>)", "my plan.csv"),
        ("[x](my%20plan.csv)", "my plan.csv"),
        ('<a href="a&amp;b.csv">x</a>', "a&b.csv"),
        ("[x](योजना.csv)", "योजना.csv"),
    ],
)
def test_a_file_that_a_public_article_names_is_for_everybody(center: Kb, written: str, name: str) -> None:
    assert why(center, written, name) == ""


@pytest.mark.parametrize("written", ["![x](our-plan.csv)", "text", "!!! agents\n    ![x](plan.csv)"])
def test_a_file_that_none_names_is_not(center: Kb, written: str) -> None:
    assert why(center, written, "plan.csv")


def why(kb: Kb, written: str, name: str) -> str:
    kb.write("articles/en/a.md", f"---\ntitle: A\n---\n\n{written}\n")
    kb.write(f"articles/en/{name}", "one,two\n")
    config, problems = load(kb.root / "mkdocs.yml", {})
    assert config, problems
    found = [f for f in attachments(config, pipeline.read(config), DAY) if Path(f.name).name == name]
    return found[0].why
