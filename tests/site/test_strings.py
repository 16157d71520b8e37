"""The interface's words: fallbacks, plurals, placeholders, and files of a site's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.errors import UsageError
from kbtool.resources import resource_dir
from kbtool.site.strings import Strings, load_strings

SHIPPED = resource_dir("theme") / "strings"


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def test_what_a_language_lacks_comes_in_english(tmp_path: Path) -> None:
    folder = written(tmp_path, en="a: A\nb: B\n", hi="a: अ\n")
    strings = load_strings("hi", [folder])
    assert (strings.text("a"), strings.text("b")) == ("अ", "B")


def test_english_words_keep_their_marks_in_place_where_text_runs_from_the_right(tmp_path: Path) -> None:
    folder = written(tmp_path, en="a: Why?\nb: {one: '{n} hit', other: '{n} hits'}\nc: C\n", ar="c: ج؟\n")
    strings = load_strings("ar", [folder])
    assert strings.text("a") == "\u2066Why?\u2069"
    assert strings.text("b", n=3) == "\u20663 hits\u2069"
    assert strings.text("c") == "ج؟"


def test_a_region_stands_on_its_language(tmp_path: Path) -> None:
    folder = written(tmp_path, **{"en": "a: A\nb: B\nc: C\n", "pt": "a: pt\nb: pt\n", "pt-BR": "a: br\n"})
    strings = load_strings("pt-BR", [folder])
    assert [strings.text(key) for key in "abc"] == ["br", "pt", "C"]


def test_a_sites_own_words_win(tmp_path: Path) -> None:
    strings = load_strings("hi", [SHIPPED, written(tmp_path, hi="nav.home: मुखपृष्ठ पर\n")])
    assert strings.text("nav.home") == "मुखपृष्ठ पर"
    assert strings.text("skip") == load_strings("hi", [SHIPPED]).text("skip")


@pytest.mark.parametrize(("locale", "n", "form"), [("en", 0, "other"), ("en", 1, "one"), ("hi", 0, "one")])
def test_plurals_go_by_the_language(locale: str, n: int, form: str) -> None:
    strings = Strings(locale, {"count": {"one": "{n} one", "other": "{n} other"}})
    assert strings.text("count", n=n) == f"{n} {form}"


def test_a_plural_form_that_is_not_written_is_other() -> None:
    assert Strings("ar", {"count": {"other": "{n} x"}}).text("count", n=2) == "2 x"


def test_placeholders_are_filled() -> None:
    assert Strings("en", {"a": "On {date}, {date}: {n}"}).text("a", date="1 May", n=2) == "On 1 May, 1 May: 2"


def test_a_group_is_found_by_its_prefix() -> None:
    strings = Strings("en", {"markdown.note": "Note", "markdown.tip": "Tip", "other.note": "No"})
    assert strings.group("markdown") == {"note": "Note", "tip": "Tip"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [1\n", "hi.yml:1:4"),
        ("a: 1\na: 2\n", "hi.yml:2:1"),
        ("a: {one: x}\n", "hi.yml:1:4"),
        ("a: [x]", "hi.yml:1:4"),
    ],
)
def test_words_that_cannot_be_read_end_the_build_with_their_place(
    tmp_path: Path, text: str, place: str
) -> None:
    with pytest.raises(UsageError) as caught:
        load_strings("hi", [written(tmp_path, hi=text)])
    assert place in caught.value.message
    assert caught.value.help


def test_the_shipped_words_can_be_read() -> None:
    for path in SHIPPED.glob("*.yml"):
        assert load_strings(path.stem, [SHIPPED]).text("skip")
