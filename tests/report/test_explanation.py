from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.report.explanation import WIDTH, explanation_text
from kbtool.report.text import display_width
from kbtool.search.explain import explained
from kbtool.search.format import index_dir
from kbtool.search.question import MOST_CHARACTERS, MOST_WORDS
from kbtool.search.rank import search
from kbtool.search.reader import Index
from kbtool.search.weights import AGAIN
from tests.conftest import ROOT, Kb
from tests.search.library import ENGLISH, document, written
from tests.search.test_explain import QUERIES


def text(index: Index, query: str, limit: int = 10) -> str:
    """A query, asked, explained and written down."""
    return explanation_text(explained(index, query, search(index, query, limit)))


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return written(ENGLISH, "en", tmp_path_factory.mktemp("en"))


def test_the_example_of_the_documents_is_true(english: Index) -> None:
    page = (ROOT / "docs" / "how-to" / "measure-search.md").read_text(encoding="utf-8")
    assert f"\n{text(english, 'refnd by gpay')}\n```\n" in page


def test_words_without_a_sure_meaning_are_told_with_the_mend(english: Index) -> None:
    told = text(english, "how xyzzy qqqq refundwala")
    assert "Nothing was found for: xyzzy, qqqq\nOnly guessed: refundwala\n" in told
    assert "search/synonyms.en.yml, such as xyzzy: [" in told
    assert "synonyms" not in text(english, "how refund")
    assert "No article has any of these words." in text(english, "xyzzy")


def test_what_was_not_read_is_told(english: Index) -> None:
    many = " ".join(f"zz{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(MOST_WORDS))
    assert "left out: the query has too many words" in text(english, f"{many} refund")
    assert "it is too long" in text(english, "refund " * MOST_CHARACTERS)
    assert "it is too long" not in text(english, "refund")


def test_an_article_whose_text_was_not_looked_at_shows_its_lists(tmp_path: Path) -> None:
    many = [document(f"refund-{n:02}", f"Refund {n}", "Refunds arrive.") for n in range(AGAIN + 1)]
    blocks = text(written(many, "en", tmp_path), "refund", AGAIN + 1).split("\n\n")
    assert "lists" in blocks[-1]
    assert blocks[-1].endswith("at place 13 by the index's lists; its text was not looked at")


def test_it_fits_a_terminal(own_site: Kb) -> None:
    for query in QUERIES[::9]:
        told = text(Index(own_site.root / "site" / index_dir(query["lang"])), query["text"], 14)
        assert max(map(display_width, told.splitlines())) <= WIDTH, told
