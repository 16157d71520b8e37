from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.lang.analyze import surfaces
from kbtool.search.light import asked_words, light_words, marked

LISTS = sorted((Path(__file__).parents[2] / "search").glob("light.*.txt"))


def test_question_words_of_both_languages_are_known() -> None:
    assert {"कैसे", "कहां", "में"} <= light_words("hi")
    assert {"how", "where", "the"} <= light_words("en-GB")
    assert {"怎么", "的"} <= light_words("zh-Hant")


def test_negation_and_topic_words_are_not_light() -> None:
    assert not {"नहीं", "मत", "रिफंड"} & light_words("hi")
    assert not {"refund", "password"} & light_words("en")
    assert not {"不", "没", "退款"} & light_words("zh")


def test_a_language_without_a_list_has_none() -> None:
    assert light_words("xx") == frozenset()


def test_a_run_without_spaces_is_cut_at_its_longest_light_words() -> None:
    light = frozenset({"什么", "什么时候", "的"})
    assert marked("我什么时候退款", light) == [("我", False), ("什么时候", True), ("退款", False)]
    assert marked("什么什么", light) == [("什么", True), ("什么", True)]
    assert marked("退的款", light) == [("退的款", False)], "single characters do not part"
    assert marked("退款", frozenset()) == [("退款", False)]
    assert marked("", light) == []


@pytest.mark.parametrize("text", ["我什么时候退款", "怎么办退的款PDF？", "如何", "什么"])
def test_the_parts_of_a_run_are_the_run(text: str) -> None:
    assert "".join(part for part, _ in marked(text, light_words("zh"))) == text


def test_asked_words_are_told_from_light_ones() -> None:
    assert asked_words("How do refunds work?", "en", light_words("en")) == [
        ("how", True),
        ("do", True),
        ("refunds", False),
        ("work", False),
    ]
    assert asked_words("怎么退款", "zh", light_words("zh")) == [
        ("怎", True),
        ("怎么", True),
        ("么", True),
        ("退", False),
        ("退款", False),
        ("款", False),
    ]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_word_of_a_list_can_be_looked_up(path: Path) -> None:
    language = path.name.split(".")[1]
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#"), "what it is stands above"
    listed = [word for line in text.splitlines() for word in line.partition("#")[0].split()]
    assert len(listed) >= 40
    assert all(surfaces(word, language) for word in listed)
    assert light_words(language) >= {word for word in listed if word.isascii() and word.isalpha()}
