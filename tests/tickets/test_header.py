"""The first line: delimiters, places, and hints for other names."""

from __future__ import annotations

import pytest

from kbtool.tickets.header import Header, read_header
from kbtool.tickets.problems import Problems


def read(text: str) -> tuple[Header | None, Problems]:
    problems = Problems("t.csv")
    return read_header(iter([(1, text)]), problems), problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_seen_and_names_may_be_quoted_and_spaced(delimiter: str) -> None:
    header, problems = read(delimiter.join(['"Topic"', " DATE ", "count"]))
    assert header == Header(delimiter, 3, {"topic": 0, "date": 1, "count": 2})
    assert [found.rule for found in problems.found] == ["ticket-delimiter"] * (delimiter != ",")


def test_a_week_column_will_do_and_date_is_preferred() -> None:
    assert (header := read("week,topic,count")[0])
    assert header.at == {"week": 0, "topic": 1, "count": 2}
    both, problems = read("week,topic,date,count")
    assert both
    assert both.at == {"topic": 1, "date": 2, "count": 3}
    assert "week" in problems.found[0].message


def test_other_columns_are_listed_once() -> None:
    header, problems = read("topic,date,count,agent,,contacts")
    assert header
    (finding,) = problems.found
    assert (finding.rule, finding.severity) == ("unused-ticket-column", "info")
    assert "agent, (no name), contacts" in finding.message


@pytest.mark.parametrize(
    ("text", "missing", "hint"),
    [
        ("topc,date,count", "topic", "did you mean 'topc'?"),
        ("category,date,count", "topic", "did you mean 'category'?"),
        ("topic,date,संख्या", "count", "did you mean 'संख्या'?"),
        ("topic,created_at,count", "date", "did you mean 'created_at'?"),
        ("topic,count", "date", "the first line is: topic,date,count"),
    ],
)
def test_a_missing_column_lists_what_was_found(text: str, missing: str, hint: str) -> None:
    header, problems = read(text)
    assert header is None
    (finding,) = problems.found
    assert finding.rule == "bad-ticket-file"
    assert f"no column {missing}; found: {', '.join(text.split(','))}" in finding.message
    assert hint in finding.help


def test_everything_that_is_wrong_is_said_at_once() -> None:
    header, problems = read("topic,topic,what")
    assert header is None
    assert [f.message.split(";")[0] for f in problems.found] == [
        "the column topic is there 2 times",
        "there is no column date",
        "there is no column count",
    ]


def test_an_open_quote_in_the_header() -> None:
    header, problems = read('topic,"date,count')
    assert header is None
    assert "never closed" in problems.found[0].message
