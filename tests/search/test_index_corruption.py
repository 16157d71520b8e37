"""Damaged indexes never give another answer: a part of the gate of that name."""

from __future__ import annotations

import pytest

from gates.index_corruption import KINDS, SEED, WAYS, Search, run
from gates.index_place import asked, temporary_root
from kbtool.search import files


def test_damage_is_told_or_does_no_harm() -> None:
    found = run(150, SEED + 1)
    assert (found["silent_wrong"], found["errors"]) == ([], [])
    damaged, queries = found["damaged"], found["queries"]
    assert isinstance(damaged, dict)
    assert isinstance(queries, dict)
    assert len(damaged) == len(KINDS) * len(WAYS), "every way on every kind of file"
    assert min(queries["told"], queries["right"]) > 150, "both come about"


def test_what_nobody_verified_would_be_another_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the test above could not fail."""
    monkeypatch.setattr(files, "bears_its_name", lambda *_: True)
    with temporary_root() as root:
        search = Search(root)
        passages = list(root.glob("site/search/en/passages-*.json"))
        assert len(passages) > 1
        for file in passages:
            file.write_bytes(file.read_bytes().replace(b"version 1", b"version 3"))
        answer = asked(root, "en", '"red form"')
        assert isinstance(answer, list)
        assert answer != search.right["en", '"red form"']
