"""Parquet files of counts, added up by DuckDB as our own reader adds up the same rows."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

from kbtool.errors import UsageError
from kbtool.tickets import read_counts

ROWS = """topic,date,count,locale,csat,csat_n,views
Refund ,2024-04-03,3,hi,80,2,10
refund,2024-04-05,5,en,50,1,
old,2024-04-12,2,hi,,,4
(none),2024-04-12,9,,,,
"""


def written(tmp_path: Path, select: str, csv: str = ROWS) -> Path:
    """A Parquet file of what a query selects from rows of CSV."""
    source, target = tmp_path / "counts.csv", tmp_path / "counts.parquet"
    source.write_text(csv, encoding="utf-8")
    duckdb.sql(f"COPY (SELECT {select} FROM read_csv('{source}')) TO '{target}'")  # noqa: S608
    return target


@pytest.mark.parametrize(
    "select", ["*", "* REPLACE (date::VARCHAR AS date)", "* REPLACE (date::TIMESTAMP AS date)"]
)
def test_the_same_table_as_from_csv(tmp_path: Path, select: str) -> None:
    path = written(tmp_path, select)
    aliases = {"old": ["refund"]}
    table, findings = read_counts(path, aliases)
    assert not findings
    assert table == read_counts(tmp_path / "counts.csv", aliases)[0]
    assert sum(table.totals) == 19


def test_without_counts_each_row_is_a_ticket(tmp_path: Path) -> None:
    table, _ = read_counts(written(tmp_path, "topic, date"))
    assert sum(table.totals) == 4


def test_rows_that_are_wrong_are_named(tmp_path: Path) -> None:
    rows = "topic,date,count\na,2024-04-03,1\n,2024-04-03,2\nb,2924-04-03,3\nc,2024-04-03,-4\n"
    table, findings = read_counts(written(tmp_path, "*", rows))
    assert table.topics == ("a",)
    assert [(f.where.line, f.severity) for f in findings] == [(2, "error"), (3, "error"), (4, "error")]
    assert [f.message.partition(": ")[2].partition(" ")[2] for f in findings] == [
        "topic is empty",
        "date cannot be read",
        "count is not a whole number from 0 to 10,000,000",
    ]


def test_missing_columns_and_damaged_files(tmp_path: Path) -> None:
    _, findings = read_counts(written(tmp_path, "topic AS subject, count"))
    assert sorted(f.message.partition(";")[0] for f in findings) == [
        "there is no column date",
        "there is no column topic",
    ]
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and nothing else")
    table, findings = read_counts(broken)
    assert not table.weeks
    assert "cannot be read" in findings[0].message


def test_without_duckdb_the_mend_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError, match="needs DuckDB") as caught:
        read_counts(tmp_path / "counts.parquet")
    assert "kbtool[duckdb]" in caught.value.help
