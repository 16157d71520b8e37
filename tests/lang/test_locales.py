from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from kbtool.errors import UsageError
from kbtool.lang import locales


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("hi", "hi"),
        ("HI", "hi"),
        ("hi-in", "hi-IN"),
        ("zh-hant", "zh-Hant"),
        ("ZH_hans_cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("DE-1996", "de-1996"),
        ("mai", "mai"),
        ("xx", None),
        ("xx-IN", None),
        ("english", None),
        ("hi-", None),
        ("", None),
        ("../en", None),
        ("हि", None),
    ],
)
def test_canonical(tag: str, expected: str | None) -> None:
    assert locales.canonical(tag) == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en", "ltr"),
        ("hi-IN", "ltr"),
        ("ar", "rtl"),
        ("ur", "rtl"),
        ("fa-IR", "rtl"),
        ("he", "rtl"),
        ("az-Arab", "rtl"),
        ("pa-Arab", "rtl"),
        ("ar-Latn", "ltr"),
    ],
)
def test_direction(locale: str, expected: str) -> None:
    assert locales.direction(locale) == expected


def test_text_that_runs_the_other_way_is_isolated() -> None:
    assert locales.isolated("Why?", "en", "ar") == "\u2066Why?\u2069"
    assert locales.isolated("لماذا؟", "ar", "en") == "\u2067لماذا؟\u2069"
    assert locales.isolated("क्यों?", "hi", "en") == "क्यों?"
    assert locales.isolated("למה?", "he", "ar") == "למה?"
    assert locales.isolated("", "en", "ar") == ""


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en", "English"),
        ("hi", "हिन्दी"),
        ("fr", "Français"),
        ("ru", "Русский"),
        ("ar", "العربية"),
        ("ka", "ქართული"),
        ("pt-BR", "Português (Brasil)"),
    ],
)
def test_autonym(locale: str, expected: str) -> None:
    assert locales.autonym(locale) == expected


def test_name_in_another_language() -> None:
    assert locales.name_in("hi", "en") == "Hindi"
    assert locales.name_in("fr", "es") == "Francés"
    assert locales.name_in("en", "hi") == "अंग्रेज़ी"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("hi", "21 नवंबर 2026"),
        ("en", "November 21, 2026"),
        ("en-GB", "21 November 2026"),
        ("de-1996", "21. November 2026"),
        ("ar", "21 نوفمبر 2026"),
    ],
)
def test_dates_are_in_the_readers_words(locale: str, expected: str) -> None:
    assert locales.format_date(date(2026, 11, 21), locale) == expected


@pytest.mark.parametrize("locale", ["hi", "ar-EG", "fa", "bn", "mr", "ne", "my", "ta", "ur"])
def test_digits_are_latin(locale: str) -> None:
    text = locales.format_date(date(2026, 11, 21), locale) + locales.format_number(90, locale)
    assert all(char.isascii() for char in text if char.isdigit())
    assert "2026" in text
    assert "90" in text


@pytest.mark.parametrize(
    ("locale", "n", "expected"),
    [
        ("hi", 0, "one"),
        ("hi", 1, "one"),
        ("hi", 2, "other"),
        ("en", 0, "other"),
        ("en", 1, "one"),
        ("ar", 0, "zero"),
        ("ar", 3, "few"),
        ("ja", 1, "other"),
    ],
)
def test_plural(locale: str, n: int, expected: str) -> None:
    assert locales.plural(locale, n) == expected


def test_numbers() -> None:
    assert locales.format_number(1234567, "hi") == "12,34,567"
    assert locales.format_number(1234567.5, "en") == "1,234,567.5"
    assert locales.format_number(1234567, "de") == "1.234.567"


def test_primary() -> None:
    assert [locales.primary(tag) for tag in ("pt-BR", "ZH_hant", "hi")] == ["pt", "zh", "hi"]


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(UsageError, match="'xx' is not a language"):
        locales.direction("xx")
    with pytest.raises(UsageError, match="'no tag'"):
        locales.autonym("no tag")


def test_importing_the_room_loads_no_heavy_library() -> None:
    code = (
        "import sys; from kbtool.lang import analyze, locales, slugs; analyze.surfaces('क', 'hi');"
        "print(sorted({'babel', 'Stemmer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("tag", "letters"),
    [
        ("en", "Latn"),
        ("hi", "Deva"),
        ("ja", "Jpan"),
        ("ar", "Arab"),
        ("pt-BR", "Latn"),
        ("zh-TW", "Hant"),
        ("sr", "Cyrl"),
        ("sr-Latn", "Latn"),
        ("xx", ""),
        ("no tag", ""),
    ],
)
def test_the_script_of_a_locale(tag: str, letters: str) -> None:
    assert locales.script(tag) == letters
