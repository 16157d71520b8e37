"""The figures by hand, against the reference where it is at hand, and what the Python surface finds."""

from __future__ import annotations

import importlib.util
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kbtool.search.evaluate import LIMIT, ask_python, figures, index_all
from kbtool.search.tasks import Query
from tests.search.library import ENGLISH, HINDI

REFERENCE = Path(__file__).parents[3] / "shared" / "bench" / "search" / "metrics.py"


def query(id: str, *rel: str, text: str = "", lang: str = "en", kind: str = "clean") -> Query:
    return Query(id, lang, text, frozenset(rel), kind)


def test_the_figures_by_hand() -> None:
    queries = [
        query("first", "a"),
        query("third", "a", "x"),
        query("tenth", "a"),
        query("eleventh", "a"),
        query("nothing", "a"),
        query("not in the run", "a"),
        query("typed", "a", kind="typo"),
        query("unanswerable", kind="none"),
    ]
    run = {
        "first": ["a", "b"],
        "third": ["b", "c", "a", "x"],
        "tenth": [*"bcdefghij", "a"],
        "eleventh": [*"bcdefghijk", "a"],
        "nothing": [],
        "typed": ["b", "b", "a"],
        "unanswerable": ["a"],
    }
    clean, none, typo = (asdict(one) for one in figures(queries, run))
    assert clean == pytest.approx(
        {
            "kind": "clean",
            "n": 6,
            "mrr10": (1 + 1 / 3 + 1 / 10) / 6,
            "r1": 1 / 6,
            "r5": 2 / 6,
            "r10": 3 / 6,
            "zero": 2 / 6,
        }
    )
    assert none == {"kind": "none", "n": 1, "mrr10": 0, "r1": 0, "r5": 0, "r10": 0, "zero": 0}
    assert typo == {"kind": "typo", "n": 1, "mrr10": 0.5, "r1": 0, "r5": 1, "r10": 1, "zero": 0}


def test_no_query_has_no_figures() -> None:
    assert figures([], {"a": ["b"]}) == []


@pytest.mark.skipif(not REFERENCE.is_file(), reason="needs the reference in ../shared")
def test_the_figures_are_those_of_the_reference() -> None:
    spec = importlib.util.spec_from_file_location("reference_metrics", REFERENCE)
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    chance = random.Random(7)  # noqa: S311 - nothing secret
    names = [f"d{number}" for number in range(14)]
    rows: list[dict[str, Any]] = []
    run: dict[str, list[str]] = {}
    for number in range(300):
        rel = chance.sample(names, chance.randrange(4))
        rows.append({"id": f"q{number}", "rel": rel, "kind": chance.choice(["clean", "typo", "roman"])})
        if number % 9:
            run[f"q{number}"] = chance.choices(names, k=chance.randrange(14))
    ours = figures([query(row["id"], *row["rel"], kind=row["kind"]) for row in rows], run)
    assert {one.kind: asdict(one) for one in ours} == {
        kind: {"kind": kind, **values} for kind, values in reference.evaluate(rows, run).items()
    }


def test_every_language_has_its_own_index() -> None:
    queries = [
        query("en", text="refunds", lang="en"),
        query("hi", text="रिफंड", lang="hi"),
        query("roman", text="parcel kab niklega", lang="hi"),
        query("fr", text="refunds", lang="fr"),
        query("empty", text="", lang="en"),
    ]
    told: list[tuple[int, int]] = []
    run = ask_python(
        index_all({"en": ENGLISH, "hi": HINDI}), queries, lambda done, total: told.append((done, total))
    )
    assert list(run) == ["en", "hi", "roman", "fr", "empty"]
    assert [run[id][:1] for id in run] == [["refund"], ["refund"], ["delivery"], [], []]
    assert told == [(number, 5) for number in range(1, 6)]


def test_ten_are_enough() -> None:
    many = [ENGLISH[0].__class__(**{**asdict(ENGLISH[0]), "id": f"refund-{n}"}) for n in range(LIMIT + 5)]
    assert len(ask_python(index_all({"en": many}), [query("q", text="refund")])["q"]) == LIMIT
