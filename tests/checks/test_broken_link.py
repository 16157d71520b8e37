"""Links to articles, and who may follow them."""

from __future__ import annotations

import pytest

from tests.checks.looked_at import look, places


def other(**keys: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\ntitle: B\n{lines}---\nText.\n"


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"publish_at": "2027-01-01"}, "not yet published"),
        ({"expires_at": "2026-01-01"}, "no longer published"),
    ],
)
def test_an_article_that_only_the_day_holds_back(keys: dict[str, str], reason: str) -> None:
    (found,) = look("broken-link", {"articles/en/a.md": "[x](b.md)\n", "articles/en/b.md": other(**keys)})
    assert found.message == f"this links to b.md, which is {reason}"
    assert (str(found.where), found.about) == ("articles/en/a.md:5:5", "articles/en/b.md")


def test_agents_follow_links_to_agents_articles() -> None:
    files = {
        "articles/en/a.md": "Text.\n\n!!! agents\n    See [x](b.md).\n",
        "articles/en/b.md": other(audience="agents"),
        "articles/en/c.md": "---\ntitle: C\naudience: agents\n---\n[x](b.md) [y](a.md)\n",
    }
    assert look("broken-link", files) == []


def test_a_draft_may_point_to_drafts() -> None:
    files = {
        "articles/en/a.md": "---\ntitle: A\nstatus: draft\n---\n[x](b.md) [y](gone.md)\n",
        "articles/en/b.md": other(status="draft"),
    }
    assert places(look("broken-link", files)) == ["en/a.md:5:15"]


def test_the_nearest_file_of_the_folder_is_named() -> None:
    (found,) = look(
        "broken-link", {"articles/en/s/a.md": "[x](../t/packng.md)\n", "articles/en/t/packing.md": "x\n"}
    )
    assert found.help == "did you mean ../t/packing.md?"


def test_a_link_in_the_answer_of_a_question() -> None:
    faq = "---\ntitle: A\ntype: faq\nquestions:\n  - {question: Q?, answer: 'See [x](gone.md).'}\n---\n"
    assert places(look("broken-link", {"articles/en/a.md": faq})) == ["en/a.md"]
