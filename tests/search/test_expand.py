from __future__ import annotations

import pytest

from kbtool.search.expand import BEST_GUESS, LEAST, MOST, Dictionary

WORDS = sorted(
    [
        "रिफंड",
        "कैसे",
        "मिलेगा",
        "मिलेगी",
        "धनवापसी",
        "पासवर्ड",
        "खाता",
        "खत",
        "refund",
        "password",
        "passport",
        "git",
        "nginx",
    ]
)


def meant(word: str) -> list[str]:
    dictionary = Dictionary(WORDS)
    return [WORDS[candidate.surface] for candidate in dictionary.candidates(word)]


@pytest.mark.parametrize("word", WORDS)
def test_a_known_word_means_itself_first(word: str) -> None:
    assert meant(word)[0] == word


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("pasword", "password"),
        ("passwrod", "password"),
        ("refnud", "refund"),
        ("रीफंड", "रिफंड"),
        ("पासवर्ड़", "पासवर्ड"),
        ("धनवापसि", "धनवापसी"),
        ("passw", "password"),
    ],
)
def test_a_misspelt_or_unfinished_word_is_understood(typed: str, wanted: str) -> None:
    assert meant(typed)[0] == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("dhanvapsi", "धनवापसी"),
        ("kaise", "कैसे"),
        ("milegi", "मिलेगी"),
        ("paasword", "पासवर्ड"),
        ("khata", "खाता"),
        ("गिट", "git"),
    ],
)
def test_a_word_in_the_other_script_is_understood(typed: str, wanted: str) -> None:
    assert wanted in meant(typed)[:2]


def test_a_latin_word_of_the_index_also_means_its_twin_in_the_other_script() -> None:
    assert meant("refund") == ["refund", "रिफंड"]


@pytest.mark.parametrize("word", ["zzzz", "कमल", "quarterly", "x", ""])
def test_a_word_like_no_other_means_nothing(word: str) -> None:
    assert meant(word) == []


def test_guesses_are_bounded() -> None:
    dictionary = Dictionary(sorted(f"passwor{a}{b}" for a in "abcdefgh" for b in "ijklmnop"))
    found = dictionary.candidates("password")
    assert len(found) == MOST
    assert all(LEAST <= candidate.likeness <= BEST_GUESS for candidate in found)
    assert [c.likeness for c in found] == sorted((c.likeness for c in found), reverse=True)
