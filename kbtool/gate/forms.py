"""The ways in which a text can be written in a file of a site, all of them undone."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import struct
import zlib
from collections.abc import Iterator, MutableSet
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from kbtool.gate.words import CUT

# Names of styles, and the shapes of pictures.
DROPPED = re.compile(r"\s(?:class|d|viewBox|points|transform)=\"[^\"]*\"")
INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|strong|sub|sup|u|var|wbr)"
    r"(?:\s[^<>]*)?>"
)
# Such tags between two characters of words: they may part two words as well.
INSIDE = re.compile(rf"<(?<=[^\s!-/:-@[-`{{-~]<)(?:{INLINE.pattern[1:]})(?:{INLINE.pattern})*(?=\w)")
OUTSIDE = re.compile(r"[\s<>]")
TAG = re.compile(r"<[^<>]*>")
VALUE = re.compile(r"=?\"")  # parts the values of attributes
JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
PNG = b"\x89PNG\r\n\x1a\n"
GZIP = b"\x1f\x8b"
LONGEST_PART = 64  # characters of a word before or behind a tag
MOST = 16 * 1024 * 1024  # bytes that are unpacked of one file
TELLING = re.compile(rb"[A-Za-z\x80-\xff]|\d{7}")


class Reading(NamedTuple):
    """A text with all its encodings undone: what is read as running text, and all else in it.

    A CUT stands where one text ends and another begins.
    """

    shown: str
    beside: str


def texts(data: bytes) -> Iterator[str]:
    """The text of a file: itself, or what is packed into it. Nothing for numbers, pictures and the like."""
    if data.startswith(GZIP):
        yield from texts(_unpacked(data, 31))
    elif data.startswith(PNG):
        yield from _notes_of_png(data)
    elif TELLING.search(data):
        yield _decoded_bytes(data)


def _decoded_bytes(data: bytes) -> str:
    """Bytes as a text; '' for those that are none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "" if CUT.encode() in data else data.decode("cp1252", errors="replace")


def read(text: str, known: MutableSet[str] | None = None) -> Reading:
    """What a piece of a file says, as it stands and as browsers, scripts and servers understand it.

    Tags that are `known` are left out; the others are added to them.
    """
    known = set() if known is None else known
    beside: list[str] = []
    shown = text
    if "<" in text:
        tags = [tag for tag in dict.fromkeys(TAG.findall(text)) if tag not in known]
        known |= set(tags)
        beside.append(_plain(VALUE.sub(CUT, DROPPED.sub(" ", CUT.join(tags)))))
        beside += _parted(text)
        shown = TAG.sub(CUT, INLINE.sub("", text))
    shown = _plain(shown).replace('","', CUT)
    for part in (shown, *beside):  # what is found in them is not looked at for more
        if "\\" in part:
            beside.append(JSON_ESCAPE.sub(_unescaped, part))
        if "%" in part:
            beside.append(_all_unquoted(part))
        beside += filter(None, map(_decoded, dict.fromkeys(BASE64.findall(part))))
    return Reading(shown, CUT.join(beside))


def _parted(text: str) -> Iterator[str]:
    """What stands on both sides of tags inside a word: `a` and `b` of `<b>a</b><i>b</i>`."""
    for match in INSIDE.finditer(text):
        yield OUTSIDE.split(text[max(0, match.start() - LONGEST_PART) : match.start()])[-1]
        yield OUTSIDE.split(text[match.end() : match.end() + LONGEST_PART], maxsplit=1)[0]


def _plain(text: str) -> str:
    return html.unescape(text) if "&" in text else text


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    if match[2] == "n":  # the index writes so where one sentence ends and another begins
        return CUT
    return " " if match[2] in "bfrt" else match[2]


def _all_unquoted(text: str) -> str:
    for _ in range(3):
        plain = unquote(text)
        if plain == text:
            break
        text = plain
    return text


@lru_cache(maxsize=1 << 14)
def _decoded(run: str) -> str:
    """The text that a run of Base64 stands for, perhaps behind other characters; '' when it is none."""
    bare = run.rstrip("=")
    if bare.islower():  # words of an address; the code of a text has capitals
        return ""
    bare = bare.replace("-", "+").replace("_", "/")
    return next(filter(None, (_decoded_from(bare[start:]) for start in range(4))), "")


def _decoded_from(bare: str) -> str:
    bare = bare[:-1] if len(bare) % 4 == 1 else bare
    try:
        text = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    return text if re.sub(r"\s", "", text).isprintable() else ""


def _unpacked(data: bytes, bits: int) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(data, MOST)
    except zlib.error:
        return b""


def _notes_of_png(data: bytes) -> Iterator[str]:
    """The texts in a picture: its tEXt, zTXt and iTXt chunks."""
    at = len(PNG)
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        chunk = data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            parts = chunk.split(b"\0")
            yield from (part.decode("utf-8", errors="replace") for part in parts)
            # Behind the key and the method, or behind the languages of an iTXt.
            for start in (match.end() for match in re.finditer(b"\0", chunk)):
                if unpacked := _unpacked(chunk[start:], 15) or _unpacked(chunk[start + 1 :], 15):
                    yield unpacked.decode("utf-8", errors="replace")
