"""Blocks of code are coloured once, and bear the numbers of their own page."""

from __future__ import annotations

import pytest

from kbtool.render import highlight
from kbtool.render.extensions import converter
from kbtool.render.highlight import COUNT, Blocks

BLOCK = "```python\nprint(1)\n```\n"


def test_a_block_is_coloured_once_and_numbered_anew() -> None:
    blocks: Blocks = {}
    md = converter((), {}, blocks)
    first = md.reset().convert(BLOCK)
    second = md.reset().convert(f"```sh\nls\n```\n\n{BLOCK}")
    assert len(blocks) == 2
    assert "__codelineno-0-1" in first
    assert "__codelineno-1-1" in second
    assert COUNT not in first + second
    assert second == converter((), {}).convert(f"```sh\nls\n```\n\n{BLOCK}")


@pytest.mark.parametrize(
    "text", ['```python title="a.py"\nx\n```\n', f"```python\n{COUNT}\n```\n", "`#!python x`"]
)
def test_what_is_not_simple_is_not_kept(text: str) -> None:
    blocks: Blocks = {}
    found = converter((), {}, blocks).convert(text)
    assert blocks == {}
    assert found == converter((), {}).convert(text)


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlight, "KEPT", 3)
    blocks: Blocks = {}
    md = converter((), {}, blocks)
    for number in range(10):
        md.reset().convert(f"```python\nprint({number})\n```\n")
    assert len(blocks) <= 3
