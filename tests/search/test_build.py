from __future__ import annotations

import json
import math
import random
from pathlib import Path
from string import ascii_letters
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.lang.analyze import analyze
from kbtool.search.build import REQUESTS, REQUESTS_SMALL, SMALL, build_index
from kbtool.search.format import MANIFEST, file_name
from kbtool.search.postings import SHARD_BYTES, STEP, read, shard_of
from kbtool.search.rank import search
from kbtool.search.texts import Document
from kbtool.search.vocabulary import PER_DOUBLING, changed
from kbtool.search.weights import FIELDS, K1
from tests.search.library import ENGLISH, HINDI, document, written


def manifest_in(files: dict[str, bytes]) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(files[MANIFEST])
    return value


def named_in(files: dict[str, bytes], kind: str) -> Any:
    """The value of a file that the manifest names."""
    return json.loads(files[manifest_in(files)["files"][kind]])


def lists_in(files: dict[str, bytes]) -> dict[str, str]:
    """Stem -> the text with its list, of all shards, and of those that are read first."""
    found: dict[str, str] = named_in(files, "frequent") if manifest_in(files)["files"]["frequent"] else {}
    for made in named_in(files, "shards")["postings"]:
        part = json.loads(files[file_name("postings", made)])
        assert not part.keys() & found.keys(), "none stands twice"
        found |= part
    return found


def of_kind(files: dict[str, bytes], kind: str) -> set[str]:
    return {name for name in files if name.startswith(f"{kind}-")}


def test_the_same_documents_give_the_same_bytes_in_any_order() -> None:
    assert build_index(HINDI, "hi") == build_index(list(reversed(HINDI)), "hi")


def test_every_file_but_the_manifest_is_named_by_its_content() -> None:
    before, after = build_index(ENGLISH, "en"), build_index([*ENGLISH, document("new", "Invoices")], "en")
    same = set(before) & set(after) - {MANIFEST}
    assert len(same) >= len(ENGLISH), "at least the passages of those that stayed"
    for name in same:
        assert before[name] == after[name]
    assert before[MANIFEST] != after[MANIFEST]


def test_every_file_is_named_by_the_manifest_or_by_the_table_of_shards() -> None:
    files = build_index(ENGLISH, "en")
    shards = named_in(files, "shards")
    told = {file_name(kind, made) for kind, listed in shards.items() for made in listed if made}
    assert set(files) == {MANIFEST, *filter(None, manifest_in(files)["files"].values()), *told}
    assert len(of_kind(files, "passages")) == len(ENGLISH)


def test_the_generation_changes_with_the_content() -> None:
    def generation(title: str) -> str:
        value: str = manifest_in(build_index([document("a", title)], "en"))["generation"]
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
    assert index.snapshot.manifest.count == 0
    assert index.vocabulary.surfaces == []
    assert search(index, "refund") == []
    assert search(index, "refund", among=["a"]) == []


def test_postings_are_cut_into_shards_that_hold_every_stem(tmp_path: Path) -> None:
    words = [f"{a}{b}{c}word" for a in "abcdefghij" for b in "klmnopqrst" for c in "uvwxyzabcdef"]
    documents = [document(f"d{n}", words[n], " ".join(words[n::3])) for n in range(30)]
    files = build_index(documents, "en")
    shards = named_in(files, "shards")["postings"]
    assert len(shards) > 1
    for number, made in enumerate(shards):
        data = files[file_name("postings", made)]
        assert len(data) < 2 * SHARD_BYTES
        assert {shard_of(stem, len(shards)) for stem in json.loads(data)} == {number}
    index = written(documents, "en", tmp_path)
    assert len(index.vocabulary.names) > 1000
    for stem in range(len(index.vocabulary.names)):
        assert index.postings(stem)


@pytest.mark.parametrize(("number", "requests"), [(SMALL, REQUESTS_SMALL), (SMALL + 1, REQUESTS)])
def test_a_large_index_has_fewer_shards_of_passages_and_fewer_requests(number: int, requests: int) -> None:
    files = build_index([document(f"d{n}", f"Title {n}") for n in range(number)], "en")
    shards = len(of_kind(files, "passages"))
    assert manifest_in(files)["requests"] == requests
    assert (shards == number) if number <= SMALL else (number / 16 < shards < number / 2)


