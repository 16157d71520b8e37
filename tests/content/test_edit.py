"""One key of the front matter, and not one byte more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.content.edit import with_key

BLOCK = ["reviewed: 2026-11-26"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\na: 1\n---\nB\n", "---\na: 1\nreviewed: 2026-11-26\n---\nB\n"),
        ("---\nreviewed: 2020-01-01\na: 1\n---\nB\n", "---\nreviewed: 2026-11-26\na: 1\n---\nB\n"),
        ("---\n'reviewed' : x\n\na: 1\n---\n", "---\nreviewed: 2026-11-26\n\na: 1\n---\n"),
        ("---\nreviewed:\n  2020-01-01\n# why\na: 1\n---\n", "---\nreviewed: 2026-11-26\n# why\na: 1\n---\n"),
        ("---\nreviewed_by: me\n---\n", "---\nreviewed_by: me\nreviewed: 2026-11-26\n---\n"),
        ("B\n", "---\nreviewed: 2026-11-26\n---\nB\n"),
        ("---\r\na: 1\r\n---\r\nB\r\n", "---\r\na: 1\r\nreviewed: 2026-11-26\r\n---\r\nB\r\n"),
        ("---\na: 1\n---\nreviewed: no\n", "---\na: 1\nreviewed: 2026-11-26\n---\nreviewed: no\n"),
    ],
)
def test_with_key(before: str, after: str) -> None:
    assert with_key(before, "reviewed", BLOCK) == after
    assert with_key(after, "reviewed", BLOCK) == after


@given(st.text())
def test_the_body_never_changes(body: str) -> None:
    assert with_key("---\na: 1\n---\n" + body, "reviewed", BLOCK) == f"---\na: 1\n{BLOCK[0]}\n---\n{body}"
