"""Cases 88 to 109: ticket files as people and spreadsheets make them, and what comes of each."""

from __future__ import annotations

import gzip
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kbtool.model import Finding
from kbtool.stale import rank_topics
from kbtool.tickets import WeeklyTable, read_counts
from tests.conftest import Kb
from tests.stale.stale_data import library

HEAD = "topic,date,count\n"
Proof = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """A file, the tickets that are counted, and what is said: (line, column, words) of each finding."""

    number: int
    what: str
    data: bytes
    tickets: int
    said: tuple[tuple[int, int, str], ...] = ()


def text(rows: str, head: str = HEAD) -> bytes:
    return (head + rows).encode()


CASES = (
    Case(88, "a byte order mark", b"\xef\xbb\xbf" + text("a,2024-04-03,1\n"), 1),
    Case(89, "UTF-16, as Excel writes Unicode text", (HEAD + "a,2024-04-03,1\n").encode("utf-16"), 0,
         ((0, 0, "the text is in UTF-16"),)),
    Case(90, "semicolons", text("a;2024-04-03;1\n", "topic;date;count\n"), 1, ((1, 0, "divided by ';'"),)),
    Case(90, "tabs", text("a\t2024-04-03\t1\n", "topic\tdate\tcount\n"), 1, ((1, 0, "divided by tabs"),)),
    Case(91, "Indian grouping", text('a,2024-04-03,"1,00,000"\nb,2024-04-03,1\n'), 1,
         ((2, 14, "holds commas, which may group digits or begin a fraction"),)),
    Case(91, "a decimal comma", text("a;2024-04-03;1,5\nb;2024-04-03;1\n", "topic;date;count\n"), 1,
         ((1, 0, "divided by ';'"), (2, 14, "'1,5' is not a whole number"))),
    Case(92, "Devanagari digits", text("a,२०२४-०४-०३,१२\n"), 12),
    Case(93, "numbers that are no counts",
         text("a,2024-04-03,-1\nb,2024-04-03,1.5\nc,2024-04-03,NaN\nd,2024-04-03,1e400\n"
              "e,2024-04-03,9223372036854775808\nf,2024-04-03,2\n"), 2,
         ((2, 14, "negative"), (3, 14, "not a whole number"), (4, 14, "not a whole number"),
          (5, 14, "not a whole number"), (6, 14, "larger than"))),
    Case(94, "repeated rows", text("a,2024-04-03,1\nb,2024-04-03,1\na,2024-04-03,1\n"), 2,
         ((4, 1, "lines 2 and 4 both count a"),)),
    Case(95, "a column of another name", text("a,2024-04-03,1\n", "topic,day,count\n"), 0,
         ((1, 0, "there is no column date; found: topic, day, count"),)),
    Case(96, "ragged rows", text("a,2024-04-03\nb,2024-04-03,1,x\nc,2024-04-03,1\n"), 1,
         ((2, 1, "2 cells where the header has 3"), (3, 1, "4 cells where the header has 3"))),
    Case(97, "a quote that is never closed", text('"a,2024-04-03,1\n' + "b,2024-04-03,1\n" * 1), 1,
         ((2, 1, "the quote opened here is never closed"),)),
    Case(98, "zero bytes", b"topic,date,count\n" + b"a\0b,2024-04-03,x\nc,2024-04-03,1\n", 1,
         ((2, 16, "not a whole number"),)),
    Case(99, "what a spreadsheet would run", text('"=cmd|\'/c calc\'!a",2024-04-03,1\n+a,2024-04-03,1\n'), 2),
    Case(102, "a cell of 200 KB", text(f"{'a' * 200_000},2024-04-03,1\nb,2024-04-03,1\n"), 2),
    Case(103, "days and months in two orders", text("a,03/04/2024,1\nb,13/04/2024,1\nc,2024-04-03,1\n"), 1,
         ((2, 3, "it can be read in two ways"), (3, 3, "is not in ISO form"))),
    Case(104, "impossible times", text("a,0001-01-01,1\nb,9999-12-31,1\nc,2024-04-03T10:00:00+05:30,1\n"
                                       "d,2024-02-30,1\ne,2024-02-29,1\n"), 1,
         ((2, 3, "not between 1990 and 2099"), (3, 3, "not between 1990 and 2099"),
          (4, 3, "holds a time of day"), (5, 3, "there is no 2024-02-30 in the calendar"))),
    Case(105, "an empty file", b"", 0, ((0, 0, "the file is empty"),)),
    Case(105, "a header and nothing else", text(""), 0, ((0, 0, "a header but no row"),)),
    Case(106, "one topic in several spellings",
         text("Café au Lait,2024-04-03,1\ncafe\u0301 au lait,2024-04-04,2\nCAFÉ_AU_LAIT,2024-04-05,4\n"), 7),
    Case(108, "rows out of order", text("a,2024-04-17,1\na,2024-04-03,2\na,2024-04-10,4\n"), 7),
    Case(108, "a period twice in other words", text("a,2024-W14,1\na,2024W14,1\n"), 1,
         ((3, 1, "lines 2 and 3 both count a"),)),
)  # fmt: skip


