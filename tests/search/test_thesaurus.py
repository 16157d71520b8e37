from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kbtool.lang.analyze import analyze
from kbtool.search import thesaurus as module
from kbtool.search.thesaurus import thesaurus

LISTS = sorted((Path(__file__).parents[2] / "search").glob("thesaurus.*.txt"))


def lines_of(path: Path) -> list[list[str]]:
    found = (line.partition("#")[0].split() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in found if line]


def surfaces_of(locale: str) -> list[set[str]]:
    return [{token.surface for token in group} for group in thesaurus(locale)]


def test_words_of_a_group_stand_for_each_other() -> None:
    assert {"refund", "reimbursement", "repay"} in surfaces_of("en-GB")
    assert any({"पैसा", "धन"} <= group for group in surfaces_of("hi"))
    assert any({"购买", "采购"} <= group for group in surfaces_of("zh-Hans"))


def test_a_language_without_a_list_has_none() -> None:
    assert thesaurus("xx") == ()


def test_the_lists_are_read_as_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# Words.\n\nfee charges # money\nalone\nfee fee\nlog-in - entry\n"
    (tmp_path / "thesaurus.en.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "resource_dir", lambda _: tmp_path)
    thesaurus.cache_clear()
    try:
        found = [[(token.surface, token.stem) for token in group] for group in thesaurus("en")]
    finally:
        thesaurus.cache_clear()
    assert found == [[("fee", "fee"), ("charges", "charg")], [("log", "log"), ("entry", "entri")]]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_line_is_a_group_of_words_that_can_be_looked_up(path: Path) -> None:
    locale = path.name.split(".")[1]
    lines = lines_of(path)
    assert path.read_text(encoding="utf-8").startswith("#"), "what it is stands above"
    assert len(lines) > 300
    assert [line for line in lines if len(line) < 2] == [], "a group of one word"
    assert [line for line in lines if len(set(line)) < len(line)] == [], "a word twice in its group"
    assert [word for line in lines for word in line if not analyze(word, locale)] == []
    assert len(thesaurus(locale)) == len(lines)
    assert all(len(group) > 1 for group in thesaurus(locale)), "words that come to the same"


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_no_word_is_in_more_than_two_groups(path: Path) -> None:
    """What means many things tells little."""
    counts = Counter(word for line in lines_of(path) for word in set(line))
    assert {word: n for word, n in counts.items() if n > 2} == {}
