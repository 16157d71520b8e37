from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from kbtool.search.build import build_index
from kbtool.search.expand import Dictionary
from kbtool.search.rank import search
from kbtool.search.reader import Index
from kbtool.search.vocabulary import Vocabulary
from kbtool.search.weights import BEST_GUESS, BEST_KEY, LEAST, MOST_KNOWN, MOST_UNKNOWN, SYNONYM, THESAURUS
from tests.search.library import document, written

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


def dictionary_of(
    words: Sequence[str],
    *,
    light: frozenset[str] = frozenset(),
    synonyms: Mapping[str, Sequence[int]] | None = None,
    thesaurus: Sequence[Sequence[int | str]] = (),
) -> Dictionary:
    """The words, each its own stem."""
    numbers = range(len(words))
    return Dictionary(
        Vocabulary(words, words, numbers, "0" * len(words), light, synonyms or {}, list(thesaurus))
    )


def meant(word: str) -> list[str]:
    return [WORDS[stem] for stem, _ in dictionary_of(WORDS).meaning(word).stems]


@pytest.mark.parametrize("word", WORDS)
def test_a_known_word_means_itself_first(word: str) -> None:
    meaning = dictionary_of(WORDS).meaning(word)
    assert meaning.stems[0] == (WORDS.index(word), 1.0)
    assert meaning.surface == WORDS.index(word)


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
    meaning = dictionary_of(WORDS).meaning(typed)
    assert meaning.surface == WORDS.index(wanted), "it counts as the very word"
    assert 0 < meaning.alike[meaning.surface] < 1


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


@pytest.mark.parametrize("word", ["zzzz", "कमल", "quarterly", "j", ""])
def test_a_word_like_no_other_means_nothing(word: str) -> None:
    meaning = dictionary_of(WORDS).meaning(word)
    assert (meaning.stems, meaning.surface) == ((), -1)


def test_guesses_are_bounded() -> None:
    words = sorted(f"passwor{a}{b}" for a in "abcdefgh" for b in "ijklmnop")
    for typed, most, best in (("password", MOST_UNKNOWN, BEST_GUESS), (words[9], MOST_KNOWN, 1.0)):
        found = [likeness for _, likeness in dictionary_of(words).meaning(typed).stems]
        assert len(found) == most
        assert all(LEAST <= likeness <= best + 1e-9 for likeness in found)
        assert found == sorted(found, reverse=True)


def test_a_guess_across_scripts_is_never_as_sure_as_the_word() -> None:
    for typed in ("refnd", "dhanvapsi", "kaise", "गिट"):
        stems = dictionary_of(WORDS).meaning(typed).stems
        assert stems
        assert stems[0][1] <= max(BEST_KEY, BEST_GUESS) < 1, typed


def test_a_synonym_is_meant_whether_the_word_occurs_or_not() -> None:
    words = ["cash", "money"]
    known = dictionary_of(words, synonyms={"cash": [1], "dough": [1]})
    assert known.meaning("cash").stems == ((0, 1.0), (1, SYNONYM))
    assert known.meaning("dough").stems == ((1, SYNONYM),)
    assert known.meaning("cash", light=True).stems == ((0, 1.0), (1, SYNONYM))


def test_the_groups_of_the_thesaurus_are_meant_but_not_for_a_light_word() -> None:
    words = ["bill", "fee", "invoice"]
    known = dictionary_of(words, thesaurus=[[0, 2, "receipt"], [0, 1]])
    assert known.meaning("bill").stems == ((0, 1.0), (1, THESAURUS), (2, THESAURUS))
    assert known.meaning("receipt").stems == ((0, THESAURUS), (2, THESAURUS))
    assert known.meaning("fee").stems == ((1, 1.0), (0, THESAURUS)), "not through a second group"
    assert known.meaning("bill", light=True).stems == ((0, 1.0),)


def test_a_light_word_means_itself_alone_but_a_misspelt_one_is_understood() -> None:
    words = ["refund", "refunds", "where", "whereas"]
    known = dictionary_of(words, light=frozenset({"where"}))
    assert known.light_stems == {2}
    assert [stem for stem, _ in known.meaning("where", light=True).stems] == [2]
    assert {stem for stem, _ in known.meaning("refund").stems} == {0, 1}
    assert known.meaning("where", light=True).is_light
    assert known.meaning("wherre").is_light, "so like a light word that it is one"
    assert not known.meaning("reffund").is_light


@pytest.mark.parametrize("word", ["退款", "คืนเ"])
def test_pieces_of_scripts_without_spaces_are_never_guessed(word: str) -> None:
    assert dictionary_of([f"{word[:-1]}政", word + "x"]).meaning(word).stems == ()


def test_no_more_words_are_completed_than_can_be_meant() -> None:
    few = dictionary_of(sorted(f"xy{a}{b}qqqqqqqq" for a in "abcdef" for b in "ghijkl"))
    many = dictionary_of(sorted(f"xy{a}{b}{c}qqqqqqq" for a in "abcdef" for b in "ghijkl" for c in "mnopqr"))
    assert few.meaning("xya").stems
    assert len(many.words.surfaces) == 216
    assert many.meaning("xy").stems == (), "too short"
    assert dictionary_of(many.words.surfaces).meaning("xya").stems


def test_a_word_that_is_the_name_of_a_stem_means_it(tmp_path: Path) -> None:
    index = written([document("a", "Ads", "ads goes")], "en", tmp_path)
    assert [hit.id for word in ("ad", "go") for hit in search(index, word)] == ["a", "a"]


@pytest.mark.parametrize("word", ["환불", "결제", "앱"])
def test_korean_nouns_are_found_with_their_particles(tmp_path: Path, word: str) -> None:
    body = "환불을 신청하는 방법. 결제가 실패하면 계정을 확인하세요. 앱에서"
    assert search(written([document("a", "안내", body)], "ko", tmp_path), word)


@pytest.mark.parametrize("word", ["ลบ", "คืน", "โอน", "โอนอย่างไร", "แอป", "ภาพ"])
def test_short_thai_words_are_found_inside_runs(tmp_path: Path, word: str) -> None:
    body = "คุณสามารถลบบัญชีและโอนเงินคืนได้ในแอปของเรา รูปภาพ"
    assert search(written([document("a", "วิธี", body)], "th", tmp_path), word)


def test_a_word_said_once_in_a_very_long_text_is_found(tmp_path: Path) -> None:
    short = [document(f"a{n}", "Short", "A few words.") for n in range(300)]
    index = written([*short, document("terms", "Terms", "clause " * 3000 + "zebra")], "en", tmp_path)
    assert [hit.id for hit in search(index, "zebra")] == ["terms"]


def test_what_a_list_says_is_surer_than_a_spelling(tmp_path: Path) -> None:
    docs = [document("port", "The port"), document("post", "Article")]
    index = written(docs, "en", tmp_path / "a")
    assert search(index, "porst")[0].id == "port"
    listed = build_index(docs, "en", {"porst": ("article",)})
    (tmp_path / "b").mkdir()
    for name, data in listed.items():
        (tmp_path / "b" / name).write_bytes(data)
    assert search(Index(tmp_path / "b"), "porst")[0].id == "post"


def test_a_very_long_word_is_not_guessed() -> None:
    """A word of a hundred letters costs as much as one of ten, and means nothing but itself."""
    found = dictionary_of(["card", "refund"])
    assert found.meaning("refundd").stems
    assert not found.meaning("refund" * 20).stems
