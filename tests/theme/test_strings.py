"""The interface's words: complete, the same in every language, and all of them used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
THEME = ROOT / "theme"
LOCALES = sorted(path.stem for path in (THEME / "strings").glob("*.yml"))
TRANSLATIONS = [locale for locale in LOCALES if locale != "en"]
PLACEHOLDER = re.compile(r"\{(\w+)\}")
CALL = re.compile(r"\bt\(\s*\"([^\"]+)\"")
SAME_IN_ALL_LANGUAGES: set[str] = set()
LATIN_NAMES = {"WhatsApp", "JavaScript"}

Words = dict[str, str | dict[str, str]]


def words(locale: str) -> Words:
    text = (THEME / "strings" / f"{locale}.yml").read_text(encoding="utf-8")
    loaded: Words = yaml.safe_load(text)
    return loaded


def forms(word: str | dict[str, str]) -> list[str]:
    return [word] if isinstance(word, str) else list(word.values())


def placeholders(word: str | dict[str, str]) -> set[str]:
    return {name for form in forms(word) for name in PLACEHOLDER.findall(form)}


def templates() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((THEME / "templates").glob("*.html"))
    )


def test_english_and_hindi_are_there() -> None:
    assert {"en", "hi"} <= set(LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_file_is_flat_and_every_value_is_text_or_plural_forms(locale: str) -> None:
    for key, word in words(locale).items():
        assert {type(form) for form in forms(word)} == {str}, key
        assert all(form.strip() for form in forms(word)), key
        if isinstance(word, dict):
            assert {"one", "other"} <= set(word) <= {"zero", "one", "two", "few", "many", "other"}, key


@pytest.mark.parametrize("locale", LOCALES)
def test_no_key_is_written_twice(locale: str) -> None:
    text = (THEME / "strings" / f"{locale}.yml").read_text(encoding="utf-8")
    keys = re.findall(r"^([\w.-]+):", text, flags=re.MULTILINE)
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("locale", TRANSLATIONS)
def test_a_translation_has_the_keys_and_placeholders_of_english(locale: str) -> None:
    english, own = words("en"), words(locale)
    assert set(own) == set(english)
    for key in english:
        assert placeholders(own[key]) == placeholders(english[key]), key
        assert isinstance(own[key], dict) == isinstance(english[key], dict), key


@pytest.mark.parametrize("locale", TRANSLATIONS)
def test_nothing_is_left_in_english(locale: str) -> None:
    english, own = words("en"), words(locale)
    same = {key for key in english if set(forms(own[key])) & set(forms(english[key]))}
    assert same == SAME_IN_ALL_LANGUAGES


def test_hindi_is_written_in_devanagari() -> None:
    for key, word in words("hi").items():
        for form in forms(word):
            plain = PLACEHOLDER.sub("", form)
            assert re.search(r"[\u0900-\u097f]", plain), key
            assert set(re.findall(r"[A-Za-z]+", plain)) <= LATIN_NAMES, key


def test_the_templates_use_only_keys_that_exist() -> None:
    assert set(CALL.findall(templates())) <= set(words("en"))


def test_every_call_of_the_templates_names_its_key_literally() -> None:
    text = re.sub(r"\{#.*?#\}", "", templates(), flags=re.DOTALL)
    assert len(re.findall(r"(?<![\w.])t\(", text)) == len(CALL.findall(text))


def test_every_placeholder_is_given_by_the_templates() -> None:
    english = words("en")
    for call in re.finditer(r"\bt\(\s*\"([^\"]+)\"((?:[^()]|\([^()]*\))*)\)", templates()):
        given = set(re.findall(r"(\w+)=", call[2]))
        assert given >= placeholders(english[call[1]]), call[0]


def test_no_key_is_unused() -> None:
    python = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "kbtool").rglob("*.py")))
    literal = set(re.findall(r"\"([a-z]+\.[\w.-]+)\"", python))
    groups = tuple(f"{name}." for name in re.findall(r"\.group\(\"([a-z]+)\"\)", python))
    used = set(CALL.findall(templates())) | literal
    assert [key for key in words("en") if key not in used and not key.startswith(groups)] == []
