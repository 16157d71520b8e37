from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbtool.lang import forms as module
from kbtool.lang.analyze import analyze, stem, surfaces
from kbtool.lang.forms import irregular_forms

LISTS = sorted((Path(__file__).parents[2] / "search").glob("forms.*.txt"))


def lines_of(path: Path) -> list[list[str]]:
    found = (line.partition("#")[0].split() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in found if line]


@pytest.fixture
def own_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A list of this test alone, for a language without a stemmer."""
    monkeypatch.setattr(module, "resource_dir", lambda _: tmp_path)
    irregular_forms.cache_clear()
    stem.cache_clear()
    yield tmp_path / "forms.xx.txt"
    irregular_forms.cache_clear()
    stem.cache_clear()


@pytest.mark.parametrize(
    ("form", "word"), [("went", "go"), ("bought", "buy"), ("children", "child"), ("Sent", "send")]
)
def test_irregular_forms_come_to_the_stem_of_their_word(form: str, word: str) -> None:
    for locale in ("en", "en-GB"):
        (token,) = analyze(form, locale)
        assert token.stem == stem(word, locale)
        assert token.surface == form.lower(), "it is written as it was"


def test_other_languages_keep_their_words() -> None:
    assert irregular_forms("xx") == {}
    assert stem("went", "xx") == "went"
    assert stem("went", "nl") != "go"


def test_a_list_is_read_as_it_is_written(own_list: Path) -> None:
    own_list.write_text("# Forms.\n\ngo went gone # all of them\nalone\n", encoding="utf-8")
    assert irregular_forms("xx") == {"went": "go", "gone": "go"}
    assert [token.stem for token in analyze("gone alone", "xx")] == ["go", "alone"]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_line_is_a_word_with_forms_of_its_own(path: Path) -> None:
    language = path.name.split(".")[1]
    lines = lines_of(path)
    assert path.read_text(encoding="utf-8").startswith("#"), "what it is stands above"
    assert len(lines) > 100
    assert [line for line in lines if len(line) < 2] == [], "a word without forms"
    assert [word for line in lines for word in line if surfaces(word, language) != [word]] == []
    forms = Counter(form for _, *rest in lines for form in rest)
    assert {form: n for form, n in forms.items() if n > 1} == {}, "a form of two words"
    words = Counter(word for word, *_ in lines)
    assert {word: n for word, n in words.items() if n > 1} == {}, "a word on two lines"
    assert sorted(set(forms) & set(words)) == [], "a form that is a word with forms itself"
