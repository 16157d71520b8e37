from __future__ import annotations

from pathlib import Path

from kbtool.search.build import build_index
from kbtool.search.rank import search
from kbtool.search.reader import Index
from kbtool.search.synonyms import read_synonyms
from tests.search.library import HINDI

ROOT = Path(__file__).parents[2]


def test_a_synonym_finds_the_article_that_never_says_the_word(tmp_path: Path) -> None:
    synonyms = {"rakam": ("पैसे",), "रकम": ("पैसे", "धनवापसी")}
    for name, data in build_index(HINDI, "hi", synonyms).items():
        (tmp_path / name).write_bytes(data)
    index = Index(tmp_path)
    assert [hit.id for hit in search(index, "रकम")] == ["refund"]
    assert [hit.id for hit in search(index, "rakam")] == ["refund"]
    assert search(index, "पैसे")[0].score > search(index, "रकम")[0].score


def test_words_that_no_article_has_are_left_out() -> None:
    assert build_index(HINDI, "hi", {"a": ("zzzz",)}) == build_index(HINDI, "hi")


def test_mistakes_are_named_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.hi.yml"
    path.write_text("दो शब्द: [पैसे]\nठीक: [पैसे, रिफंड]\nगलत: {a: b}\n", encoding="utf-8")
    found, findings = read_synonyms(path, "synonyms.hi.yml", "hi")
    assert found["ठीक"] == ("पैसे", "रिफंड")
    assert [str(finding.where) for finding in findings] == ["synonyms.hi.yml:1:1", "synonyms.hi.yml:3:6"]
    assert read_synonyms(tmp_path / "none.yml", "none.yml", "hi") == ({}, [])


def test_our_own_files_are_clean() -> None:
    for locale in ("en", "hi"):
        path = ROOT / "search" / f"synonyms.{locale}.yml"
        found, findings = read_synonyms(path, path.name, locale)
        assert found
        assert findings == []