def test_what_most_articles_say_lies_in_a_file_of_its_own_in_a_large_index(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = build_index(LIBRARY, "en")
    monkeypatch.setattr("kbtool.search.build.SMALL", len(LIBRARY) - 1)
    monkeypatch.setattr("kbtool.search.postings.FREQUENT_BYTES", 2000)
    large = build_index(LIBRARY, "en")
    assert manifest_in(small)["files"]["frequent"] == ""
    assert lists_in(small) == lists_in(large)
    often = named_in(large, "frequent")
    assert {"common", "word", "stand", "explain"} <= often.keys(), "they are in all of them"
    assert "here" in lists_in(large), "a light word"
    assert "here" not in often
    least = min(len(read(text)) for text in often.values())
    rest = lists_in(large).keys() - often.keys() - {"here"}
    assert all(len(read(lists_in(large)[stem])) <= least + 1 for stem in rest)


def test_synonyms_and_the_thesaurus_name_the_stems_that_occur() -> None:
    files = build_index(ENGLISH, "en", {"cash": ("refunds", "nowhere"), "zzz": ("nowhere",)})
    words = named_in(files, "words")
    names = sorted(lists_in(files))
    assert {typed: [names[n] for n in meant] for typed, meant in words["synonyms"].items()} == {
        "cash": ["refund"]
    }
    groups = [[m if isinstance(m, str) else names[m] for m in group] for group in words["thesaurus"]]
    assert ["refund", "reimbursement", "repay"] in groups
    assert all(any(isinstance(member, int) for member in group) for group in words["thesaurus"])


# Written as the formulas stand in the documents, not as the code does the sums.
def expected_weights(documents: list[Document], lengths: dict[str, float]) -> dict[str, dict[str, float]]:
    """Stem -> id -> weight."""
    found: dict[str, dict[str, float]] = {}
    for one in documents:
        for name, field in FIELDS.items():
            stems = [token.stem for token in analyze(one.fields.get(name, ""), "en")]
            norm = K1 * (1 - field.b + field.b * len(stems) / lengths[name])
            for stem in set(stems):
                often = stems.count(stem)
                row = found.setdefault(stem, {})
                row[one.id] = row.get(one.id, 0) + field.weight * often * (K1 + 1) / (often + norm)
    return found


TEXTS = st.text(alphabet="abcde ", min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6))
def test_impacts_are_what_a_plain_reading_of_the_formula_gives(texts: list[tuple[str, str, str]]) -> None:
    documents = [
        document(f"d{n}", title, body, aliases=aliases) for n, (title, body, aliases) in enumerate(texts)
    ]
    files = build_index(documents, "en")
    manifest = manifest_in(files)
    for name in FIELDS:
        average = sum(len(analyze(one.fields[name], "en")) for one in documents) / len(documents)
        assert abs(math.log(manifest["lengths"][name] / max(1.0, average), 1.1)) < 0.55
    cells = named_in(files, "ids")
    slots = dict(zip(cells[1::2], cells[::2], strict=True))
    expected = expected_weights(documents, manifest["lengths"])
    lists = lists_in(files)
    assert lists.keys() == expected.keys()
    for stem, row in expected.items():
        wanted = {
            slots[id]: min(len(ascii_letters) - 1, round(STEP * weight, 6)) for id, weight in row.items()
        }
        found = dict(read(lists[stem]))
        assert found.keys() == wanted.keys()
        assert all(abs(found[slot] - wanted[slot]) <= 0.5 + 1e-6 for slot in wanted)


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=9))
def test_classes_and_idf_tell_how_many_documents_hold_a_stem(texts: list[str]) -> None:
    documents = [document(f"d{n}", "", text) for n, text in enumerate(texts)]
    files = build_index(documents, "en")
    manifest, words = manifest_in(files), named_in(files, "words")
    surfaces, changes = words["surfaces"].split(), words["stems"].split()
    stems = [changed(surface, change) for surface, change in zip(surfaces, changes, strict=True)]
    assert stems == [analyze(surface, "en")[0].stem for surface in surfaces]
    names = sorted(set(stems))
    assert len(words["classes"]) == len(names)
    for name, letter in zip(names, words["classes"], strict=True):
        number = ("0123456789" + ascii_letters).index(letter)
        held = len(read(lists_in(files)[name]))
        assert abs(PER_DOUBLING * math.log2(held) - number) <= 0.5
        about = 2 ** (number / PER_DOUBLING)
        idf = math.log(1 + max(len(texts) - about + 0.5, 0.5) / (about + 0.5))
        assert manifest["idf"][number] == round(idf, 4)


