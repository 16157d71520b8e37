"""Rules on titles, descriptions and translations."""

from __future__ import annotations

import pytest

from kbtool.checks.long_title import LONGEST, letters
from tests.checks.looked_at import look, places


def front(**keys: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + "---\nText.\n"


def test_titles_are_compared_by_locale_and_audience_without_case() -> None:
    files = {
        "articles/en/a.md": front(title="Card Fees"),
        "articles/en/b.md": front(owner="me", title="card  fees"),
        "articles/en/c.md": front(title="Card fees", audience="agents"),
        "articles/en/d.md": front(title="Card fees", status="archived"),
        "articles/hi/e.md": front(title="Card fees"),
    }
    (found,) = look("duplicate-title", files)
    assert str(found.where) == "articles/en/b.md:3:1"
    assert "articles/en/a.md" in found.message
    assert found.about == "articles/en/a.md"


def test_a_missing_translation_says_where_it_would_be() -> None:
    three = """
        site_name: H
        plugins:
          - kbtool:
              locales: {en: E, hi: H, de: D}
              articles: {defaults: {audience: public}}
        """
    files = {
        "mkdocs.yml": three,
        "articles/en/s/a.md": front(title="A"),
        "articles/hi/s/a.md": front(title="ए"),
    }
    (found,) = look("missing-translation", files)
    assert found.message == "there is no translation of this into de"
    assert found.about == "articles/de/s/a.md"
    assert "articles/de/s/a.md" in found.help


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_what_is_not_published_needs_no_translation(status: str) -> None:
    assert look("missing-translation", {"articles/en/a.md": front(title="A", status=status)}) == []


def test_a_draft_of_a_translation_is_one_in_the_making() -> None:
    files = {"articles/en/a.md": front(title="A"), "articles/hi/a.md": front(title="ए", status="draft")}
    assert look("missing-translation", files) == []


def test_an_article_without_description_is_found_at_its_title() -> None:
    files = {
        "articles/en/a.md": front(owner="me", title="A"),
        "articles/en/b.md": front(title="B", status="archived"),
    }
    assert places(look("missing-description", files)) == ["en/a.md:3:1"]


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("abc", 3), ("हिन्दी", 3), ("क्‍ष", 2), ("e\u0301", 1), ("漢字", 2)]
)
def test_letters_are_counted_as_readers_see_them(text: str, length: int) -> None:
    assert letters(text) == length


def test_a_title_may_have_sixty_letters_whatever_its_marks() -> None:
    fits, long = "हि" * LONGEST, "हि" * LONGEST + "क"
    files = {"articles/hi/a.md": front(title=fits), "articles/hi/b.md": front(title=long)}
    assert places(look("long-title", files)) == ["hi/b.md:2:1"]
