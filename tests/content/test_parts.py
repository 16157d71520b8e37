"""The parts of an article, and their digests."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kbtool.content.parts import digests, parts
from kbtool.model import Article, Location, Question

ARTICLE = Article(
    "x",
    "en",
    "Refunds",
    "Intro.\n\n## How long {#long}\n\nDays.\n\n```\n## no heading\n```\n\n## How long\n\nAgain.\n",
    Location("x.md"),
)


def test_the_title_the_top_and_one_part_per_heading() -> None:
    found = parts(ARTICLE)
    assert list(found) == ["title", "top", "how-long", "how-long-2"]
    assert "## no heading" in found["how-long"]


def test_questions_are_parts() -> None:
    faq = replace(ARTICLE, body="", questions=(Question("पैसे कब मिलेंगे?", "पाँच दिन में।"),))
    assert len(parts(faq)) == 3


def test_only_the_changed_part_has_another_digest() -> None:
    before, after = digests(ARTICLE), digests(replace(ARTICLE, body=ARTICLE.body.replace("Days", "Weeks")))
    assert [name for name in before if before[name] != after[name]] == ["how-long"]


def test_spaces_and_composed_characters_do_not_count() -> None:
    wide = replace(ARTICLE, body=ARTICLE.body.replace("Intro.", "Intro.  \n"), title="Refu\u0301nds")
    narrow = replace(ARTICLE, title="Ref\u00fands")
    assert digests(wide) == digests(narrow)


@given(st.text())
def test_any_text_has_parts_that_hold_all_of_it(body: str) -> None:
    found = parts(replace(ARTICLE, body=body))
    held = "".join(text for name, text in found.items() if name != "title")
    assert held.split() == body.expandtabs(4).split()