def article(n: int) -> Document:
    """An article with words that all have, and some that hardly any other has."""
    chance = random.Random(n)  # noqa: S311 - the same words every time
    syllables = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aou"]
    others = " ".join("".join(chance.choices(syllables, k=3)) for _ in range(56))
    body = f"Common words stand here. {others}"
    return document(f"article-{n}", f"Topic {others[:6]} explained", body, aliases=f"Other name {n}")


LIBRARY = [article(n) for n in range(60)]


def stems_by_shard(files: dict[str, bytes]) -> list[dict[str, str]]:
    return [json.loads(files[file_name("postings", made)]) for made in named_in(files, "shards")["postings"]]


def test_an_edit_rewrites_only_the_shards_that_it_touches() -> None:
    old = build_index(LIBRARY, "en")
    edited = list(LIBRARY)
    body = edited[17].fields["body"]
    edited[17] = document(
        "article-17",
        edited[17].title,
        body.replace("Common words stand here", "Common words common here"),
        aliases=edited[17].fields["aliases"],
    )
    assert edited[17].fields["body"] != body
    new = build_index(edited, "en")
    assert len(of_kind(new, "passages") - of_kind(old, "passages")) == 1
    before, after = lists_in(old), lists_in(new)
    assert before.keys() == after.keys(), "no new words"
    count = len(stems_by_shard(new))
    assert count >= 4, "otherwise this tells nothing"
    touched = {shard_of(stem, count) for stem in after if after[stem] != before[stem]}
    assert 0 < len(touched) < count
    assert len(of_kind(new, "postings") - of_kind(old, "postings")) == len(touched)
    for kind in ("words", "ids"):
        assert of_kind(new, kind) == of_kind(old, kind), kind


def test_a_word_more_moves_no_average() -> None:
    """Else every edit would change every weight."""
    one = LIBRARY[17]
    longer = document(one.id, one.title, f"{one.fields['body']} stand. Stand.", aliases=one.fields["aliases"])
    before, after = build_index(LIBRARY, "en"), build_index([*LIBRARY[:17], longer, *LIBRARY[18:]], "en")
    assert of_kind(before, "passages") != of_kind(after, "passages")
    assert manifest_in(before)["lengths"] == manifest_in(after)["lengths"]


def test_a_new_article_leaves_the_files_of_all_others() -> None:
    old = build_index(LIBRARY, "en")
    # Names as long as those of the others: the average lengths, which are rounded, stay.
    body = "Zebras and quokkas pay. Common words."
    added = document("an-invoice", "Invoices of zebras", body, aliases="Other name 99")
    new = build_index([*LIBRARY, added], "en")
    assert of_kind(old, "passages") < of_kind(new, "passages")
    assert len(of_kind(new, "passages")) == len(LIBRARY) + 1
    parts = stems_by_shard(new)
    assert len(parts) == len(stems_by_shard(old)) >= 4
    own = {token.stem for text in added.fields.values() for token in analyze(text, "en")}
    without = [number for number, part in enumerate(parts) if not own & part.keys()]
    assert 0 < len(without) < len(parts)
    for number in without:
        assert named_in(new, "shards")["postings"][number] == named_in(old, "shards")["postings"][number]
