from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.lang.chars import CLASS, MARK
from kbtool.lang.slugs import MAX_BYTES, ascii_id, slugify, unique

titles = st.text(st.sampled_from("aZéI-_ 'क़खािं्५ظ退한กำΣßİ\u200d\ufe0f\u0301\ud800"), max_size=120) | st.text(
    max_size=30
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("धनवापसी नीति", "धनवापसी-नीति"),
        ("ग्राहक सहायता", "ग्राहक-सहायता"),
        ("रिफंड कैसे मिलेगा?", "रिफंड-कैसे-मिलेगा"),
        ("How do I get a REFUND?", "how-do-i-get-a-refund"),
        ("  --Hello,  World!--  ", "hello-world"),
        ("क्\u200dष", "क्ष"),
        ("\u0958ानून", "क़ानून"),
        ("Straße in İstanbul", "strasse-in-istanbul"),
        ("λόγος ΛΌΓΟΙ", "λόγος-λόγοι"),
        ("গ্রাহক সেবা", "গ্রাহক-সেবা"),
        ("வாடிக்கையாளர் சேவை", "வாடிக்கையாளர்-சேவை"),
        ("退款政策 2026", "退款政策-2026"),
        ("สวัสดี", "สวัสดี"),
        ("1️⃣ Step ❤️", "1-step"),
        ("\u093f \u0301", ""),
        ("a\ud800b\u0378c", "a-b-c"),
        ("../etc/passwd", "etc-passwd"),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_slugify(text: str, expected: str) -> None:
    assert slugify(text) == expected


def test_different_words_stay_different() -> None:
    assert len({slugify(word) for word in ["कम", "काम", "कमी", "खाता", "खत", "क़म"]}) == 6


def test_a_long_slug_is_cut_to_bytes_with_a_digest() -> None:
    first, second = (slugify("धनवापसी " * 50 + end) for end in ("एक", "दो"))
    assert first != second
    for slug in (first, second):
        assert len(slug.encode()) <= MAX_BYTES
        head, digest = slug.rsplit("-", 1)
        assert len(digest) == 8
        assert "धनवापसी-धनवापसी".startswith(head[:10])


@pytest.mark.parametrize("length", range(54, 63))
def test_the_cut_never_parts_a_mark_from_its_letter(length: int) -> None:
    text = "क" * length + "ि\u0902" + "ख" * 60
    head = slugify(text).rsplit("-", 1)[0]
    cut = unicodedata.normalize("NFC", text)[len(head)]
    assert text.startswith(head)
    assert CLASS[ord(cut)] != MARK


def test_a_slug_of_marks_only_is_its_digest() -> None:
    slug = slugify("क" + "\u0902" * 200)
    assert len(slug) == 8
    assert slug.isascii()


def test_the_longest_slug_is_not_cut() -> None:
    assert slugify("क" * 60) == "क" * 60
    assert slugify("क" * 61) != "क" * 61


@given(titles)
def test_slugify_twice_changes_nothing(text: str) -> None:
    once = slugify(text)
    assert slugify(once) == once


@given(titles)
def test_slugs_hold_only_words_and_single_hyphens(text: str) -> None:
    slug = slugify(text)
    assert len(slug.encode()) <= MAX_BYTES
    assert "--" not in slug
    assert slug == slug.strip("-")
    assert all(char == "-" or CLASS[ord(char)] >= MARK for char in slug)
    assert unicodedata.is_normalized("NFC", slug)


@given(titles.map(lambda text: text.replace("\ud800", "")))
def test_composed_and_decomposed_titles_give_one_slug(text: str) -> None:
    assert slugify(unicodedata.normalize("NFD", text)) == slugify(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("धनवापसी नीति", "dhanvapsi-niti"),
        ("iPhone पर रिफंड", "iphone-par-rifand"),
        ("Où est mon café ?", "ou-est-mon-cafe"),
        ("Đường Łódź Øre Æther Straße", "duong-lodz-ore-aether-strasse"),
        ("२०२६ में", "2026-men"),
        ("Refund policy", "refund-policy"),
    ],
)
def test_ascii_id(text: str, expected: str) -> None:
    assert ascii_id(text) == expected


def test_other_scripts_get_a_digest() -> None:
    export, load = ascii_id("PDF 导出"), ascii_id("PDF 导入")
    assert export.startswith("pdf-")
    assert export != load
    assert ascii_id("退款政策").startswith("article-")
    assert len(ascii_id("退款政策")) == len("article-1a2b3c4d")
    assert ascii_id("退款政策") != ascii_id("政策")


@given(titles)
def test_ascii_ids_are_plain(text: str) -> None:
    found = ascii_id(text)
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert found == found.strip("-")
    assert 0 < len(found) <= MAX_BYTES + 9


def test_unique() -> None:
    taken = {"a", "a-2", "b"}
    assert unique("a", taken) == "a-3"
    assert unique("b", taken) == "b-2"
    assert unique("c", taken) == "c"
    assert taken == {"a", "a-2", "b"}
