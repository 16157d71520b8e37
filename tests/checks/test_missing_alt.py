"""Images and their words."""

from __future__ import annotations

import pytest

from tests.checks.looked_at import look


@pytest.mark.parametrize(
    ("image", "found"),
    [
        ("![A label](p.svg)", False),
        ("![](p.svg)", True),
        ("![ ](p.svg)", True),
        ("![p.svg](p.svg)", True),
        ("![P](p.svg)", True),
        ('<img src="p.svg">', True),
        ('<img src="p.svg" alt="">', False),
        ('<img alt="A label" src="p.svg">', False),
        ("[![](p.svg)](a.md)", True),
        ("`![](p.svg)`", False),
        ("    ![](p.svg)", False),
        ("![][p]\n\n[p]: p.svg", True),
        ("![](https://img.example/p.svg)", True),
    ],
)
def test_an_image_needs_words_or_says_that_it_decorates(image: str, found: bool) -> None:
    files = {"articles/en/a.md": f"Text.\n\n{image}\n", "articles/en/p.svg": "<svg/>"}
    assert bool(look("missing-alt", files)) is found


def test_the_place_is_that_of_the_image() -> None:
    (found,) = look("missing-alt", {"articles/en/a.md": "Text ![](p.svg)\n", "articles/en/p.svg": "<svg/>"})
    assert str(found.where) == "articles/en/a.md:5:10"
