"""The measures of readability, by hand on small texts."""

from __future__ import annotations

import pytest

from kbtool.checks.readability import aksharas, measure, prose, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("a", 1),
        ("box", 1),
        ("make", 1),
        ("table", 2),
        ("coffee", 2),
        ("refund", 2),
        ("publish", 2),
        ("hmm", 1),
    ],
)
def test_syllables_of_english(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("क", 1),
        ("कैसे", 2),
        ("हिन्दी", 2),
        ("धनवापसी", 5),
        ("संस्कृत", 3),
        ("ज़रूरत", 4),
        ("आइए", 3),
        ("क्‍ष", 1),
        ("PDF", 1),
    ],
)
def test_aksharas_of_hindi(word: str, count: int) -> None:
    assert aksharas(word) == count


def test_flesch_reading_ease_by_its_formula() -> None:
    found = measure("<p>" + "The cat sat on the mat. " * 20 + "</p>", "en-GB")
    assert found is not None
    assert (found.sentences, found.words) == (20, 120)
    assert found.score == pytest.approx(206.835 - 1.015 * 6 - 84.6 * 1)
    assert not found.hard


def test_lix_in_aksharas_by_its_formula() -> None:
    found = measure("<p>" + "धनवापसी कब तक मिलेगी। " * 30 + "</p>", "hi")
    assert found is not None
    assert (found.sentences, found.words) == (30, 120)
    assert found.score == pytest.approx(4 + 100 * 0.25)


def test_short_texts_and_other_languages_have_no_measure() -> None:
    assert measure("<p>" + "The cat sat on the mat. " * 5 + "</p>", "en") is None
    assert measure("<p>" + "Die Katze sitzt auf der Matte. " * 30 + "</p>", "de") is None


def test_what_is_no_sentence_is_left_out() -> None:
    html = (
        '<h2 id="a">A long heading of many words<a class="headerlink" href="#a">#</a></h2>'
        "<p>Run <code>kbtool build --site-dir x</code> at once. Version 1.2 of kbtool is out!</p>"
        "<ul><li>first item here</li><li>two words</li></ul><pre>code is not read</pre>"
        "<table><tr><td>nor is a table</td></tr></table>"
    )
    assert prose(html) == [
        ["Run", "x", "at", "once"],
        ["Version", "1", "2", "of", "kbtool", "is", "out"],
        ["first", "item", "here"],
    ]


def test_the_danda_ends_a_sentence() -> None:
    assert len(prose("<p>यह एक वाक्य है। यह दूसरा वाक्य है॥ क्या यह तीसरा है?</p>")) == 3


def test_hard_hindi_is_told_from_plain_hindi() -> None:
    hard = (
        "उपर्युक्त परिस्थितियों के परिप्रेक्ष्य में उपभोक्ताओं द्वारा प्रस्तुत प्रतिवेदनों का यथाशीघ्र "
        "निस्तारण सुनिश्चित किए जाने हेतु संबंधित अधिकारियों को निर्देशित किया जाता है। "
    )
    plain = "अपना ऑर्डर खोलें। फिर लौटाने का बटन दबाएँ। हम तीन दिन में पैसे भेज देंगे। "
    for text, is_hard in ((hard, True), (plain, False)):
        found = measure(f"<p>{text * 10}</p>", "hi")
        assert found is not None
        assert found.hard is is_hard
