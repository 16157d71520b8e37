"""The judged queries of our own help center (`search/queries.yml`): how well they are answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kbtool.search.format import index_dir
from kbtool.search.rank import search
from kbtool.search.reader import Index

if TYPE_CHECKING:
    from tests.conftest import Kb

QUERIES = Path(__file__).parents[2] / "search" / "queries.yml"
# Mean of 1 ÷ rank, and the share with an answer among the first three. Never lowered.
FLOORS = {"hi": (0.86, 0.95), "en": (0.86, 0.90)}


@pytest.fixture(scope="module")
def judged() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return listed


def ranks(own_site: Kb, locale: str, queries: list[dict[str, Any]]) -> dict[str, int]:
    """The rank of the first right article by query; 0 where it is not among the first ten."""
    index = Index(own_site.root / "site" / index_dir(locale))
    found = {}
    for query in queries:
        ids = [hit.id for hit in search(index, query["text"], 10)]
        found[query["text"]] = next((rank for rank, id in enumerate(ids, 1) if id in query["rel"]), 0)
    return found


def test_there_are_enough_of_each_kind(judged: list[dict[str, Any]]) -> None:
    assert len(judged) >= 180
    assert sum(query["lang"] == "hi" for query in judged) >= 100


@pytest.mark.parametrize("locale", ["hi", "en"])
def test_most_find_their_article(own_site: Kb, judged: list[dict[str, Any]], locale: str) -> None:
    found = ranks(own_site, locale, [query for query in judged if query["lang"] == locale]).values()
    mrr = sum(1 / rank for rank in found if rank) / len(found)
    among_three = sum(0 < rank <= 3 for rank in found) / len(found)
    assert mrr >= FLOORS[locale][0]
    assert among_three >= FLOORS[locale][1]


def test_everyday_hindi_queries_find_their_article_in_the_top_three(
    own_site: Kb, judged: list[dict[str, Any]]
) -> None:
    """Written down before anybody tried them."""
    everyday = [query for query in judged if query.get("everyday")]
    assert len(everyday) == 10
    found = ranks(own_site, "hi", everyday)
    assert {text: rank for text, rank in found.items() if not 0 < rank <= 3} == {}
