"""Reading whole files: every mistake in one run, and sound rows beside them."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Finding, TicketCount
from kbtool.tickets import read_counts
from kbtool.tickets.problems import LISTED


def read(
    tmp_path: Path, text: str | bytes, aliases: dict[str, list[str]] | None = None
) -> tuple[list[TicketCount], list[Finding]]:
    path = tmp_path / "tickets.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_counts(path, aliases)


def test_all_columns_of_a_daily_file(tmp_path: Path) -> None:
    header = "\ufefftopic\tdate\tcount\tlocale\tchannel\tviews\n"
    text = header + "रिफंड\t२०२४-०४-०३\t१२\thi\tmail\t9\na\t2024-04-04\t0\t\t\t\n"
    counts, findings = read(tmp_path, text)
    assert counts == [
        TicketCount("रिफंड", date(2024, 4, 3), 1, 12, "hi", "mail"),
        TicketCount("a", date(2024, 4, 4), 1, 0),
    ]
    assert [(f.rule, f.severity, f.where.line) for f in findings] == [("unused-ticket-column", "info", 1)]


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["2024-04-03", "2024-04-10", "2024-04-24"], 7),
        (["2024-04-03", "2024-04-04"], 1),
        (["2024-04-03"], 1),
        (["2024-W14", "2024-W15"], 7),
    ],
)
def test_days_that_share_a_weekday_are_weeks(tmp_path: Path, dates: list[str], days: int) -> None:
    counts, findings = read(tmp_path, "topic,date,count\n" + "".join(f"a,{d},1\n" for d in dates))
    assert not findings
    assert {count.days for count in counts} == {days}


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
    counts, findings = read(tmp_path, text)
    assert [(c.topic, c.count) for c in counts] == [("ok", 1), ("ok2", 7)]
    assert [(f.where.line, f.where.column, f.rule) for f in findings] == [
        (3, 3, "bad-ticket-row"),
        (3, 14, "bad-ticket-row"),
        (4, 1, "bad-ticket-row"),
        (5, 1, "bad-ticket-row"),
        (6, 1, "bad-ticket-row"),
        (7, 1, "duplicate-ticket-row"),
    ]
    assert all(f.severity == "error" and f.help and f.source_line for f in findings)
    assert findings[-1].message == "lines 2 and 7 both count ok, 2024-04-03"


def test_only_the_full_key_is_a_duplicate(tmp_path: Path) -> None:
    rows = "a,2024-04-03,1,en,mail\na,2024-04-03,1,hi,mail\na,2024-04-03,1,en,chat\na,2024-04-04,1,en,mail\n"
    counts, findings = read(tmp_path, "topic,date,count,locale,channel\n" + rows)
    assert (len(counts), findings) == (4, [])


def test_spellings_of_one_key_are_one_key(tmp_path: Path) -> None:
    rows = "café,2024-04-03,1,pt-BR\n cafe\u0301 ,२०२४-०४-०३,1,pt_br\n"
    counts, findings = read(tmp_path, "topic,date,count,locale\n" + rows)
    assert [f.rule for f in findings] == ["duplicate-ticket-row"]
    assert len(counts) == 1


def test_aliases_join_topics_and_are_no_duplicates(tmp_path: Path) -> None:
    text = "topic,date,count\nold,2024-04-03,1\nnew,2024-04-03,2\nother,2024-04-04,3\n"
    counts, findings = read(tmp_path, text, {" old": ["new "]})
    assert not findings
    assert [(c.topic, c.count) for c in counts] == [("new", 1), ("new", 2), ("other", 3)]


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
    assert counts == []
    (finding,) = [f for f in findings if f.rule == "bad-ticket-file"]
    assert message in finding.message
    assert finding.severity == "error"
    assert finding.help


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    counts, findings = read_counts(tmp_path / "none.csv")
    assert counts == []
    assert "cannot be read" in findings[0].message


def test_a_line_in_another_encoding_is_named(tmp_path: Path) -> None:
    counts, findings = read(tmp_path, b"topic,date,count\ncaf\xe9,2024-04-03,1\nb,2024-04-04,1\n")
    assert [c.topic for c in counts] == ["b"]
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
    assert counts or findings
