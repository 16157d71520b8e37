"""Lines and records: what comes off the disk, and what quotes do."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.tickets.lines import BadQuote, records, split

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
