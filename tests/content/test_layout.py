"""The pattern of where articles lie, read in both directions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.content.layout import Layout

PATTERNS = ("{locale}/{path}", "{locale}/docs/{path}", "a.b/pages.{locale}/{path}", "{path}", "docs/{path}")
NAMES = st.text(st.characters(exclude_characters="/\n", exclude_categories=["Cs"]), min_size=1, max_size=5)


@given(st.sampled_from(PATTERNS), st.sampled_from(["en", "hi"]), st.lists(NAMES, min_size=1, max_size=3))
def test_both_directions_agree(pattern: str, locale: str, parts: list[str]) -> None:
    layout, path = Layout(pattern, ("en", "hi")), "/".join(parts)
    file = layout.file(locale, path)
    assert layout.split(file) == (locale if layout.localised else "", path)
    assert layout.locale(file) == (locale if layout.localised else "")
    assert layout.in_locale(layout.in_locale(file, "hi"), locale) == file


@pytest.mark.parametrize(
    ("pattern", "file", "found"),
    [
        ("{locale}/docs/{path}", "hi/docs/a/b", ("hi", "a/b")),
        ("{locale}/docs/{path}", "hi/other/a", None),
        ("{locale}/docs/{path}", "hi/docs/", None),
        ("{locale}/{path}", "xx/a", ("xx", "a")),
        ("{locale}/{path}", "a", None),
        ("{path}", "a", ("", "a")),
        ("a.b/{path}", "axb/c", None),
    ],
)
def test_split(pattern: str, file: str, found: tuple[str, str] | None) -> None:
    assert Layout(pattern, ("en", "hi")).split(file) == found


def test_files_of_no_locale_stay_where_they_are() -> None:
    layout = Layout("{locale}/{path}", ("en", "hi"))
    assert layout.in_locale("_assets/logo.svg", "hi") == "_assets/logo.svg"
    assert layout.locale("_assets/logo.svg") == ""
