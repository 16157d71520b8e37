"""Lines and records: what comes off the disk, and what quotes do."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.tickets.lines import BadQuote, Unreadable, raw_lines, records, split

CELL = st.text(alphabet='ab,;"\t हि', max_size=8)


@given(st.lists(CELL, min_size=1, max_size=5), st.sampled_from([",", ";", "\t"]))
def test_split_reads_what_the_csv_module_writes(cells: list[str], delimiter: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="", quoting=csv.QUOTE_ALL).writerow(cells)
    assert split(stream.getvalue(), delimiter)[0] == cells


def test_split_says_where_each_cell_begins() -> None:
    assert split('a,"b,c",,d', ",") == (["a", "b,c", "", "d"], [1, 3, 9, 10])


@pytest.mark.parametrize(
    ("text", "column", "unclosed"), [('a,"b', 3, True), ('"a"b,c', 1, False), ('"a""', 1, True)]
)
def test_bad_quotes_name_the_column_where_they_open(text: str, column: int, unclosed: bool) -> None:
    with pytest.raises(BadQuote) as caught:
        split(text, ",")
    assert (caught.value.column, caught.value.unclosed) == (column, unclosed)


def read(text: str) -> list[tuple[int, list[str] | None]]:
    lines = iter(list(enumerate(text.split("\n"), 1)))
    return [(n, None if isinstance(cells, BadQuote) else cells) for n, _, cells in records(lines, ",")]


def test_a_quoted_cell_may_hold_line_breaks_and_blank_lines_are_skipped() -> None:
    assert read('a,"x\ny"\n\nb,2') == [(1, ["a", "x\ny"]), (4, ["b", "2"])]


def test_an_unclosed_quote_costs_one_line_even_when_a_later_one_seems_to_close_it() -> None:
    assert read('"a,1\nb,2\n"c",3\nd,4') == [(1, None), (2, ["b", "2"]), (3, ["c", "3"]), (4, ["d", "4"])]


def test_an_unclosed_quote_far_from_the_end_does_not_swallow_the_file() -> None:
    found = read("\n".join(['"a,1', *(f"b,{n}" for n in range(100))]))
    assert found == [(1, None), *((n + 2, ["b", str(n)]) for n in range(100))]


def test_lines_of_plain_and_gzip_files_are_the_same(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbftopic,count\r\na,1\nb,2"
    (tmp_path / "plain").write_bytes(data)
    (tmp_path / "packed").write_bytes(gzip.compress(data, mtime=0))
    expected = [(1, b"topic,count"), (2, b"a,1"), (3, b"b,2")]
    assert list(raw_lines(tmp_path / "plain")) == list(raw_lines(tmp_path / "packed")) == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("topic".encode("utf-16"), "UTF-16"),
        ("topic,count\n".encode("utf-16-le"), "zero bytes"),
        (b"a,b\rc,d\r", "carriage return"),
        (b"x" * (1 << 20) + b"yy", "a line of more than"),
        (gzip.compress(b"a,b\n" * 100, mtime=0)[:-9], "damaged"),
        (b"\x1f\x8b\x08garbage-garbage-garbage", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(Unreadable, match=message) as caught:
        list(raw_lines(tmp_path / "file"))
    assert caught.value.help


def test_the_limit_holds_for_what_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"a,1\n" * 10_000, mtime=0))
    assert len(list(raw_lines(tmp_path / "bomb.gz", limit=40_000))) == 10_000
    with pytest.raises(Unreadable, match=r"more than 39,999 bytes"):
        list(raw_lines(tmp_path / "bomb.gz", limit=39_999))


def test_a_missing_file_and_a_directory_are_plain_errors(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(Unreadable, match="cannot be read"):
            list(raw_lines(path))
