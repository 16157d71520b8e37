"""Slugs and ids that keep what makes a word a word: letters, marks and digits of every script."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from kbtool.lang.chars import CLASS, FOLD, INVISIBLE, MARK, assigned
from kbtool.lang.roman import romanise

MAX_BYTES = 180
"""The longest slug in UTF-8. File systems allow 255 bytes, and a suffix must still fit."""

DIGEST = 8  # hex digits

_DROPPED = dict.fromkeys(INVISIBLE)
# Case folding of letters, except where it would misspell: final sigma; the dot of İ.
_LOWER = {code: folded for code, folded in FOLD.items() if CLASS[code] > MARK and chr(code) != "ς"}
_LOWER[ord("İ")] = "i"
_ACCENT = re.compile("[\u0300-\u036f]")
_SPELLED = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ð": "d",
    "đ": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ŋ": "n",
    "ı": "i",
}
_TO_ASCII = str.maketrans(_SPELLED)


@lru_cache(maxsize=4096)  # the names of sections come again with every address
def slugify(text: str) -> str:
    """The text as a part of a URL or the id of a heading: `धनवापसी-नीति`.

    NFC and lower case; all that is not a letter, mark or digit becomes single hyphens. At most
    180 bytes of UTF-8: a longer one is cut between characters and ends in 8 hex digits of its
    digest. '' if nothing is left.
    """
    return _capped(_words(text))


def ascii_id(text: str) -> str:
    """An id of ASCII letters, digits and hyphens: `dhanvapsi-niti` for `धनवापसी नीति`.

    Devanagari is romanised, Latin letters lose their accents. If letters of another script had
    to be left out, or nothing remains, a digest makes it distinct: `article-1a2b3c4d`.
    """
    slug = _words(text)
    latin = unicodedata.normalize("NFKD", romanise(slug)).translate(_TO_ASCII)
    latin = _ACCENT.sub("", latin)
    plain = re.sub("-+", "-", re.sub("[^a-z0-9-]", "", latin)).strip("-")
    if plain and plain == latin:
        return _capped(plain)
    return f"{_capped(plain) or 'article'}-{_digest(slug or text)}"


def unique(slug: str, taken: set[str]) -> str:
    """The slug, or the first of `slug-2`, `slug-3`, … that is not in `taken` (left unchanged)."""
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def _words(text: str) -> str:
    text = unicodedata.normalize("NFC", assigned(text).translate(_DROPPED))
    text = unicodedata.normalize("NFC", text.translate(_LOWER))
    kept: list[str] = []
    for char in text:
        kind, after_word = CLASS[ord(char)], bool(kept) and kept[-1] != "-"
        if kind > MARK or (kind == MARK and after_word):
            kept.append(char)
        elif after_word:
            kept.append("-")
    return "".join(kept).rstrip("-")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:DIGEST]


def _capped(slug: str) -> str:
    if len(slug.encode()) <= MAX_BYTES:
        return slug
    room = MAX_BYTES - DIGEST - 1
    end = len(slug.encode()[:room].decode(errors="ignore"))
    while end and CLASS[ord(slug[end])] == MARK:
        end -= 1
    return f"{slug[:end].rstrip('-')}-{_digest(slug)}".lstrip("-")
