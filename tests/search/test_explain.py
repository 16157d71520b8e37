from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import yaml

from kbtool.search.build import build_index
from kbtool.search.explain import explained
from kbtool.search.explanation import Explanation, Result, Word
from kbtool.search.format import index_dir
from kbtool.search.postings import STEP
from kbtool.search.question import MOST_CHARACTERS, MOST_WORDS
from kbtool.search.rank import search
from kbtool.search.reader import Index
from kbtool.search.weights import AGAIN
from tests.conftest import ROOT, Kb
from tests.search.library import ENGLISH, document, written

QUERIES = yaml.safe_load((ROOT / "search" / "queries.yml").read_text(encoding="utf-8"))


def ask(index: Index, query: str, limit: int = 10, among: list[str] | None = None) -> Explanation:
    """A query, asked and explained."""
    return explained(index, query, search(index, query, limit, among), among)


def total(result: Result) -> float:
    """The points of an article, added up."""
    if not result.judged:
        return sum(one.lists for one in result.words)
    words = sum(one.body + one.title + one.aliases for one in result.words)
    return words + sum(part.points for part in result.parts)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("en")
    synonyms = {"cash": ("refunds",)}
    for name, data in build_index(ENGLISH, "en", synonyms).items():
        (folder / name).write_bytes(data)
    return Index(folder)


@pytest.mark.parametrize("locale", ["hi", "en"])
def test_the_parts_add_up_for_every_hit_of_the_judged_queries(own_site: Kb, locale: str) -> None:
    index = Index(own_site.root / "site" / index_dir(locale))
    largest = max(len(index.postings(stem)) for stem in range(len(index.vocabulary.names)))
    assert largest < 400
    for query in (one["text"] for one in QUERIES if one["lang"] == locale):
        hits = search(index, query, 20)
        explanation = explained(index, query, hits)
        assert [one.id for one in explanation.results] == [hit.id for hit in hits]
        rounding = sum(max((r.weight for r in word.readings), default=0) for word in explanation.words) / STEP
        for place, (result, hit) in enumerate(zip(explanation.results, hits, strict=True)):
            assert result.judged == (place < AGAIN)
            assert int(1000 * result.score) == hit.score
            assert total(result) == pytest.approx(result.score, abs=1e-9)
            if result.judged:
                # The lists hold the same sums in twelfths, and not of all meanings.
                exact = sum(one.body + one.title + one.aliases for one in result.words)
                assert sum(one.lists for one in result.words) <= exact + rounding


def words(explanation: Explanation) -> dict[str, Word]:
    return {word.text: word for word in explanation.words}


@pytest.mark.parametrize(
    ("query", "way", "form"),
    [
        ("refunds", "word", "refunds"),
        ("cash", "synonym", "refund"),
        ("refnd", "spelling", "refund"),
        ("pass", "beginning", "password"),
        ("रिफंड", "sound", "refund"),
        ("reimbursement", "thesaurus", "refund"),
    ],
)
def test_it_says_what_a_word_was_taken_for_and_why(english: Index, query: str, way: str, form: str) -> None:
    reading = words(ask(english, query))[query].readings[0]
    assert (reading.way, reading.forms[0], reading.articles, reading.looked_up) == (way, form, 1, True)


def test_words_that_nothing_was_found_for_are_told(english: Index) -> None:
    explanation = ask(english, "how xyzzy qqqq refund")
    assert explanation.unknown == ("xyzzy", "qqqq")
    assert ask(english, "how refund").unknown == ()


def test_weak_guesses_are_told_too(english: Index) -> None:
    assert ask(english, "refundwala").guessed == ("refundwala",)
    assert ask(english, "refnd refund cash").guessed == ()


def test_light_words_and_what_is_too_much_are_told(english: Index) -> None:
    many = " ".join(["zz" + chr(97 + n // 26) + chr(97 + n % 26) for n in range(MOST_WORDS)])
    explanation = ask(english, f"how {many} refund")
    assert words(explanation)["refund"].too_many
    assert words(explanation)["how"].light
    assert not explanation.cut
    assert ask(english, "refund " * MOST_CHARACTERS).cut


def test_a_confined_answer_is_explained_as_it_was_given(english: Index) -> None:
    hits = search(english, "refund days", among=["refund", "delivery"])
    explanation = explained(english, "refund days", hits, ["refund", "delivery"])
    assert [(one.id, int(1000 * one.score)) for one in explanation.results] == [
        (hit.id, hit.score) for hit in hits
    ]
    assert explanation.results[1].score == 0
    others = [replace(hits[0], locale="hi"), replace(hits[0], id="draft")]
    assert explained(english, "refund days", others).results == ()


def test_all_of_it_is_json(english: Index) -> None:
    assert json.loads(json.dumps(asdict(ask(english, "my refnd"))))["words"][1]["text"] == "refnd"


def test_articles_that_were_not_judged_show_their_lists(tmp_path: Path) -> None:
    many = [document(f"refund-{n:02}", f"Refund {n}", "Refunds arrive.") for n in range(AGAIN + 2)]
    explanation = ask(written(many, "en", tmp_path), "refund", AGAIN + 2)
    assert [one.judged for one in explanation.results] == [True] * AGAIN + [False] * 2
    assert total(explanation.results[-1]) == pytest.approx(explanation.results[-1].score)
