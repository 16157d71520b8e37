"""Reading whole files: every mistake in one run, and sound rows beside them."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Finding
from kbtool.tickets import WeeklyTable, read_counts
from kbtool.tickets.blocks import blocks
from kbtool.tickets.calendar import week_number
from kbtool.tickets.problems import LISTED


def read(
    tmp_path: Path, text: str | bytes, aliases: dict[str, list[str]] | None = None
) -> tuple[WeeklyTable, list[Finding]]:
    path = tmp_path / "tickets.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_counts(path, aliases)


def summed(table: WeeklyTable) -> dict[str, int]:
    return {topic: sum(counts) for topic, counts in table.counts.items()}


def test_all_columns_of_a_daily_file(tmp_path: Path) -> None:
    header = "\ufefftopic\tdate\tcount\tlocale\tchannel\tagent\n"
    text = header + "रिफंड\t२०२४-०४-०३\t१२\thi\tmail\t9\na\t2024-04-04\t0\t\t\t\n"
    table, findings = read(tmp_path, text)
    assert table.weeks == (date(2024, 4, 1),)
    assert table.counts == {"a": (0,), "रिफंड": (12,)}
    assert table.by_locale == {("रिफंड", "hi"): (12,)}
    assert table.partial == {date(2024, 4, 1)}, "days from a Wednesday on"
    assert [(f.rule, f.severity, f.where.line) for f in findings] == [
        ("ticket-delimiter", "info", 1),
        ("unused-ticket-column", "info", 1),
    ]


@pytest.mark.parametrize(
    ("dates", "partial"),
    [
        (["2024-04-03", "2024-04-10", "2024-04-24"], False),
        (["2024-04-03", "2024-04-04"], True),
        (["2024-04-03"], True),
        (["2024-W14", "2024-W15"], False),
    ],
)
def test_days_that_share_a_weekday_are_weeks(tmp_path: Path, dates: list[str], partial: bool) -> None:
    table, findings = read(tmp_path, "topic,date,count\n" + "".join(f"a,{d},1\n" for d in dates))
    assert not findings
    assert bool(table.partial) == partial


def test_all_mistakes_are_found_in_one_run_with_their_places(tmp_path: Path) -> None:
    text = (
        "topic;date;count\n"
        "ok;2024-04-03;1\n"
        "a;03/04/2024;-2\n"
        "a;2024-04-03\n"
        '"b;2024-04-03;1\n'
        ";2024-04-03;1\n"
        "ok;2024-04-03;5\n"
        "ok2;2024-04-04;7\n"
    )
    table, findings = read(tmp_path, text)
    assert summed(table) == {"ok": 1, "ok2": 7}
    assert [(f.where.line, f.where.column, f.rule) for f in findings if f.severity != "info"] == [
        (3, 3, "bad-ticket-row"),
        (3, 14, "bad-ticket-row"),
        (4, 1, "bad-ticket-row"),
        (5, 1, "bad-ticket-row"),
        (6, 1, "bad-ticket-row"),
        (7, 1, "duplicate-ticket-row"),
    ]
    assert all(f.severity == "error" and f.help for f in findings if f.rule != "ticket-delimiter")
    assert findings[-1].message == "lines 2 and 7 both count ok, 2024-04-03"


def test_only_the_full_key_is_a_duplicate(tmp_path: Path) -> None:
    rows = "a,2024-04-03,1,en,mail\na,2024-04-03,1,hi,mail\na,2024-04-03,1,en,chat\na,2024-04-04,1,en,mail\n"
    counts, findings = read(tmp_path, "topic,date,count,locale,channel\n" + rows)
    assert (sum(counts.totals), findings) == (4, [])


def test_rows_that_differ_in_a_column_that_is_not_used_count_different_things(tmp_path: Path) -> None:
    rows = "a,2024-04-03,1,phone\na,2024-04-03,1,cable\na,2024-04-03,1,cable\n"
    table, findings = read(tmp_path, "topic,date,count,product\n" + rows)
    assert summed(table) == {"a": 2}
    assert [f.rule for f in findings] == ["unused-ticket-column", "duplicate-ticket-row"]


def test_measures_are_means_over_the_tickets_they_rest_on(tmp_path: Path) -> None:
    text = (
        "topic;date;count;csat;csat_n;nps;views;answer_hours\n"
        "a;2024-04-03;10;90;2;50;100;2,5\n"
        "a;2024-04-04;30;60 %;4;;50;\n"
        "a;2024-04-12;30;;;-100;50;4\n"
        "b;2024-04-12;1;101;1;;;\n"
    )
    table, findings = read(tmp_path, text)
    week, later = (week_number(day) for day in (date(2024, 4, 1), date(2024, 4, 8)))
    over = table.measures.over
    assert over("csat", "a", [week, later]) == (70, 6)
    assert over("nps", "a", [week]) == (50, 10)
    assert over("nps", "a", [week, later]) == (-62.5, 40)
    assert over("views", "a", [week, later])[0] == 200
    assert over("answer_hours", "a", [week, later]) == (3.625, 40)
    assert over("csat", "b", [later])[1] == 0
    (wrong,) = [f for f in findings if f.severity == "error"]
    assert (wrong.where.line, wrong.where.column) == (5, 16)
    assert "101 is not between 0 and 100" in wrong.message


def test_spellings_of_one_key_are_one_key(tmp_path: Path) -> None:
    rows = "café,2024-04-03,1,pt-BR\n cafe\u0301 ,२०२४-०४-०३,1,pt_br\n"
    counts, findings = read(tmp_path, "topic,date,count,locale\n" + rows)
    assert [f.rule for f in findings] == ["duplicate-ticket-row"]
    assert sum(counts.totals) == 1


def test_aliases_join_topics_and_are_no_duplicates(tmp_path: Path) -> None:
    text = "topic,date,count\nold,2024-04-03,1\nnew,2024-04-03,2\nother,2024-04-04,3\n"
    counts, findings = read(tmp_path, text, {" old": ["new "]})
    assert not findings
    assert summed(counts) == {"new": 3, "other": 3}


def test_a_flood_is_cut_and_counted(tmp_path: Path) -> None:
    text = "topic,date,count\n" + "a,soon,1\n" * 70 + "b,2024-04-03,x\n"
    _, findings = read(tmp_path, text)
    assert len(findings) == LISTED + 1 + 1
    assert findings[-1].message == "20 more bad dates are not listed"
    assert any("'x'" in f.message for f in findings)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\n\n", "empty"),
        (b"topic,date,count\n", "no row"),
        (b"topic,date,count\n,,\n \n", "no row"),
        ("topic,date,count\n".encode("utf-16"), "UTF-16"),
        (gzip.compress(b"topic,date,count\na,2024-04-03,1\n" * 9, mtime=0)[:-8], "damaged"),
    ],
)
def test_files_without_counts(tmp_path: Path, data: bytes, message: str) -> None:
    counts, findings = read(tmp_path, data)
    assert not counts.weeks
    (finding,) = [f for f in findings if f.rule == "bad-ticket-file"]
    assert message in finding.message
    assert finding.severity == "error"
    assert finding.help


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    counts, findings = read_counts(tmp_path / "none.csv")
    assert not counts.weeks
    assert "cannot be read" in findings[0].message


def test_a_line_in_another_encoding_is_named(tmp_path: Path) -> None:
    counts, findings = read(tmp_path, b"topic,date,count\ncaf\xe9,2024-04-03,1\nb,2024-04-04,1\n")
    assert counts.topics == ("b",)
    (finding,) = findings
    assert (finding.where.line, finding.where.column) == (2, 4)
    assert "0xe9" in finding.message


def test_gzip_gives_the_same_counts(tmp_path: Path) -> None:
    text = b"topic,date,count\na,2024-04-03,1\nb,2024-04-05,2\n"
    plain = read(tmp_path, text)
    packed = tmp_path / "t.csv.gz"
    packed.write_bytes(gzip.compress(text, mtime=0))
    assert read_counts(packed) == plain


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"topic,date,count\n" + data)
    counts, findings = read_counts(path)
    assert counts.weeks or findings


CELLS = st.sampled_from(["a", "ab ", "Long Name of a Topic", "रिफंड", "x;y", '"q"', "a\nb", ""])
DATES = st.sampled_from(["2024-04-03", "2024-W14", "2024-04-12", " 2024-04-19", "03/04/2024", "9999-01-01"])
COUNTS = st.sampled_from(["0", "7", "12", "-1", "x", "99999999999", "३"])
LOCALES = st.sampled_from(["", "hi", "pt_br", "??"])


@given(
    st.lists(st.tuples(CELLS, DATES, COUNTS, LOCALES), max_size=30),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.integers(1, 200),
)
def test_many_rows_at_once_are_read_as_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]], quoting: Any, size: int
) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n", quoting=quoting)
    writer.writerows([("topic", "date", "count", "locale"), *rows])
    path = tmp_path_factory.getbasetemp() / "rows.csv"
    path.write_text(stream.getvalue(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kbtool.tickets.read.blocks", lambda path: blocks(path, size))
        fast = read_counts(path)
        patch.setattr("kbtool.tickets.read.grid", lambda *_: None)
        patch.setattr("kbtool.tickets.read.blocks", blocks)
        slow = read_counts(path)
    assert fast == slow
    expected, seen = 0, set()
    for topic, day, count, locale in rows:
        sound = topic.strip() and day[0] not in "09" and count in ("0", "7", "12", "३") and locale != "??"
        key = topic.strip(), day, locale
        if sound and key not in seen:
            seen.add(key)
            expected += int(count)
    assert sum(fast[0].totals) == expected


def test_repeated_rows_are_found_among_more_than_fit_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbtool.tickets.cells.AT_HAND", 64)
    monkeypatch.setattr("kbtool.tickets.cells.WAITING", 64)
    rows = [f"topic {n},2024-04-{1 + n % 30:02},{n}" for n in range(1000)]
    text = "\n".join(["topic,date,count", *rows, rows[5], rows[500], ""])
    table, findings = read(tmp_path, text)
    assert [f.where.line for f in findings] == [1002, 1003]
    assert sum(table.totals) == sum(range(1000))


def test_a_file_of_nothing_but_mistakes_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbtool.tickets.read.MOST_WRONG", 100)
    table, findings = read(tmp_path, "topic,date,count\n" + "a,soon,1\n" * 101)
    assert not table.weeks
    assert any("more than 100 rows" in f.message for f in findings)


def test_very_many_repeated_rows_are_counted_and_not_gone_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"a,2024-04-{1 + n % 30:02},{n}\n" for n in range(300))
    table, findings = read(tmp_path, "topic,date,count\n" + rows)
    assert sum(table.totals) == sum(range(30)), "the first of each"
    assert [f.where.line for f in findings if f.where.line] == list(range(32, 32 + LISTED))
    assert findings[-1].message == "220 more repeated rows are not listed"
    monkeypatch.setattr("kbtool.tickets.read.MOST_WRONG", 100)
    table, findings = read(tmp_path, "topic,date,count\n" + rows)
    assert not table.weeks
    assert any("270 rows count again" in f.message for f in findings)
