"""Places in front matter and loose addresses; all ways to point are tested with the rule."""

from __future__ import annotations

import pytest

from kbtool.content.pointers import front_matter_place, loose_links
from kbtool.content.protected import AGENTS, Hidden, Why
from tests.samples import article

TEXT = "---\ntitle: A\nrelated:\n  - b\n  - c/d\n---\nrelated: c/d\n"


@pytest.mark.parametrize(
    ("names", "written", "line", "column"),
    [
        (("related",), "c/d", 5, 5),
        (("related",), "gone", 3, 1),
        (("theirs", "related"), "b", 4, 5),
        (("source",), "b", 1, 0),
    ],
)
def test_the_line_of_a_value(names: tuple[str, ...], written: str, line: int, column: int) -> None:
    where, text = front_matter_place("a.md", TEXT, names, written)
    assert (where.line, where.column) == (line, column)
    assert text == (TEXT.split("\n")[line - 1] if column else "")


def test_a_text_without_front_matter() -> None:
    assert front_matter_place("a.md", "related: b\n", ("related",), "b")[1] == ""


def test_addresses_that_no_slot_stands_for() -> None:
    hidden = Hidden(
        {"en/b": Why(AGENTS, "articles/en/b.md")}, strict=True, site_url="https://help.example.com/"
    )
    html = '<a href="\\en\\b">x</a><a href="#b">y</a><a href="https://help.example.com/en/b/">z</a>'
    one = article("a", body="[z](https://help.example.com/en/b/)")
    (first, finding), (second, told_elsewhere) = loose_links(html, one, hidden)
    assert (first, second) == (' href="\\en\\b"', ' href="https://help.example.com/en/b/"')
    assert finding is not None
    assert (finding.rule, finding.about) == ("protected-target", "articles/en/b.md")
    assert told_elsewhere is None
