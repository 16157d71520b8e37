from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.lang.normalise import normalise

SCRIPTS = (
    "abcIİıéßŉΐᾳςΣ ёЁё'’ʼ क़ख़ँंःअआऑॉॅ्ङञणनमपफबभयरलवशसह०९।॥ \u093c\u200c\u200d\u0301\u0323"
    "أإآٱىئیؤةکۀ\u0640\u064b\u0654\u0670ﷺﹷ 退款々カ゛ｶﾞ한글\u1100\u1161 กำเ বাংলা தமிழ் ❤️1️⃣😀™①½ﬃ\u0378\ud800"
)
texts = st.text(st.sampled_from(SCRIPTS), max_size=12) | st.text(max_size=12)
locales = st.sampled_from(["en", "hi", "tr", "ar", "zh", "pt-BR"])


@pytest.mark.parametrize(
    ("rule", "text", "locale", "expected"),
    [
        ("N1", "IŞIK İstanbul", "tr", "ışık istanbul"),
        ("N1, decomposed", "I\u0307stanbul", "tr", "istanbul"),
        ("N1, only Turkish", "IN", "en", "in"),
        ("N1, region", "INDIR", "tr-TR", "ındır"),
        ("N2, width", "ＡＢＣ　１２３ ｶﾞ", "en", "abc 123 ガ"),
        ("N2, full folding", "Straße ﬃ ΣΊΣΥΦΟΣ", "en", "strasse ffi σίσυφοσ"),
        ("N3", "क्\u200dष क्\u200cष a\u00adb \u2060c\ufeff d\u200be", "hi", "क्ष क्ष ab c de"),
        ("N3, variation selector", "❤\ufe0f 1\ufe0f\u20e3", "en", "❤ 1"),
        ("N3, tatweel", "كتـــاب ﹷ", "ar", "كتاب"),
        ("N4", "क़ानून ज़रूरी लड़का पढ़ना", "hi", "कानून जरूरी लडका पढना"),
        ("N4, one code point", "\u0958\u0929\u0931\u0934", "hi", "कनरळ"),
        ("N5", "जाँच चाँद", "hi", "जांच चांद"),
        ("N6", "सम्पर्क हिन्दी पण्डित गङ्गा चञ्चल", "hi", "संपर्क हिंदी पंडित गंगा चंचल"),
        ("N6, not before य or ह", "अन्य तुम्हारा", "hi", "अन्य तुम्हारा"),
        ("N7", "ऑर्डर कॉल ॲप मॅच", "hi", "ओर्डर कोल ॲप मेच"),
        ("N7, danda", "है।फिर॥", "hi", "है फिर "),
        ("N8", "كِتَابٌ رحمٰن", "ar", "كتاب رحمن"),
        ("N8, hamza inside a letter", "ۀ ۂ ۓ", "ur", "ە ہ ے"),
        ("N9", "أحمد إلى آخر ٱلله", "ar", "احمد الي اخر الله"),
        ("N9, rest", "على شیء مؤمن مكتبة کتاب قائمة", "ar", "علي شيء مومن مكتبه كتاب قايمه"),
        ("N10", "Ёлка it’s мʼята", "ru", "елка it's мʼята".replace("ʼ", "'")),
        ("N11", "१२ जनवरी २०२६", "hi", "12 जनवरी 2026"),
        ("unknown letters", "a\u0378b \ud83d c", "en", "a b   c"),
    ],
)
def test_rule(rule: str, text: str, locale: str, expected: str) -> None:
    assert normalise(text, locale).strip() == expected.strip(), rule


def test_punctuation_stays() -> None:
    assert normalise("Why? — “é”", "en") == "why? — “é”"


@pytest.mark.parametrize("text", ["कम", "काम", "कर्म", "कमी"])
def test_vowel_signs_and_viramas_stay(text: str) -> None:
    assert normalise(text, "hi") == text


@given(texts, locales)
def test_twice_changes_nothing(text: str, locale: str) -> None:
    once = normalise(text, locale)
    assert normalise(once, locale) == once


@given(texts, locales)
def test_composed_and_decomposed_are_equal(text: str, locale: str) -> None:
    text = text.replace("\ud800", "")
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert normalise(composed, locale) == normalise(decomposed, locale) == normalise(text, locale)


@given(texts, locales, st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f"), st.data())
def test_invisible_characters_change_nothing(text: str, locale: str, char: str, data: st.DataObject) -> None:
    # They do part a letter from its mark while the text is typed, not in what is looked up.
    text = unicodedata.normalize("NFC", text.replace("\ud800", ""))
    place = data.draw(st.integers(0, len(text)))
    assert normalise(text[:place] + char + text[place:], locale) == normalise(text, locale)
