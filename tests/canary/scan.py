"""Finds canary words in bytes, however they are written: decoded in every form, forms inside forms.

This is code of its own: it uses nothing of the gate that every build passes, so that one blind spot
does not hide another. Only the analysis of words is kbtool's, since it says what an index may hold.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.util import find_spec
from urllib.parse import unquote

from kbtool.lang.analyze import analyze
from kbtool.lang.roman import roman_key
from tests.canary.tokens import name_of, names_in

DEPTH = 5  # forms inside each other, `utf-8` being one of them
MAGIC_PNG = b"\x89PNG\r\n\x1a\n"
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
JSON_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")
HAS_BROTLI = find_spec("brotli") is not None

Node = bytes | str
Form = Callable[[Node], Iterable[Node]]


def _utf8(data: Node) -> Iterator[Node]:
    if isinstance(data, bytes):
        yield data.decode(errors="replace")


def _utf16(data: Node) -> Iterator[Node]:
    if isinstance(data, bytes) and (data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.count(0) * 3 > len(data)):
        encoding = "utf-16-be" if data[:2] == b"\xfe\xff" or data[:1] == b"\0" else "utf-16-le"
        yield data.decode(encoding, errors="replace")


def _gunzip(data: Node) -> Iterator[Node]:
    if isinstance(data, bytes) and data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)


def _brotli(data: Node) -> Iterator[Node]:
    """Brotli has no mark at its start: whatever can be decompressed is."""
    if HAS_BROTLI and isinstance(data, bytes) and len(data) < 1 << 20:
        import brotli  # type: ignore[import-not-found, unused-ignore]

        try:
            yield brotli.decompress(data)
        except brotli.error:
            return


def _zip(data: Node) -> Iterator[Node]:
    if isinstance(data, bytes) and data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield archive.read(name)


def _png(data: Node) -> Iterator[Node]:
    """The texts of a picture: tEXt, zTXt (compressed) and iTXt (either)."""
    if not isinstance(data, bytes) or not data.startswith(MAGIC_PNG):
        return
    at = len(MAGIC_PNG)
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        chunk = data[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield chunk
            yield from _inflated(chunk)
        at += 12 + size


def _inflated(chunk: bytes) -> Iterator[Node]:
    for start in (at for at in range(len(chunk)) if chunk[at : at + 1] == b"\x78"):
        try:
            yield zlib.decompress(chunk[start:])
        except zlib.error:
            continue


def _unescaped(text: Node) -> Iterator[Node]:
    if isinstance(text, str) and "&" in text:
        yield html.unescape(text)


def _unquoted(text: Node) -> Iterator[Node]:
    if isinstance(text, str) and "%" in text:
        yield unquote(text, errors="replace")


def _json(text: Node) -> Iterator[Node]:
    if isinstance(text, str) and "\\" in text:
        joined = JSON_ESCAPE.sub(_json_character, text)
        yield joined.encode("utf-16-be", "surrogatepass").decode("utf-16-be", errors="replace")


def _json_character(match: re.Match[str]) -> str:
    escape = match[0]
    if escape[1] == "u" and len(escape) == 6:
        return chr(int(f"0x{escape[2:]}", 0))
    return {"n": "\n", "t": "\t", "r": "\r"}.get(escape[1], escape[1])


def _base64(text: Node) -> Iterator[Node]:
    """Every run that may be base64 of either alphabet, from each of the four places it can start."""
    if not isinstance(text, str):
        return
    for run in BASE64.findall(text):
        plain = run.rstrip("=").replace("-", "+").replace("_", "/")
        for start in range(4):
            part = plain[start:]
            part = part[: len(part) - 1] if len(part) % 4 == 1 else part
            try:
                yield base64.b64decode(part + "=" * (-len(part) % 4))
            except binascii.Error:
                continue


# How letters can be written: seen from the other side, a text in NFD is found by composing it.
SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "nfc": lambda text: unicodedata.normalize("NFC", text),
    "nfkc": lambda text: unicodedata.normalize("NFKC", text).lower(),
}
FORMS: Mapping[str, Form] = {
    "utf-8": _utf8,
    "utf-16": _utf16,
    "gunzip": _gunzip,
    "brotli": _brotli,
    "zip": _zip,
    "png": _png,
    "html": _unescaped,
    "percent": _unquoted,
    "json": _json,
    "base64": _base64,
}
INDEX_FORMS = ("surface", "stem", "roman key")


@dataclass(frozen=True)
class Keys:
    """What the search could make of the words: surface, stem or roman key -> the name of the word."""

    surface: Mapping[str, str]
    stem: Mapping[str, str]
    roman: Mapping[str, str]


def keys_of(words: Iterable[str]) -> Keys:
    """The keys of these words, analysed as English and as Hindi."""
    surface: dict[str, str] = {}
    stem: dict[str, str] = {}
    for word in words:
        for locale in ("en", "hi"):
            for token in analyze(word, locale):
                surface[token.surface] = stem[token.stem] = name_of(word)
    roman = {key: name for one, name in surface.items() if (key := roman_key(one))}
    return Keys(surface, stem, roman)


@dataclass
class Scanner:
    """Looks for words, and remembers bytes that it has seen: builds publish most files again."""

    words: frozenset[str]
    forms: Mapping[str, Form] = field(default_factory=lambda: FORMS)
    spellings: Mapping[str, Callable[[str], str]] = field(default_factory=lambda: SPELLINGS)
    seen: dict[tuple[bool, bytes], dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = frozenset(map(name_of, self.words))
        self.keys = keys_of(self.words)

    def scan(self, path: str, data: bytes) -> dict[str, str]:
        """The names of the words in a file -> the form in which each was found first; its path included."""
        found = {name: f"path, {form}" for name, form in self._decoded(path).items()}
        index = path.endswith((".json", ".txt")) and ("search/" in path or "texts/" in path)
        key = (index, blake2b(data).digest())
        if key not in self.seen:
            self.seen[key] = {**(self._index(data) if index else {}), **self._decoded(data)}
        return {**found, **self.seen[key]}

    def _decoded(self, data: Node) -> dict[str, str]:
        """Breadth first, so that the simplest way of writing is the one that is told."""
        found: dict[str, str] = {}
        layer: dict[Node, str] = {data: ""}
        known: set[Node] = set()
        for _ in range(DEPTH + 1):
            for text, form in layer.items():
                if isinstance(text, str):
                    self._look(text, form, found)
            known.update(layer)
            layer = {
                inner: f"{form} {name}".strip()
                for text, form in layer.items()
                for name, decode in self.forms.items()
                for inner in decode(text)
                if inner not in known
            }
        return found

    def _look(self, text: str, form: str, found: dict[str, str]) -> None:
        """Add the words in a decoded text; letters are read in every spelling."""
        for name in names_in(text) & self.names:
            found.setdefault(name, form or "raw")
        for spelling, spelt in self.spellings.items():
            if (other := spelt(text)) != text:
                for name in names_in(other) & self.names:
                    found.setdefault(name, f"{form} {spelling}".strip())

    def _index(self, data: bytes) -> dict[str, str]:
        """The words of an index by what a query would find them with."""
        found: dict[str, str] = {}
        for word in set(_strings(data)):
            if name := self.keys.surface.get(word):
                found[name] = "surface"
            elif name := self.keys.stem.get(word):
                found.setdefault(name, "stem")
            elif name := self.keys.roman.get(word) or self.keys.roman.get(roman_key(word)):
                found.setdefault(name, "roman key")
        return found


def _strings(data: bytes) -> Iterator[str]:
    """All words in all texts of a JSON file; of any other file, its words."""
    try:
        open_nodes = [json.loads(data)]
    except ValueError:
        open_nodes = [data.decode(errors="replace")]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, dict):
            open_nodes += [*node, *node.values()]
        elif isinstance(node, list):
            open_nodes += node
        elif isinstance(node, str):
            yield from node.split()
