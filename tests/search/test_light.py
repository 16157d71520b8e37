from __future__ import annotations

from kbtool.search.light import light_words


def test_question_words_of_both_languages_are_known() -> None:
    assert {"कैसे", "कहां", "में"} <= light_words("hi")
    assert {"how", "where", "the"} <= light_words("en-GB")


def test_negation_and_topic_words_are_not_light() -> None:
    assert not {"नहीं", "मत", "रिफंड"} & light_words("hi")
    assert not {"refund", "password"} & light_words("en")


def test_a_language_without_a_list_has_none() -> None:
    assert light_words("ta") == frozenset()
