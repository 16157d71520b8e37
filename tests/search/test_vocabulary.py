from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kbtool.search.expand import Dictionary
from kbtool.search.format import CLASSES, packed
from kbtool.search.vocabulary import (
    CUTS,
    Vocabulary,
    change,
    changed,
    file_of,
    frequency_class,
    idf_table,
    vocabulary_in,
)

WORD = st.text(st.characters(categories=["L", "N", "M"], include_characters="𠮷𐌰😀"), min_size=1, max_size=12)


@given(WORD, WORD)
@example("𠮷野家", "𠮷")
@example("𠮷", "𠮶")
@example("a" * 100, "a")
@example("a" * 100 + "b", "c" * 70)
@example("a" * (len(CUTS) - 1), "b")
@example("a" * (len(CUTS) - 2), "b")
@example("x" + "a" * len(CUTS), "xb")
@example("x" + "a" * (len(CUTS) - 1), "xb")
@example("x" + "a" * (len(CUTS) - 2), "xb")
@example("went", "go")
def test_a_change_makes_the_stem_of_the_word(surface: str, stem: str) -> None:
    assert changed(surface, change(surface, stem)) == stem


@pytest.mark.parametrize(
    ("surface", "stem", "expected"),
    [("refunds", "refund", "1"), ("refund", "refund", "0"), ("happy", "happi", "1i"), ("𠮷𠮷", "𠮷", "1")],
)
def test_how_a_change_is_written(surface: str, stem: str, expected: str) -> None:
    assert change(surface, stem) == expected


@pytest.mark.parametrize("wrong", ["7", "Y", "-1", "é", " "])
def test_what_is_no_change_is_told(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        changed("refund", wrong)


@given(
    st.dictionaries(WORD, WORD, max_size=12),
    st.sets(WORD, max_size=4),
    st.data(),
)
def test_what_was_written_is_read(stems: dict[str, str], light: set[str], data: st.DataObject) -> None:
    surfaces = sorted(stems)
    names = sorted(set(stems.values()))
    numbers = st.integers(0, max(0, len(names) - 1))
    classes = "".join(data.draw(st.sampled_from(CLASSES)) for _ in names)
    synonyms: Mapping[str, Sequence[int]] = {}
    thesaurus: Sequence[Sequence[int | str]] = []
    if names:
        synonyms = data.draw(st.dictionaries(WORD, st.lists(numbers, max_size=3), max_size=3))
        thesaurus = data.draw(st.lists(st.lists(numbers | WORD, max_size=4), max_size=3))
    made = Vocabulary(
        surfaces,
        names,
        [names.index(stems[surface]) for surface in surfaces],
        classes,
        frozenset(light),
        synonyms,
        thesaurus,
        frozenset(data.draw(st.sets(WORD, max_size=3))),
    )
    assert vocabulary_in(json.loads(packed(file_of(made)))) == made


RIGHT: dict[str, Any] = {
    "surfaces": "money refund refunds",
    "stems": "0 0 1",
    "classes": "04",
    "light": "how the",
    "foreign": "wie",
    "synonyms": {"cash": [0]},
    "thesaurus": [[0, "dough"], [1, 0]],
}


def test_a_file_is_taken() -> None:
    made = vocabulary_in(RIGHT)
    assert (list(made.names), list(made.stems)) == (["money", "refund"], [0, 1, 1])
    assert made.light == {"how", "the"}
    assert made.foreign == {"wie"}
    assert Dictionary(made).meaning("cash").stems
    empty = {
        "surfaces": "",
        "stems": "",
        "classes": "",
        "light": "",
        "foreign": "",
        "synonyms": {},
        "thesaurus": [],
    }
    assert vocabulary_in(empty).surfaces == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"surfaces": None},
        {"surfaces": ["money"]},
        {"surfaces": RIGHT["surfaces"] + " more"},
        {"surfaces": "money  refunds"},
        {"surfaces": " refund refunds"},
        {"stems": None},
        {"stems": "0 0"},
        {"stems": "0  1"},
        {"stems": "0 0 9"},
        {"stems": "0 0 -"},
        {"classes": None},
        {"classes": "0"},
        {"classes": "040"},
        {"classes": "0-"},
        {"classes": ["0", "4"]},
        {"light": None},
        {"light": ["how"]},
        {"light": "how  the"},
        {"synonyms": []},
        {"synonyms": {"a": [2]}},
        {"synonyms": {"a": [-1]}},
        {"synonyms": {"a": [True]}},
        {"synonyms": {"a": [0.0]}},
        {"synonyms": {"a": 1}},
        {"synonyms": {"a": ["money"]}},
        {"thesaurus": {}},
        {"thesaurus": [0]},
        {"thesaurus": ["money"]},
        {"thesaurus": [[2]]},
        {"thesaurus": [[None]]},
        {"thesaurus": [[True, "a"]]},
        {"thesaurus": [[[0]]]},
    ],
    ids=str,
)
def test_a_hostile_file_is_damage(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        vocabulary_in(RIGHT | wrong)


@pytest.mark.parametrize("value", [None, [], "words", 1, {}, *({**RIGHT, key: None} for key in RIGHT)])
def test_so_is_what_is_none(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        vocabulary_in(value)


def test_classes_rise_with_the_number_of_documents() -> None:
    found = [CLASSES.index(frequency_class(number)) for number in range(1, 60_000)]
    assert found == sorted(found)
    assert (found[0], found[1], found[3]) == (0, 4, 8), "four for each doubling"
    assert found[-1] == len(CLASSES) - 1
    for number in range(1, 40_000, 37):
        assert abs(math.log2(number) - found[number - 1] / 4) <= 1 / 8


@pytest.mark.parametrize("total", [0, 1, 2, 60, 1000, 40_000])
def test_idf_falls_with_the_class(total: int) -> None:
    table = idf_table(total)
    assert len(table) == len(CLASSES)
    assert all(type(value) is float and value >= 0 for value in table)
    assert table == sorted(table, reverse=True)
    known = [table[CLASSES.index(frequency_class(number))] for number in range(1, total + 1)]
    assert all(value > 0 for value in known), "also of what stands everywhere"
    assert total < 60 or len(set(known)) > 15
