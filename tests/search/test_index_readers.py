"""Readers beside a publishing writer: a part of the gate of that name."""

from __future__ import annotations

from gates.index_readers import LEAST_SEEN, run


def test_every_query_is_answered_from_one_version() -> None:
    found = run(500)
    assert (found["errors"], found["wrong"]) == ([], [])
    assert isinstance(found["versions seen"], int)
    assert found["versions seen"] >= LEAST_SEEN, "something was published meanwhile"
