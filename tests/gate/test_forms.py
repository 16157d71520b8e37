from __future__ import annotations

import base64
import gzip
import json
import struct
import unicodedata
import zlib
from urllib.parse import quote

import pytest

from kbtool.gate.forms import PNG, read, texts
from kbtool.gate.words import CUT, words

HELD_BACK = "गुप्तशब्द zanzibarlimit"


def found_in(text: str) -> set[str]:
    return {word for part in read(text) for word in words(part)}


def escaped(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


FORMS = {
    "as it is": HELD_BACK,
    "in a page": f"<p>It is <b>{HELD_BACK}</b>.</p>",
    "split by a tag": "<p>गुप्त<b>शब्द</b> zanzi<em>bar</em>limit</p>",
    "behind a tag": "<p><code>गुप्तशब्द</code><b>सीमा</b> <i>zanzibarlimit</i><b>s</b></p>",
    "a key": f'<kbd class="key-x">{HELD_BACK}</kbd>',
    "a tag": "<गुप्तशब्द><zanzibarlimit>",
    "the class in an example": f'<pre>&lt;p class="{HELD_BACK}"&gt;</pre>',
    "behind a backslash": r"C:\गुप्तशब्द\zanzibarlimit",
    "an attribute": f'<img alt="{HELD_BACK}" src="a.png">',
    "an id": f'<h2 id="{HELD_BACK.replace(" ", "-")}">x</h2>',
    "a comment": f"<p>x</p><!-- {HELD_BACK} -->",
    "entities": f"<p>{escaped(HELD_BACK)}</p>",
    "entities in an attribute": f'<p title="{escaped(HELD_BACK)}">x</p>',
    "percent": f'<a href="/{quote(HELD_BACK)}/">x</a>',
    "percent twice": f'<a href="/{quote(quote(HELD_BACK))}/">x</a>',
    "json": json.dumps({"a": HELD_BACK}),
    "json in a page": f"<script>{json.dumps(HELD_BACK)}</script>",
    "base64": f'<p data-x="{base64.b64encode(HELD_BACK.encode()).decode()}">x</p>',
    "base64 for addresses": base64.urlsafe_b64encode(HELD_BACK.encode()).decode().rstrip("="),
    "base64 behind a path": f"<p>x/{base64.b64encode(HELD_BACK.encode()).decode()}</p>",
    "base64 in an address": f"url(data:text/plain;base64,{base64.b64encode(HELD_BACK.encode()).decode()})",
    "decomposed": unicodedata.normalize("NFD", HELD_BACK),
    "capitals": HELD_BACK.upper(),
    "soft hyphens": HELD_BACK.replace("zanzi", "zan\u00adzi").replace("शब्द", "\u200bशब्द"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_undone(form: str) -> None:
    assert set(words(HELD_BACK)) <= found_in(FORMS[form])


def test_tags_that_are_known_are_left_out_and_new_ones_noted() -> None:
    known: set[str] = set()
    text = '<img alt="zanzibar"> <b>x</b>'
    assert "zanzibar" in read(text, known).beside
    assert '<img alt="zanzibar">' in known
    assert "zanzibar" not in read(text, known).beside


def test_texts_beside_each_other_stay_apart() -> None:
    assert read("<li>one</li><li>two <b>three</b></li>").shown.split(CUT) == ["", "one", "", "two three", ""]
    assert read('["one","two"]').shown == f'["one{CUT}two"]'


def test_names_of_styles_and_shapes_are_nothing() -> None:
    assert "zanzibar" not in found_in(
        '<svg viewBox="0 0 1 zanzibar"><path d="M zanzibar"/></svg><p class="zanzibar">x</p>'
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_notes_in_pictures_and_packed_files_are_read() -> None:
    data = HELD_BACK.encode()
    plain = PNG + chunk(b"IHDR", bytes(13)) + chunk(b"tEXt", b"Comment\0" + data)
    packed = PNG + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(data))
    international = PNG + chunk(b"iTXt", b"Title\0\1\0hi\0x\0" + zlib.compress(data))
    for picture in (plain, packed, international):
        assert any(HELD_BACK in text for text in texts(picture))
    assert list(texts(gzip.compress(data, mtime=0))) == [HELD_BACK]
    assert list(texts(HELD_BACK.encode("utf-16"))) == [HELD_BACK]
    assert list(texts(b"caf\xe9 zanzibar")) == ["café zanzibar"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[1,2,33,4567]",
        b"\xff\xd8\xff\xe0\0\x10 jpeg",
        b"\x1f\x8b broken",
        PNG,
        PNG + b"\xff\xff\xff\xff tEXt",
    ],
)
def test_what_is_no_text_is_left_alone(data: bytes) -> None:
    assert "".join(texts(data)).strip("\0") == ""
