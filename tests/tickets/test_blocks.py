"""Blocks of whole lines: compression, encoding marks and limits."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.tickets.blocks import Unreadable, blocks, raw_lines


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


def test_what_unpacks_to_far_more_than_it_is_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbtool.tickets.blocks.UNSUSPECTED", 1 << 20)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"a,1\n" * 2_000_000, mtime=0))
    with pytest.raises(Unreadable, match=r"unpacks to more than"):
        list(raw_lines(tmp_path / "bomb.gz"))


def test_a_zip_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "counts.csv").write_bytes(b"PK\x03\x04and more")
    with pytest.raises(Unreadable, match="zip"):
        list(raw_lines(tmp_path / "counts.csv"))


@given(st.lists(st.binary(max_size=9), max_size=20), st.integers(1, 30), st.booleans())
def test_blocks_of_any_size_hold_the_same_lines(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], size: int, ended: bool
) -> None:
    data = b"first\n" + b"\n".join(line.replace(b"\n", b" ") for line in lines) + b"\n" * ended
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data)
    found = list(blocks(path, size))
    assert b"".join(block.data for block in found) == data
    seen = 1
    for block in found:
        assert block.first == seen
        seen += block.data.count(b"\n")


def test_a_missing_file_and_a_directory_are_plain_errors(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(Unreadable, match="cannot be read"):
            list(raw_lines(path))
