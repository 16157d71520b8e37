"""Findings and errors as the panel shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.errors import UsageError
from kbtool.model import Finding, Location
from kbtool.serve.problems import Problem, of_error, of_finding


def finding(column: int, line: str, number: int = 2) -> Finding:
    return Finding("bad-metadata", "error", Location("a.md", number, column), "wrong", "mend it", line)


@pytest.mark.parametrize(
    ("line", "column", "parts"),
    [
        ("title: [x", 8, ("title: ", "[", "x")),
        ("शीर्षक: हिं", 9, ("शीर्षक: ", "हिं", "")),
        ("abc", 4, ("abc", "", "")),
        ("abc", 0, ("", "a", "bc")),
        ("", 1, ("", "", "")),
    ],
)
def test_the_line_is_parted_at_the_place(line: str, column: int, parts: tuple[str, str, str]) -> None:
    problem = of_finding(finding(column, line))
    assert (problem.before, problem.at, problem.after) == parts


@given(st.text(), st.integers(0, 50))
def test_no_character_of_the_line_is_lost(line: str, column: int) -> None:
    problem = of_finding(finding(column, line))
    assert problem.before + problem.at + problem.after == line


def test_a_finding_tells_place_rule_and_mend() -> None:
    assert of_finding(finding(1, "x")) == Problem(
        "a.md:2:1", "wrong", "mend it", "bad-metadata", 2, "", "x", ""
    )


def test_a_finding_of_a_whole_file_has_no_line() -> None:
    problem = of_finding(finding(0, "x", number=0))
    assert (problem.where, problem.line, problem.at) == ("a.md", 0, "")


def test_an_error_of_ours_is_told_in_its_words_any_other_by_its_name() -> None:
    assert of_error(UsageError("wrong", "mend it")) == Problem("", "wrong", "mend it")
    assert of_error(ValueError("x")).message == "ValueError: x"
    assert "report" in of_error(ValueError("x")).help
