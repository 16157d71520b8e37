"""Links to headings: in the same article, across articles, audiences and locales."""

from __future__ import annotations

import pytest

from tests.checks.looked_at import look, places

PACK = "## Pack it { #pack }\n\nText.\n\n## Send it\n\nText.\n"


@pytest.mark.parametrize(
    "link", ["#pack", "#send-it", "#", "#top", "b.md", "b.md#pack", "../en/b.md#send-it"]
)
def test_a_heading_that_is_there(link: str) -> None:
    assert (
        look("broken-anchor", {"articles/en/a.md": f"[x]({link})\n\n{PACK}", "articles/en/b.md": PACK}) == []
    )


def test_a_heading_that_is_missing_in_the_same_and_in_another_article() -> None:
    found = look(
        "broken-anchor",
        {"articles/en/a.md": "See [x](#pak)\nand [y](b.md#sending)\n", "articles/en/b.md": PACK},
    )
    assert places(found) == ["en/a.md:5:9", "en/a.md:6:9"]
    assert [finding.message for finding in found] == [
        "there is no heading #pak in this article",
        "there is no heading #sending in articles/en/b.md",
    ]
    assert found[0].source_line == "See [x](#pak)"
    assert found[1].help == "the headings there: #pack, #send-it"
    assert found[1].about == "articles/en/b.md"


def test_the_nearest_heading_is_named() -> None:
    (found,) = look("broken-anchor", {"articles/en/a.md": "[x](#pak)\n\n" + PACK})
    assert found.help == "did you mean #pack?"


def test_the_text_of_the_reader_decides_not_that_of_the_source() -> None:
    files = {
        "articles/en/a.md": "[x](b.md#pack)\n",
        "articles/hi/a.md": "[x](b.md#pack) [y](../en/b.md#pack)\n",
        "articles/en/b.md": PACK,
        "articles/hi/b.md": "## पैक करें\n",
    }
    assert places(look("broken-anchor", files)) == ["hi/a.md:5:5"]


def test_a_missing_translation_is_read_in_the_source() -> None:
    files = {"articles/hi/a.md": "[x](b.md#pack) [y](b.md#gone)\n", "articles/en/b.md": PACK}
    assert places(look("broken-anchor", files)) == ["hi/a.md:5:20"]


def test_a_heading_that_only_agents_see_is_none_for_customers() -> None:
    files = {
        "articles/en/a.md": "[x](b.md#inside)\n",
        "articles/en/b.md": "Text.\n\n!!! agents\n    ## Inside\n",
    }
    assert places(look("broken-anchor", files)) == ["en/a.md:5:5"]


def test_headings_in_other_scripts_and_written_as_code() -> None:
    files = {
        "articles/en/a.md": """
            [x](#धनवापसी-नीति)
            [y](#%E0%A4%A7%E0%A4%A8%E0%A4%B5%E0%A4%BE%E0%A4%AA%E0%A4%B8%E0%A5%80-नीति)
            `[z](#no)`

            ## धनवापसी नीति
            """,
    }
    assert look("broken-anchor", files) == []


def test_drafts_are_checked_too() -> None:
    draft = "---\ntitle: A\nstatus: draft\n---\n[x](#gone) [y](b.md#pack)\n"
    files = {"articles/en/a.md": draft, "articles/en/b.md": PACK}
    assert places(look("broken-anchor", files)) == ["en/a.md:5:5"]
