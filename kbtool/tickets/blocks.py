"""A file of text in blocks of whole lines: plain or gzip, a few megabytes in memory whatever its size."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

BLOCK = 1 << 20
MAX_LINE = 1 << 20
# What a packed file may become: a text shrinks to a tenth, a bomb to a thousandth.
MAX_RATIO, UNSUSPECTED = 200, 1 << 26
MAX_UNPACKED = 1 << 36
BOM = b"\xef\xbb\xbf"


class Unreadable(Exception):
    """The file as a whole cannot be read: what is wrong, the line (0 = all of it), the mend."""

    def __init__(self, message: str, help: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.line = line


@dataclass(frozen=True)
class Block:
    """Whole lines with their ends; `first` is the number of the first one, from 1."""

    data: bytes
    first: int

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """(line number, line without its end)."""
        for number, line in enumerate(self.data.split(b"\n"), self.first):
            yield number, line.rstrip(b"\r")


def blocks(path: Path, size: int = BLOCK, longest: int = MAX_LINE) -> Iterator[Block]:
    """The file in blocks of about `size` bytes; the last line may lack its end.

    `longest` bounds the bytes of a line.

    A UTF-8 byte order mark is taken off. Raises Unreadable for a file that is missing, damaged, not
    text, or that unpacks to far more than it is.
    """
    try:
        with path.open("rb") as plain:
            start = plain.read(4)
            plain.seek(0)
            if start == b"PK\x03\x04":
                raise Unreadable("it is a zip file", "unpack it, and give the file in it")
            packed = start.startswith(b"\x1f\x8b")
            stream: IO[bytes] = gzip.GzipFile(fileobj=plain) if packed else plain  # type: ignore[assignment]
            with closing(stream):
                yield from _blocks(stream, size, longest, path.stat().st_size if packed else 0)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable(f"the gzip file is damaged: {error}", "export it again") from error
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise Unreadable(message, "check the path and the rights") from error


def _blocks(stream: IO[bytes], size: int, longest: int, packed: int) -> Iterator[Block]:
    first, unpacked = 1, 0
    while data := stream.read(size):
        if not data.endswith(b"\n"):
            data += stream.readline(longest + 1)
        unpacked += len(data)
        if packed and unpacked > min(MAX_UNPACKED, max(UNSUSPECTED, MAX_RATIO * packed)):
            message = f"unpacks to more than {unpacked:,} bytes from {packed:,}; nothing was taken from it"
            raise Unreadable(message, "export it again, or split it by year")
        if first == 1:
            _refuse_other_encodings(data)
            data = data.removeprefix(BOM)
        _refuse_endless_lines(data, first, longest)
        yield Block(data, first)
        first += data.count(b"\n")


def _refuse_endless_lines(data: bytes, first: int, longest: int) -> None:
    start = 0
    while len(data) - start > longest:
        end = data.rfind(b"\n", start, start + longest + 1)
        if end < 0:
            line = first + data.count(b"\n", 0, start)
            raise Unreadable(f"a line of more than {longest:,} bytes", "is it the file that was meant?", line)
        start = end + 1


def _refuse_other_encodings(first: bytes) -> None:
    """Spreadsheets like to export UTF-16, in which every other byte of English text is zero."""
    line, _, _ = first.partition(b"\n")
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("the text is in UTF-16", "save the file as CSV in UTF-8")
    if b"\0" in line:
        raise Unreadable("not a text file (it holds zero bytes)", "save it as CSV in UTF-8")
    if b"\r" in line.rstrip(b"\r\n"):
        raise Unreadable("the lines end with a lone carriage return", "save the file with ordinary line ends")


def raw_lines(path: Path, longest: int = MAX_LINE) -> Iterator[tuple[int, bytes]]:
    """(line number from 1, line without its end) of a plain or gzip file."""
    last: tuple[int, bytes] | None = None
    for block in blocks(path, longest=longest):
        for number, line in block.lines():
            if last and last[0] != number:
                yield last
            last = number, line
    if last and last[1]:
        yield last
