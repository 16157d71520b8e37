from __future__ import annotations

import pytest

from kbtool.gate.passed import decoded, encoded
from kbtool.gate.protected import Protected


def test_what_passed_is_known_for_the_same_protected_set_only() -> None:
    one, other = Protected(digest="1"), Protected(digest="2")
    data = encoded(one, {"b", "a"})
    assert decoded(data, one) == {"a", "b"}
    assert decoded(data, other) == frozenset()


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"\xff", b'{"protected": "1"}', b'{"protected": "1", "passed": 3}']
)
def test_a_damaged_record_knows_nothing(data: bytes) -> None:
    assert decoded(data, Protected(digest="1")) == frozenset()


def test_nothing_is_known_where_nothing_is_protected() -> None:
    assert decoded(encoded(Protected(), {"a"}), Protected()) == frozenset()
