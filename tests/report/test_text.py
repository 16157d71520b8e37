"""Findings in words."""

from __future__ import annotations

import pytest

from kbtool.model import Finding, Location, Severity
from kbtool.report.checked import Checked
from kbtool.report.text import check_text, counted, display_width, finding_text, summary
from tests.report.findings import ERROR, INFO, checked


def finding(severity: Severity = "error", line: int = 2, column: int = 8, source: str = "") -> Finding:
    where = Location("articles/hi/refund.md", line, column)
    return Finding("bad-metadata", severity, where, "the list is never closed", "close it with ]", source)


def test_a_finding_shows_place_message_line_caret_and_mend() -> None:
    assert finding_text(finding(source="topics: [a, b")).split("\n") == [
        "articles/hi/refund.md:2:8: error[bad-metadata]: the list is never closed",
        "    2 | topics: [a, b",
        "      |        ^",
        "help: close it with ]",
    ]


def caret(source: str, column: int) -> tuple[str, str]:
    """What is shown of the line, and what of it stands before the caret, by displayed width."""
    _, line, mark, _ = finding_text(finding(column=column, source=source)).split("\n")
    shown, width = line[8:], mark.index("^") - 8
    before = ""
    for char in shown:
        if display_width(before) >= width:
            break
        before += char
    return shown, before


@pytest.mark.parametrize(
    ("source", "column", "before"),
    [
        ("title: a: b", 9, "title: a"),
        ("शीर्षक: [क", 9, "शीर्षक: "),
        ("標題: [", 5, "標題: "),
        ("a\tb: [", 3, "a   "),
        ("x", 1, ""),
    ],
)
def test_the_caret_stands_under_the_place_as_it_is_displayed(source: str, column: int, before: str) -> None:
    shown, found = caret(source, column)
    assert shown.startswith(before)
    assert display_width(found) == display_width(before)


def test_without_a_line_there_is_no_caret() -> None:
    where = Location("sections.yml")
    text = finding_text(Finding("bad-section", "warning", where, "no article", "", "title: x"))
    assert text == "sections.yml: warning[bad-section]: no article"


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("हिन्दी", 5), ("क्‍ष", 2), ("漢字", 4), ("e\u0301", 1), ("ａ", 2)]
)
def test_widths_of_a_terminal(text: str, width: int) -> None:
    assert display_width(text) == width


def test_a_summary_counts_by_severity() -> None:
    found = [finding("warning"), finding("error"), finding("info"), finding("error"), finding("info")]
    assert summary(found) == "2 errors, 1 warning, 2 info"
    assert summary([finding()]) == "1 error"
    assert summary([]) == "no findings"


def test_a_check_lists_findings_in_full_and_counts_them() -> None:
    blocks = check_text(checked(suppressed=2)).split("\n\n")
    assert [block.partition(":")[0] for block in blocks[:2]] == [
        "articles/en/a b.md",
        "articles/hi/धनवापसी, नीति.md",
    ]
    assert blocks[2:] == [
        (
            "1 error, 1 warning (1 info, listed with -v; 2 suppressed). What a rule means: kbtool explain "
            "broken-link"
        ),
    ]
    assert len(check_text(checked(), verbose=True).split("\n\n")) == 4
    assert check_text(checked(), quiet=True) == finding_text(ERROR)


def test_a_clean_check_says_so() -> None:
    assert check_text(Checked(())) == "No findings"
    assert check_text(Checked((), 5, 2)) == "No findings (2 suppressed)"
    assert counted(checked(INFO)) == "No findings (1 info, listed with -v)"
    assert counted(checked(INFO), verbose=True) == "1 info"
    assert check_text(Checked(()), quiet=True) == ""
