"""Lines that ask for another file are told, not obeyed."""

from __future__ import annotations

import pytest

from kbtool.content.includes import include_problems


@pytest.mark.parametrize(
    "line",
    [
        "{* ../../docs_src/body/one.py hl[2] *}",
        "{!> ../../src/one.py!}",
        "{% include 'one.md' %}",
        "{%- include 'one.md' -%}",
        '--8<-- "one.md"',
    ],
)
def test_an_include_of_another_system(line: str) -> None:
    (found,) = include_problems("a.md", f"Words.\n\n    {line}\n\n{line}\n", 10)
    assert (found.rule, found.severity) == ("not-included", "warning")
    assert (found.where.line, found.where.column) == (12, 5)
    assert found.source_line == f"    {line}"
    assert "(and 1 more)" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "Words {* of *} a sentence.",
        "## Heading { #id }",
        '```text title="example"\n{* one.py *}\n```',
        "> ~~~\n> {! one.py !}\n> ~~~\n",
        '````\n```\n--8<-- "one.md"\n```\n````',
        "",
    ],
)
def test_what_is_no_include(text: str) -> None:
    assert include_problems("a.md", text, 1) == []


def test_a_fence_that_is_closed_ends() -> None:
    (found,) = include_problems("a.md", "```\n{* in.py *}\n```\n{* out.py *}", 1)
    assert found.where.line == 4
