"""A description for an article that has none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.render.describe import LONGEST, first_sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Refunds take up to a week. Write to us if not.", "Refunds take up to a week."),
        ("धनवापसी में एक हफ़्ता लगता है। नहीं तो हमें लिखें।", "धनवापसी में एक हफ़्ता लगता है।"),
        ("يستغرق استرداد المبلغ أسبوعا؟ نعم بالطبع", "يستغرق استرداد المبلغ أسبوعا؟"),
        (
            "退款最多需要七个工作日才能到账并且会发送通知。之后请联系我们。",
            "退款最多需要七个工作日才能到账并且会发送通知。",
        ),
        ("\tpip install kbtool==1.0\nThis installs the program.", "This installs the program."),
        ("\tpip install kbtool==1.0", "pip install kbtool==1.0"),
        (
            "Note\nVersion 2.5 of the application is out now! Get it.",
            "Version 2.5 of the application is out now!",
        ),
        (
            "Yes. There is a growing number of shops. All are listed.",
            "Yes. There is a growing number of shops.",
        ),
        (
            "はい。使用する個人や企業が毎年増えています。例えば店です。",
            "はい。使用する個人や企業が毎年増えています。",
        ),
        ("Short", "Short"),
        ("", ""),
    ],
)
def test_it_is_the_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_a_long_sentence_is_cut_at_a_word() -> None:
    cut = first_sentence("word, " * 60)
    assert cut.endswith("word…")
    assert len(cut) <= LONGEST + 1


def test_a_long_word_is_cut() -> None:
    assert first_sentence("x" * 500) == "x" * LONGEST + "…"


@given(st.text(max_size=400))
def test_it_is_one_short_line_from_the_text(text: str) -> None:
    sentence = first_sentence(text)
    assert "\n" not in sentence
    assert len(sentence) <= LONGEST + 1
    assert sentence.removesuffix("…").strip() in text or sentence in text
