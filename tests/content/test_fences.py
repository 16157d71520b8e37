"""Fences: what is certainly code, and doubt from the first uncertain fence on."""

from __future__ import annotations

import pytest

from kbtool.content.fences import fenced_lines


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\n```\nb\n```\nc", {1, 2, 3}),
        ("~~~ py\n\nb\n~~~", {0, 1, 2, 3}),
        ("    ```.c++\n    b\n    ```", {0, 1, 2}),
        ("```\n  ```\n```", {0, 1, 2}),  # the indented fence does not close
        ("````\n```\n````  ", {0, 1, 2}),
        ("```\na\n```\n```\nb\n```", {0, 1, 2, 3, 4, 5}),
        ("```\na", set()),
        ("```\na\n~~~", set()),
        ("~~~\n```\na\n```", set()),  # the first never closes, so the second is its text
        ("```\na\n````", set()),
        ("    ```\na\n    ```", set()),  # less indent ends it
        ("    ```\n> b\n    ```", set()),
        ("> ```\n> a\n> ```\n```\nb\n```", set()),
        ('```py title="x"\na\n```\n```\nb\n```', set()),
        ("```a``` b\n```\nb\n```", set()),
        ("```\na\n```\n``` {.py}\n```\nb\n```", {0, 1, 2}),
        ("> ```\n> a\n\n```\nb\n```", set()),  # the fourth line only ends the quoted one
        ("    ```\nx\n```\na\n```", set()),
        ("``\na\n``", set()),
        ("    code\n```\na\n```", set()),  # the renderer takes it back
        ("    code\n\n```\na\n```", {2, 3, 4}),
        ("    code\n```\na\n\nb\n```\n```\nc\n```", set()),
        ("- a\n```\nb\n```", set()),
        ("# a\nb\n```\na\n```\n```\nb\n```", {2, 3, 4, 5, 6, 7}),
    ],
)
def test_fenced_lines(text: str, code: set[int]) -> None:
    assert fenced_lines(text.split("\n")) == code
