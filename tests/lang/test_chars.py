from __future__ import annotations

import time

import pytest

from kbtool.lang import chars
from kbtool.lang.chars import CLASS, FOLD, assigned


@pytest.mark.parametrize(
    ("char", "kind"),
    [
        ("a", chars.OTHER),
        ("7", chars.OTHER),
        ("ক", chars.OTHER),
        ("க", chars.OTHER),
        ("ب", chars.OTHER),
        ("क", chars.DEVANAGARI),
        ("५", chars.DEVANAGARI),
        ("ा", chars.MARK),
        ("\u0301", chars.MARK),
        ("退", chars.CJK),
        ("々", chars.CJK),
        ("カ", chars.CJK),
        ("𠮷", chars.CJK),
        ("한", chars.HANGUL),
        ("ก", chars.SEA),
        ("ខ", chars.SEA),
        ("-", chars.NOT_A_WORD),
        (" ", chars.NOT_A_WORD),
        ("😀", chars.NOT_A_WORD),
        ("\u0378", chars.NOT_ASSIGNED),
        ("\ud800", chars.NOT_ASSIGNED),
        ("\ue000", chars.NOT_ASSIGNED),
    ],
)
def test_class_of_a_character(char: str, kind: int) -> None:
    assert CLASS[ord(char)] == kind


def test_every_code_point_has_a_class() -> None:
    assert len(CLASS) == 0x110000


@pytest.mark.parametrize(("char", "folded"), [("A", "a"), ("ẞ", "ss"), ("Σ", "σ"), ("ﬃ", "ffi"), ("Ა", "ა")])
def test_folding(char: str, folded: str) -> None:
    assert FOLD[ord(char)] == folded


def test_what_is_folded_needs_no_folding() -> None:
    for folded in FOLD.values():
        assert "".join(FOLD.get(ord(char), char) for char in folded) == folded


def test_caseless_characters_are_not_in_the_table() -> None:
    assert not {ord(char) for char in "aक退ب9"} & set(FOLD)


def test_unknown_characters_become_spaces() -> None:
    # The last one is a letter of Unicode 15, younger than the tables.
    assert assigned("a\u0378b\ud800c\ue000d\U0001e030") == "a b c d "
    assert assigned("नमस्ते 😀") == "नमस्ते 😀"


def test_decoding_is_quick() -> None:
    best = min(_seconds() for _ in range(5))
    # Below 5 ms on an idle machine; the margin is for a busy one.
    assert best < 0.025


def _seconds() -> float:
    start = time.process_time()
    chars._classes()
    chars._folds()
    return time.process_time() - start
