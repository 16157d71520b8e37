"""Front matter is found strictly: a slip is an error, never page text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.content.frontmatter import MAX_BYTES, Split, split

PROSE = st.text("ab \n#*`,धन", max_size=60)


def parts(text: str) -> Split:
    found, reader = split("a.md", text)
    assert found is not None, reader.findings
    assert reader.findings == []
    return found


@given(PROSE, PROSE)
def test_the_two_parts_are_the_file(yaml: str, body: str) -> None:
    found = parts(f"---\n{yaml}\n---\n{body}")
    assert found == Split(yaml, body, yaml.count("\n") + 4, has_front_matter=True)


@given(PROSE)
def test_a_file_without_front_matter_is_its_body(body: str) -> None:
    assert parts(body) == Split("", body, 1, has_front_matter=False)


@pytest.mark.parametrize(
    ("text", "yaml", "body", "line"),
    [
        ("---\n---\nBody", "", "Body", 3),
        ("--- \na: 1\n---\t\nBody", "a: 1", "Body", 4),
        ("---\na: 1\n...\nBody", "a: 1", "Body", 4),
        ("---\na: 1\n---", "a: 1", "", 4),
    ],
)
def test_accepted(text: str, yaml: str, body: str, line: int) -> None:
    assert parts(text) == Split(yaml, body, line, has_front_matter=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n# Title",
        "***\n\nText: more",
        "----\n\nA line under the rule.",
        "# Title\n\n---\naudience: agents\n---",
        "Note: this is prose.\n\nstatus: also prose",
        "Statuses: many",
    ],
)
def test_prose_stays_prose(text: str) -> None:
    assert parts(text).body == text


LOOKS = "this looks like front matter, but line 1 is not exactly ---"


@pytest.mark.parametrize(
    ("text", "line", "message", "help"),
    [
        ("---\naudience: agents\n", 1, "that starts here is never closed", "put --- on a line of its own"),
        ("---\naudience: agents\n----\n", 1, "never closed", "put --- on a line of its own"),
        ("----\naudience: agents\n----\n", 1, LOOKS, "three hyphens"),
        (" ---\naudience: agents\n---\n", 1, LOOKS, "three hyphens"),
        ("\n---\naudience: agents\n---\n", 2, LOOKS, "alone on line 1"),
        ("--\naudience: agents\n--\n", 1, LOOKS, "three hyphens"),
        ("—\naudience: agents\n—\n", 1, LOOKS, "three hyphens"),
        ("\ufeff---\naudience: agents\n---\n", 1, LOOKS, "three hyphens"),
        ("\u200b---\n\n# note\n'audience': agents\n---\n", 1, LOOKS, "three hyphens"),
        ('+++\naudience = "agents"\n+++\n', 1, LOOKS, "three hyphens"),
        ("title: T\naudience: agents\n\n# T\n", 1, LOOKS, "three hyphens"),
        ("\nAudience : agents\n", 2, LOOKS, "three hyphens"),
        (f"---\na: {'b' * MAX_BYTES}\n---\n", 1, "the front matter is larger than 64 KiB", "into the body"),
    ],
)
def test_a_slip_is_an_error(text: str, line: int, message: str, help: str) -> None:
    found, reader = split("a.md", text)
    assert found is None
    (problem,) = reader.findings
    assert (problem.rule, problem.severity) == ("bad-metadata", "error")
    assert problem.where.line == line
    assert message in problem.message
    assert help in problem.help
    assert problem.source_line == text.split("\n")[line - 1].replace("\ufeff", "\ufffd")


def test_the_reader_counts_lines_of_the_file() -> None:
    _, reader = split("a.md", "---\na: 1\nb: c: d\n---\n")
    assert reader.read() is None
    assert reader.findings[0].where.line == 3
    assert reader.findings[0].source_line == "b: c: d"
