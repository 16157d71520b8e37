"""Fingerprints and baselines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbtool.model import Location
from kbtool.report.checked import baseline_of, baseline_text, fingerprinted
from tests.report.findings import ERROR, INFO, WARNING


def prints(*findings: object, base: str = "") -> list[str]:
    return [one.fingerprint for one in fingerprinted(findings, base)]  # type: ignore[arg-type]


def test_lines_and_counts_do_not_matter() -> None:
    moved = replace(WARNING, where=Location(WARNING.where.path, 99, 1), source_line="other", help="other")
    assert prints(WARNING) == prints(moved)
    assert prints(INFO) == prints(replace(INFO, message="this title has 81 letters"))
    twice = replace(ERROR, message="'a' is given twice; the first is on line 3")
    assert prints(twice) == prints(replace(twice, message="'a' is given twice; the first is on line 14"))


def test_rule_path_and_words_do_and_so_do_numbers_in_names() -> None:
    other = [
        replace(WARNING, rule="broken-anchor"),
        replace(WARNING, where=Location("articles/en/b.md", 7, 3)),
        replace(WARNING, message="this links to c.md"),
        replace(WARNING, message="this links to step-1.md"),
        replace(WARNING, message="this links to step-2.md"),
        replace(WARNING, message="this links to 1.md"),
        replace(WARNING, message="this links to 2.md"),
    ]
    assert len({*prints(WARNING), *(prints(one)[0] for one in other)}) == 8


def test_equal_findings_of_one_file_are_told_apart_by_their_order() -> None:
    first, second = prints(WARNING, replace(WARNING, where=Location(WARNING.where.path, 9, 1)))
    assert first != second
    assert prints(WARNING) == [first]


def test_it_does_not_matter_where_the_command_runs() -> None:
    from_above = replace(WARNING, where=Location("help/" + WARNING.where.path, 7, 3))
    assert prints(from_above, base="help") == prints(WARNING, base=".")


def test_a_baseline_reads_back() -> None:
    reported = fingerprinted((WARNING, ERROR), "")
    text = baseline_text(reported)
    assert baseline_of(text) == {one.fingerprint for one in reported}
    assert "धनवापसी" in text
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1}', "\ud800"]
)
def test_what_is_no_baseline(text: str) -> None:
    with pytest.raises(ValueError, match=r"no baseline|Expecting"):
        baseline_of(text)


def test_strange_entries_of_a_baseline_are_passed_over() -> None:
    assert baseline_of('{"version": 1, "findings": [1, {}, {"fingerprint": 2}, {"fingerprint": "x"}]}') == {
        "x"
    }