def read(path: Path, data: bytes) -> tuple[WeeklyTable, list[Finding]]:
    path.write_bytes(data)
    return read_counts(path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.what}")
def test_what_comes_of_a_file(tmp_path: Path, case: Case) -> None:
    table, findings = read(tmp_path / "counts.csv", case.data)
    assert sum(table.totals) == case.tickets
    assert [(f.where.line, f.where.column) for f in findings] == [one[:2] for one in case.said]
    for finding, (_, _, words) in zip(findings, case.said, strict=True):
        assert words in finding.message
        assert finding.help


def test_99_formulas_are_text_in_what_is_written_and_data_in_what_is_read(kb: Kb) -> None:
    kb.settings("locales: {en: English}\narticles: {defaults: {audience: public}}\ntickets: {path: t.csv}")
    rows = "".join(f"\"=cmd|'/c calc'!a\",2024-04-{day:02},9\n" for day in range(1, 29))
    kb.write("t.csv", HEAD + rows)
    written = kb.run("stale", "--format", "csv", "--today", "2024-05-10").out
    assert written.splitlines()[1].startswith("gap,'=cmd|'/c-calc'!a,")
    assert "=cmd|'/c-calc'!a" in kb.run("stale", "--format", "json", "--today", "2024-05-10").out


def test_100_a_large_file_needs_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="memory is measured where the system tells it")
    path = tmp_path / "counts.csv"
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]

    def write(topics: int) -> None:
        with path.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            for topic in range(topics):
                file.writelines(f"topic {topic},{day},{topic % 7}\n" for day in days)

    write(30)
    read_counts(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    write(3000)  # a million rows
    table, findings = read_counts(path)
    assert not findings
    assert sum(table.totals) == sum(topic % 7 for topic in range(3000)) * len(days)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "KB"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gzip.compress(HEAD.encode() + (b" " * 999_000 + b"\n") * 70, mtime=0), "unpacks to more than"),
        (b"PK\x03\x04rest", "it is a zip file"),
    ],
    ids=["gz", "zip"],
)
def test_101_bombs(tmp_path: Path, data: bytes, words: str) -> None:
    table, findings = read(tmp_path / "counts.csv.gz", data)
    assert not table.weeks
    assert [words in finding.message for finding in findings] == [True]


def test_107_nothing_is_divided_by_zero_and_nothing_overflows(tmp_path: Path) -> None:
    zeros = "".join(f"a,2024-W{week:02},0\nb,2024-W{week:02},10000000\n" for week in range(1, 40))
    table, findings = read(tmp_path / "counts.csv", text(zeros))
    assert not findings
    assert sum(table.totals) == 39 * 10_000_000
    for row in rank_topics(table, date(2024, 10, 20), library()).rows:
        assert all(math.isfinite(value or 0) for value in (row.ratio, row.odds, row.q, row.share_after))


def test_109_what_is_personal_is_in_no_output(kb: Kb) -> None:
    kb.settings("locales: {en: English}\narticles: {defaults: {audience: public}}\ntickets: {path: t.csv}")
    kb.write("articles/en/a.md", "---\ntitle: A\ntopics: [a]\n---\n\nText.\n")
    rows = "".join(
        f"a,2024-{month:02}-{day:02},9,ravi@mail.example,Ravi Kumar\n"
        for month in range(1, 5)
        for day in range(1, 29)
    )
    kb.write("t.csv", "topic,date,count,mail,customer\n" + rows)
    for arguments in (
        *(("stale", "--format", name) for name in ("text", "json", "html", "markdown", "csv", "github")),
        ("stale", "-v", "--all"), ("queue",), ("stale", "explain", "a"), ("check", "-v"), ("build",),
    ):  # fmt: skip
        done = kb.run(*arguments, "--today", "2024-05-10")
        assert "ravi" not in (done.out + done.err).lower(), arguments
    assert not any(b"ravi" in data.lower() for data in kb.tree("site").values())


def test_every_case_is_here() -> None:
    apart = {99, 100, 101, 107, 109}
    assert {case.number for case in CASES} | apart == set(range(88, 110))
