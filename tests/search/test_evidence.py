"""Each kind of evidence, alone, puts the better of two articles first that are equal otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.search import evidence
from kbtool.search.evidence import Judged, judge
from kbtool.search.question import question_of
from kbtool.search.reader import Index
from kbtool.search.texts import Document
from tests.search.library import document, written

KINDS = ("TITLE", "EXACT", "PAIRS", "NEAR", "PASSAGE", "OPENING", "WHOLE", "ALIKE")
FILLER = "Alder beech. Cedar elder. Fir hazel. "


def article(id: str, body: str, title: str = "") -> Document:
    return Document(id, f"en/{id}/", title, "", "", "public", {"title": title, "body": body})


def judged(index: Index, query: str) -> dict[str, Judged]:
    question = question_of(query, index.locale, index.dictionary, index.corpus.idf)
    slots = sorted(index.slots(["better", "worse"]))
    found = judge(question, [index.text(slot) for slot in slots], index.corpus)
    return {index.passages(slot).id: one for slot, one in zip(slots, found, strict=True)}


def gain(index: Index, query: str) -> float:
    """How much more the better article is worth."""
    found = judged(index, query)
    return found["better"].score - found["worse"].score


CASES = {
    # Articles of the same words: (kind, query, better, worse), as body or (body, title).
    "title": ("TITLE", "refund", ("Alder.", "Refund common"), ("Alder.", "Refund quokka")),
    "exact form": ("EXACT", "refunds", ("Alder refunds beech.", ""), ("Alder refund beech.", "")),
    "words side by side": ("PAIRS", "refund form", ("Cedar refund form.", ""), ("Cedar form refund.", "")),
    "words side by side and not only in order": (
        "PAIRS",
        "refund form",
        ("Cedar refund form alder.", ""),
        ("Cedar refund alder form.", ""),
    ),
    "nearer": (
        "NEAR",
        "refund form",
        ("Refund alder form beech cedar.", ""),
        ("Refund alder beech form cedar.", ""),
    ),
    "near": (
        "NEAR",
        "refund form",
        ("Refund alder form beech cedar elder fir hazel.", ""),
        ("Refund alder beech cedar elder fir hazel form.", ""),
    ),
    "best sentence": (
        "PASSAGE",
        "refund form",
        (f"{FILLER}Refund lime form. Maple oak pine.", ""),
        (f"{FILLER}Refund lime maple. Form oak pine.", ""),
    ),
    "opening": (
        "OPENING",
        "refund form",
        (f"Refund form. {FILLER}Lime maple.", ""),
        (f"Lime maple. {FILLER}Refund form.", ""),
    ),
    "whole sentence": (
        "WHOLE",
        "refund form",
        (f"{FILLER}Refund form. Lime maple oak pine.", ""),
        (f"{FILLER}Refund form lime maple. Oak pine.", ""),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_puts_the_better_of_two_articles_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    kind, query, better, worse = CASES[case]
    others = [article(f"other-{n}", f"Common common{n}.", f"Common {n}") for n in range(6)]
    index = written([article("better", *better), article("worse", *worse), *others], "en", tmp_path)
    with_all = gain(index, query)
    assert with_all > 0.01
    for name in KINDS:
        monkeypatch.setattr(evidence, name, 0.0)
    assert gain(index, query) == pytest.approx(0, abs=1e-9), "they are equal otherwise"
    monkeypatch.undo()
    weight = getattr(evidence, kind)
    for name in KINDS:
        monkeypatch.setattr(evidence, name, weight if name == kind else 0.0)
    assert gain(index, query) > 0.01, "it alone makes the difference"


def test_words_that_look_alike_count_a_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [
        article("better", "Alder refurbish."),
        article("worse", "Alder quokka."),
        article("c", "Refurnish."),
    ]
    index = written(documents, "en", tmp_path)
    known = gain(index, "refurnish")
    assert known > 0.01
    monkeypatch.setattr(evidence, "ALIKE", 0.0)
    assert gain(index, "refurnish") < known


def test_the_best_sentence_of_the_body_is_named(tmp_path: Path) -> None:
    body = f"{FILLER}Parcel form. Lime maple."
    index = written(
        [article("better", body, "Refund form"), article("worse", "Alder.", "Form")], "en", tmp_path
    )
    found = judged(index, "refund form")
    assert found["better"].passage == 3, "never one of the title"
    assert found["worse"].passage == -1
    assert judged(index, "maple")["better"].passage == 4


def test_a_rare_pair_tells_more_than_one_that_all_have(tmp_path: Path) -> None:
    both = [article("better", "Refund form."), article("worse", "Refund form.")]
    one = [article("better", "Refund form."), article("worse", "Form refund.")]
    scores = [
        judged(written(documents, "en", tmp_path / f"{n}"), "refund form")["better"].score
        for n, documents in enumerate((both, one))
    ]
    assert scores[0] < scores[1]


def test_pairs_of_chinese_characters_are_words_and_no_neighbours(tmp_path: Path) -> None:
    documents = [document("better", "", "申请退款吧"), document("worse", "", "退款申请吧")]
    index = written(documents, "zh", tmp_path)
    question = question_of("申请退款", "zh", index.dictionary, index.corpus.idf)
    assert question.followers
    found = judged(index, "申请")
    assert found["better"].score == pytest.approx(found["worse"].score)


def test_an_article_without_a_word_of_the_question_is_worth_nothing(tmp_path: Path) -> None:
    index = written([article("better", "Refund."), article("worse", "Quokka.")], "en", tmp_path)
    assert judged(index, "refund")["worse"] == Judged(0.0, -1)
    assert judged(index, "")["better"] == Judged(0.0, -1)
