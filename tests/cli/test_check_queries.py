"""`kbtool check` and the judged queries of a help center."""

from __future__ import annotations

import json

import pytest

from kbtool.errors import Exit
from tests.cli.test_check import git
from tests.conftest import Kb

OWN = """\
locales: {en: English, hi: हिन्दी}
articles: {defaults: {audience: public}}
search: {synonyms: search, queries: search/queries.yml}
"""
REFUND = {
    "en": "---\ntitle: Get a refund\ndescription: When the money is back.\n---\n\nOpen your order.\n",
    "hi": "---\ntitle: रिफंड कैसे मिलेगा\ndescription: पैसे कब वापस आएँगे।\n---\n\nऑर्डर खोलें।\n",
}
QUERIES = """\
- {lang: en, text: refnd, rel: [refund], within: 1}
- {lang: hi, text: refund kaise milega, rel: [refund], within: 1}
"""


@pytest.fixture
def asked(kb: Kb) -> Kb:
    """A help center of one article in two languages, with a query for each."""
    for locale, text in REFUND.items():
        kb.write(f"articles/{locale}/refund.md", text)
    return kb.settings(OWN).write("search/queries.yml", QUERIES)


def found(kb: Kb, *arguments: str) -> list[tuple[str, int | None]]:
    """Rule and line of what is found in the queries."""
    done = kb.run("check", "--format", "json", *arguments)
    assert done.exit in (Exit.CLEAN, Exit.FINDINGS), done.err
    listed = json.loads(done.out)["findings"]
    return [(one["rule"], one["line"]) for one in listed if one["path"] == "search/queries.yml"]


def rival(kb: Kb, audience: str = "public") -> None:
    kb.write(
        "articles/en/about-refnd.md",
        f"---\ntitle: refnd\naudience: {audience}\ndescription: All about refnd.\n---\n\nA refnd.\n",
    )


def test_a_query_falls_when_another_article_comes_before_its_answer(asked: Kb) -> None:
    assert asked.run("check", "-v").out == "No findings\n"
    rival(asked)
    assert found(asked) == [("fallen-query", 1)]
    assert asked.run("check").exit == Exit.CLEAN
    assert asked.run("check", "--fail-on", "warning").exit == Exit.FINDINGS
    assert found(asked, "--quick") == []


def test_only_what_the_public_finds_counts(asked: Kb) -> None:
    rival(asked, "agents")
    assert found(asked) == []
    asked.write("articles/en/refund.md", REFUND["en"].replace("---\n\n", "audience: agents\n---\n\n"))
    assert found(asked) == [("fallen-query", 1)]


def test_synonyms_help_an_answer_up_again(asked: Kb) -> None:
    asked.write("search/queries.yml", "- {lang: hi, text: dhan, rel: [refund]}\n")
    assert found(asked) == [("fallen-query", 1)]
    asked.write("search/synonyms.hi.yml", "dhan: [पैसे]\n")
    assert found(asked) == []


def test_a_baseline_leaves_those_out_that_were_known(asked: Kb) -> None:
    rival(asked)
    assert asked.run("check", "--write-baseline", "known.json").exit == Exit.CLEAN
    asked.write("articles/en/more.md", REFUND["en"].replace("Get a refund", "refnd refnd"))
    assert found(asked, "--baseline", "known.json") == []
    asked.write("articles/hi/refund.md", REFUND["hi"].replace("रिफंड कैसे मिलेगा", "वापसी"))
    asked.write("articles/hi/other.md", REFUND["hi"].replace("---\n\n", "aliases: [refund milega]\n---\n\n"))
    assert found(asked, "--baseline", "known.json") == [("fallen-query", 2)]


def test_any_changed_article_concerns_all_queries_and_other_files_do_not(asked: Kb) -> None:
    rival(asked)
    git(asked, "init", "-q", "-b", "main")
    git(asked, "add", ".")
    git(asked, "commit", "-q", "-m", "first")
    asked.write("notes.txt", "Not an article.")
    assert found(asked, "--changed-since", "HEAD") == []
    asked.write("articles/hi/refund.md", REFUND["hi"] + "\nऔर।\n")
    assert found(asked, "--changed-since", "HEAD") == [("fallen-query", 1)]


def test_mistakes_of_the_file_are_found_in_a_quick_run_and_its_sound_queries_are_asked(asked: Kb) -> None:
    rival(asked)
    asked.write("search/queries.yml", QUERIES + "- {lang: en, text: refund, rel: [refnd]}\n")
    assert found(asked, "--quick") == [("bad-queries", 3)]
    assert found(asked) == [("fallen-query", 1), ("bad-queries", 3)]
    assert asked.run("build", "-q").exit == Exit.CLEAN


def test_while_an_article_cannot_be_read_nothing_is_asked(asked: Kb) -> None:
    asked.write("articles/en/refund.md", "---\ntitle: [Refund\n---\n")
    assert found(asked) == []
    asked.write("search/queries.yml", "- {lang: en, text: a, rel: [none]}\n")
    assert found(asked) == [("bad-queries", 1)]


def test_the_queries_are_in_no_site(asked: Kb) -> None:
    asked.write("search/queries.yml", "- {lang: en, text: qqxxyyzz, rel: [refund]}\n")
    assert asked.run("build", "-q").exit == Exit.CLEAN
    for path, data in {**asked.tree(), **asked.tree(".kbtool")}.items():
        assert b"qqxxyyzz" not in data, path


def test_a_site_is_not_built_over_the_file(asked: Kb) -> None:
    asked.settings(OWN.replace("queries: search/", "queries: asked/")).write("asked/queries.yml", QUERIES)
    assert asked.run("build", "--site-dir", "asked").exit == Exit.USAGE
    assert (asked.root / "asked" / "queries.yml").is_file()
