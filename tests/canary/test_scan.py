"""The scanner is not blind: planted in every form, a word is found, and only because that form is decoded."""

from __future__ import annotations

import base64
import gzip
import io
import json
import unicodedata
import zipfile
import zlib
from importlib import import_module
from urllib.parse import quote

import pytest

from kbtool.lang.analyze import analyze
from kbtool.lang.roman import roman_key
from tests.canary.scan import FORMS, HAS_BROTLI, INDEX_FORMS, SPELLINGS, Scanner
from tests.canary.tokens import hindi, latin, name_of

LATIN, HINDI = latin("planted"), hindi("planted")
WORDS = frozenset({LATIN, HINDI})
TEXT = f"so {LATIN}, then {HINDI}."


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def png(*chunks: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + chunk(b"IEND", b"")


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def fullwidth(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "a" <= char <= "z" else char for char in text)


def entities(text: str, form: str = "&#{};") -> str:
    return "".join(form.format(ord(char)) for char in text)


PLANTED = {
    "utf-8": TEXT.encode(),
    "utf-16": TEXT.encode("utf-16"),
    "gunzip": gzip.compress(TEXT.encode()),
    "zip": zipped("a.txt", TEXT.encode()),
    "png": png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(TEXT.encode()))),
    "html": entities(TEXT).encode(),
    "percent": "".join(f"%{byte:02X}" for byte in TEXT.encode()).encode(),
    "json": TEXT.encode("utf-16-be").hex(" ", 2).replace(" ", "\\u").join(["\\u", ""]).encode(),
    "base64": base64.b64encode(TEXT.encode()),
    "lower": LATIN.upper().encode() + HINDI.encode(),
    "nfc": LATIN.encode() + b" " + unicodedata.normalize("NFD", HINDI).encode(),
    "nfkc": fullwidth(TEXT).encode(),
}
if HAS_BROTLI:  # kbtool writes none; where there is no brotli, none can be looked into
    PLANTED["brotli"] = import_module("brotli").compress(TEXT.encode())
OTHERS = {
    "png, plain": png(chunk(b"tEXt", b"Comment\0" + TEXT.encode())),
    "png, iTXt": png(chunk(b"iTXt", b"Comment\0\1\0en\0\0" + zlib.compress(TEXT.encode()))),
    "html, hexadecimal": entities(TEXT, "&#x{:x};").encode(),
    "json in a string": json.dumps(json.dumps(TEXT)).encode(),
    "percent in base64": base64.b64encode(quote(TEXT).encode()),
    "base64 of URLs, in the middle": b"src=data:x," + base64.urlsafe_b64encode(b"??>" + TEXT.encode()),
    "gzip in gzip": gzip.compress(gzip.compress(TEXT.encode())),
    "json in html in gzip": gzip.compress(json.dumps(TEXT).replace('"', "&quot;").encode()),
    "the name in a zip": zipped(TEXT, b""),
    "cut short": (LATIN[:11] + "... " + HINDI[:11] + "...").encode(),
    "fullwidth capitals": fullwidth(TEXT).upper().encode(),
}


def names(scanner: Scanner, data: bytes, path: str = "a") -> set[str]:
    return set(scanner.scan(path, data))


@pytest.mark.parametrize("form", PLANTED)
def test_a_word_is_found_in_every_form_and_by_no_other(form: str) -> None:
    assert names(Scanner(WORDS), PLANTED[form]) == {name_of(LATIN), name_of(HINDI)}
    forms = {name: decode for name, decode in FORMS.items() if name != form}
    spellings = {name: spelt for name, spelt in SPELLINGS.items() if name != form}
    if form in ("nfc", "lower"):  # NFKC does both as well
        del spellings["nfkc"]
    assert names(Scanner(WORDS, forms, spellings), PLANTED[form]) != {name_of(LATIN), name_of(HINDI)}


def test_every_form_is_planted() -> None:
    assert {*FORMS, *SPELLINGS} - ({"brotli"} if not HAS_BROTLI else set()) == set(PLANTED)


@pytest.mark.parametrize("name", OTHERS)
def test_forms_inside_forms_are_found(name: str) -> None:
    assert names(Scanner(WORDS), OTHERS[name]) == {name_of(LATIN), name_of(HINDI)}


@pytest.mark.parametrize("path", [f"a/{LATIN}/b.html", f"a/{quote(HINDI)}", f"{LATIN.upper()}.png"])
def test_paths_are_scanned(path: str) -> None:
    assert len(names(Scanner(WORDS), b"", path)) == 1


@pytest.mark.parametrize("word", [LATIN, HINDI])
@pytest.mark.parametrize("form", INDEX_FORMS)
def test_an_index_gives_away_surface_stem_and_roman_key(form: str, word: str) -> None:
    (token,) = analyze(word, "hi")
    written = {"surface": token.surface, "stem": token.stem, "roman key": roman_key(token.surface)}[form]
    data = json.dumps({"surfaces": f"a {written} b"}, ensure_ascii=False).encode()
    assert names(Scanner(WORDS), data, "search/hi/words-1.json") == {name_of(word)}


def test_a_word_typed_in_the_other_script_is_found_by_its_key() -> None:
    key = roman_key(analyze(HINDI, "hi")[0].surface)
    assert names(Scanner(WORDS), f'["{key}"]'.encode(), "search/hi/words-1.json") == {name_of(HINDI)}


def test_innocent_texts_give_nothing() -> None:
    assert names(Scanner(WORDS), "zq zqbado, ळघ ऴघ, a refund रिफंड".encode(), "search/hi/a.json") == set()
