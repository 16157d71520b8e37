"""The file of counts: fuller days win, nothing is counted twice, spreadsheets run nothing."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from kbtool.errors import KbError
from kbtool.tickets import read_counts
from kbtool.tickets.export.book import merged
from kbtool.tickets.export.importing import Imported, Key, Sum

DAY = date(2026, 3, 2).toordinal()


def of(*cells: tuple[int, str, int]) -> Imported:
    found: dict[Key, Sum] = {(DAY + day, topic, "hi"): Sum(count) for day, topic, count in cells}
    return Imported(found, 0, {}, {}, {}, [], {}, {})


def test_a_second_import_of_the_same_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    first = merged(path, of((0, "a", 3), (1, "b", 2)))
    path.write_bytes(first.data)
    again = merged(path, of((0, "a", 3), (1, "b", 2)))
    assert again.data == first.data
    assert (first.new, again.new, again.replaced, again.kept) == (2, 0, 0, 2)
    table, findings = read_counts(path)
    assert not findings
    assert sum(table.totals) == 5


def test_the_fuller_count_of_a_day_wins_and_other_days_stay(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_bytes(merged(path, of((0, "a", 30), (1, "a", 10), (2, "a", 5))).data)
    later = merged(path, of((1, "a", 2), (2, "a", 20), (2, "b", 1), (3, "a", 4)))
    assert (later.new, later.replaced, later.kept, later.untouched) == (1, 1, 1, 1)
    path.write_bytes(later.data)
    assert sum(read_counts(path)[0].totals) == 30 + 10 + 21 + 4
    assert sum(read_counts_of(tmp_path, merged(path, of((0, "a", 1)), replace=True).data)) == 1


def read_counts_of(tmp_path: Path, data: bytes) -> tuple[int, ...]:
    other = tmp_path / "other.csv"
    other.write_bytes(data)
    return read_counts(other)[0].totals


def test_packed_files_have_the_same_bytes_each_time(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv.gz"
    data = merged(path, of((0, "a", 3))).data
    assert data == merged(path, of((0, "a", 3))).data
    assert gzip.decompress(data).startswith(b"topic,date,count,locale\n")


def test_what_a_spreadsheet_would_run_is_text(tmp_path: Path) -> None:
    data = merged(tmp_path / "x.csv", of((0, "=cmd|'/c calc'!a", 1), (0, "@sum", 1), (0, "-1", 1))).data
    lines = data.decode().splitlines()[1:]
    assert all(line.lstrip('"').startswith("'") for line in lines), lines


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("week,topic,count\n2026-W10,a,1\n")
    with pytest.raises(KbError, match="was not written by an import") as caught:
        merged(path, of((0, "a", 1)))
    assert "--replace" in caught.value.help
