"""Lines that ask for another file are told, not obeyed."""

from __future__ import annotations

import pytest

from kbtool.content.includes import include_problems, named_files


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


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("{* ../../src/one.py hl[2] *}", "../../src/one.py"),
        ("words {!> one.md !} words", "one.md"),
        ("{% include 'a b.md' %}", "a b.md"),
        ("{%- include one.md -%}", "one.md"),
        ('{% include-markdown "one.md" start="x" %}', "one.md"),
        ('--8<-- "one.md:3:9"', "one.md"),
        ('-8<- "one.md:part"', "one.md"),
    ],
)
def test_the_file_that_is_asked_for_in_code_as_well(line: str, name: str) -> None:
    assert [found[2] for found in named_files(f"Words.\n\n```\n{line}\n```\n")] == [name]
    assert next(iter(named_files(line)))[:2] == (0, line.index(line.strip("words ")[0]) + 1)


def test_the_files_of_a_block_of_lines() -> None:
    text = "--8<--\none.md\n  two.md:2\n\n--8<--\nthree.md\n"
    assert list(named_files(text)) == [(1, 1, "one.md"), (2, 3, "two.md")]
    assert list(named_files("{ no } 8< include")) == []
