"""What is remembered gives the same as what is worked out anew."""

from __future__ import annotations

from dataclasses import replace

from kbtool.search.build import build_index
from kbtool.search.memory import Memory
from kbtool.search.related import related
from kbtool.search.texts import Document


def document(name: str, body: str) -> Document:
    fields = {"title": name, "headings": "", "body": body, "aliases": "", "tags": ""}
    return Document(name, f"en/{name}/", name, "", "", "public", fields)


LISTED = [document("refund", "Résumé of a refund. More on it."), document("card", "Resume a card refund.")]


def test_remembered_and_worked_out_are_equal() -> None:
    memory = Memory()
    for _ in range(2):
        assert memory.index(LISTED, "en") == build_index(LISTED, "en")
        assert memory.related(LISTED, "en") == related(LISTED, "en")
    assert memory.index(LISTED, "en") is memory.index(list(LISTED), "en")


def test_a_change_of_anything_is_seen() -> None:
    memory = Memory()
    memory.index(LISTED, "en")
    for changed in (
        [replace(LISTED[0], title="Refunds"), LISTED[1]],
        [replace(LISTED[0], audience="agents"), LISTED[1]],
        [document("refund", "Another text."), LISTED[1]],
        LISTED[:1],
    ):
        assert memory.index(changed, "en") == build_index(changed, "en")
    synonyms = {"money": ("refund",)}
    assert memory.index(LISTED, "en", synonyms) == build_index(LISTED, "en", synonyms)
    assert memory.index(LISTED, "de") == build_index(LISTED, "de")


def test_what_is_not_used_any_more_is_forgotten() -> None:
    memory = Memory()
    first = memory.analysis(LISTED[0], "en")
    memory.analysis(LISTED[1], "en")
    memory.forget([{"en": LISTED[:1]}])
    assert memory.analysis(LISTED[0], "en") is first
    assert len(memory._analyses) == 1
