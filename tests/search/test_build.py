from __future__ import annotations

import json
import math
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.lang.analyze import analyze
from kbtool.search.build import K1, WEIGHTS, B, build_index
from kbtool.search.format import MANIFEST, SHARD_BYTES
from kbtool.search.rank import search
from tests.search.library import ENGLISH, HINDI, document, written


def test_the_same_documents_give_the_same_bytes_in_any_order() -> None:
    assert build_index(HINDI, "hi") == build_index(list(reversed(HINDI)), "hi")


def test_every_file_but_the_manifest_is_named_by_its_content() -> None:
    before, after = build_index(ENGLISH, "en"), build_index([*ENGLISH, document("new", "Invoices")], "en")
    for name in set(before) & set(after) - {MANIFEST}:
        assert before[name] == after[name]
    assert before[MANIFEST] != after[MANIFEST]


def test_the_generation_changes_with_the_content() -> None:
    def generation(title: str) -> str:
        value: str = json.loads(build_index([document("a", title)], "en")[MANIFEST])["generation"]
        return value

    assert generation("Refund") == generation("Refund") != generation("Refunds")


def test_a_word_is_found_with_and_without_its_accents(tmp_path: Path) -> None:
    documents = [document("a", "Write a résumé"), document("b", "Send your resume")]
    assert len({token.stem for d in documents for token in analyze(d.title, "en")[-1:]}) == 2
    index = written(documents, "en", tmp_path)
    for query in ("resume", "résumé"):
        assert {hit.id for hit in search(index, query)} == {"a", "b"}, query


def test_no_documents_give_an_index_that_finds_nothing(tmp_path: Path) -> None:
    index = written([], "en", tmp_path)
    assert index.documents == []
    assert index.dictionary.candidates("refund") == []


def test_postings_are_cut_into_shards_that_hold_every_stem(tmp_path: Path) -> None:
    words = [f"word{a}{b}{c}" for a in "abcdefghij" for b in "klmnopqrst" for c in "uvwxyzabcdef"]
    documents = [document(f"d{n}", words[n], " ".join(words[n::3])) for n in range(30)]
    files = build_index(documents, "en")
    shards = json.loads(files[MANIFEST])["shards"]
    assert len(shards) > 1
    assert all(len(files[name]) < 2 * SHARD_BYTES for name, _ in shards)
    index = written(documents, "en", tmp_path)
    for number in range(len(set(index.stems))):
        assert index.postings(number)


TEXTS = st.lists(st.text(alphabet="abcde ", min_size=1, max_size=30), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_impacts_are_what_a_plain_reading_of_the_formula_gives(texts: list[str]) -> None:
    documents = [document(f"d{n}", "", text) for n, text in enumerate(texts)]
    files = build_index(documents, "en")
    manifest = json.loads(files[MANIFEST])
    words = json.loads(files[manifest["files"]["words"]])
    rows = [row for name, _ in manifest["shards"] for row in json.loads(files[name])]
    tokens = [[token.stem for token in analyze(text, "en")] for text in texts]
    average = max(1.0, sum(map(len, tokens)) / len(tokens))
    for surface, stem in zip(words["surfaces"].split(), words["stems"], strict=True):
        own = analyze(surface, "en")[0].stem
        holders = [n for n, found in enumerate(tokens) if own in found]
        idf = math.log(1 + (len(texts) - len(holders) + 0.5) / (len(holders) + 0.5))
        expected: list[int] = []
        for position, n in enumerate(holders):
            often = tokens[n].count(own)
            norm = K1 * (1 - B + B * len(tokens[n]) / average)
            weight = WEIGHTS["body"] * often * (K1 + 1) / (often + norm)
            expected += [n - (holders[position - 1] if position else 0), max(1, round(1000 * idf * weight))]
        assert rows[stem] == expected
