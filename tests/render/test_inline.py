"""The quicker way through the inline patterns gives what the library gives."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from kbtool.render.extensions import converter
from kbtool.render.inline import NAMED, NEEDS, QuickInlineProcessor, _needs, _ordered

QUICK = converter((), {})
PLAIN = converter((), {})
PLAIN.treeprocessors.register(InlineProcessor(PLAIN), "inline", 20)
PIECES = st.sampled_from(
    [
        *"`*_[]()!<>&:+~^=\\#1ab \n",
        "  \n", "++ctrl+c++", "https://a.example", "<https://a.example>", "<a@b.example>", ":smile:", "&amp;",
        "[a](b)", "![a](b)", "[^1]", "\n\n[^1]: x\n\n", "`#!python x`", "<b>", "</b>", "वापसी", "**",
        "==", "^^",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30))
def test_any_text_gives_the_same_html(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert QUICK.reset().convert(text) == PLAIN.reset().convert(text)


def test_every_pattern_of_the_dialect_is_known() -> None:
    """An update of the library that rewrites one makes it slow, not wrong; this tells it."""
    processor = QuickInlineProcessor(QUICK)
    assert [item.name for item in _ordered(processor) if _needs(processor, item.name) == ("",)] == []


def test_nothing_is_listed_that_is_not_there() -> None:
    processor: Any = QuickInlineProcessor(QUICK)
    patterns = {item.name: processor.inlinePatterns[item.name] for item in _ordered(processor)}
    assert {(name, type(pattern).__name__) for name, pattern in patterns.items()} >= set(NAMED)
    assert {pattern.getCompiledRegExp().pattern for pattern in patterns.values()} >= set(NEEDS)
