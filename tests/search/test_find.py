"""A query is answered whole from one release, whatever is published meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from gates.index_place import keep_version_texts, place, site_files
from kbtool.errors import KbError, NoIndex
from kbtool.search.find import find
from kbtool.search.rank import _judged_slots, ranking
from kbtool.search.texts import read_texts
from tests.conftest import Kb


def publish(root: Path, version: int) -> None:
    """A version in the place of the one before; nothing of that is left, neither index nor texts."""
    for old in ("site", "texts", "texts-facts"):
        shutil.rmtree(root / old, ignore_errors=True)
    for path, data in site_files(version, number=version + 5):
        (root / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / path).write_bytes(data)
    keep_version_texts(root, version, number=version + 5)


def before(call: Callable[..., Any], first: Callable[[], None]) -> Callable[..., Any]:
    """A function that does something else first."""

    def made(*arguments: Any, **named: Any) -> Any:
        first()
        return call(*arguments, **named)

    return made


def once(root: Path, version: int) -> Callable[[], None]:
    """Publish when first called."""
    left = [version]
    return lambda: publish(root, left.pop()) if left else None


def versions(root: Path, query: str) -> tuple[set[str], int]:
    hits = find(query, place(root, "en"), 100)
    return {hit.title.rpartition(" ")[2] for hit in hits}, len(hits)


def test_postings_that_are_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, 1)
    assert versions(tmp_path, "refund") == ({"1"}, 6)
    monkeypatch.setattr("kbtool.search.rank.ranking", before(ranking, once(tmp_path, 2)))
    assert versions(tmp_path, "refund") == ({"2"}, 7)


def test_texts_that_are_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, 1)
    assert versions(tmp_path, '"red form"') == ({"1"}, 3)
    publish(tmp_path, 3)
    monkeypatch.setattr("kbtool.search.find.read_texts", before(read_texts, once(tmp_path, 2)))
    assert versions(tmp_path, '"red form"') == ({"2"}, 4)


def test_postings_that_are_gone_after_the_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, 1)
    monkeypatch.setattr("kbtool.search.rank.ranking", before(ranking, once(tmp_path, 2)))
    assert versions(tmp_path, '"red form"') == ({"2"}, 4)


@pytest.mark.parametrize(("query", "number"), [("refund", 7), ('"red form"', 4)])
def test_passages_that_are_gone_after_the_postings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, number: int
) -> None:
    publish(tmp_path, 1)
    monkeypatch.setattr("kbtool.search.rank._judged_slots", before(_judged_slots, once(tmp_path, 2)))
    assert versions(tmp_path, query) == ({"2"}, number)


def test_texts_that_are_missing_for_good_are_told(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    shutil.rmtree(tmp_path / "texts")
    with pytest.raises(KbError, match="is missing") as caught:
        versions(tmp_path, '"red form"')
    assert not isinstance(caught.value, NoIndex)
    assert versions(tmp_path, "refund") == ({"1"}, 6), "plain words need none"


def test_it_does_not_start_over_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, 1)
    numbers = count(2)
    again = before(ranking, lambda: publish(tmp_path, 2 + next(numbers) % 2))
    monkeypatch.setattr("kbtool.search.rank.ranking", again)
    with pytest.raises(KbError, match="again and again") as caught:
        versions(tmp_path, "refund")
    assert caught.value.help


def test_a_rollback_is_answered_from_its_own_texts(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    shutil.copytree(tmp_path / "site", tmp_path / "kept")
    assert versions(tmp_path, '"red form"') == ({"1"}, 3)
    texts = {path.name: path.read_bytes() for path in (tmp_path / "texts").iterdir()}
    publish(tmp_path, 2)
    for name, data in texts.items():
        (tmp_path / "texts" / name).write_bytes(data)
    assert versions(tmp_path, '"red form"') == ({"2"}, 4)
    shutil.rmtree(tmp_path / "site")
    (tmp_path / "kept").rename(tmp_path / "site")
    assert versions(tmp_path, '"red form"') == ({"1"}, 3)


def test_the_index_of_another_locale_gives_no_answers(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntitle: Widgets\n---\n\nBlue widgets.\n")
    kb.write("articles/hi/b.md", "---\ntitle: विजेट widgets\n---\n\nनीले widgets.\n")
    assert kb.run("build").exit == 0
    shutil.rmtree(kb.root / "site/search/en")
    shutil.copytree(kb.root / "site/search/hi", kb.root / "site/search/en")
    ran = kb.run("search", "widgets")
    assert (ran.exit, ran.out) == (5, "")
    assert "damaged" in ran.err


def test_an_index_that_one_would_have_to_wait_for_is_damaged(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntitle: Widgets\n---\n\nBlue widgets.\n")
    assert kb.run("build").exit == 0
    manifest = kb.root / "site/search/en/manifest.json"
    manifest.unlink()
    os.mkfifo(manifest)
    ran = kb.run("search", "widgets")
    assert ran.exit == 5
    assert "no plain file" in ran.err
