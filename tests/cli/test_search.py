from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kbtool.errors import Exit
from tests.conftest import Kb


def test_text_names_title_link_and_description(own_site: Kb) -> None:
    done = own_site.run("search", "लेख कैसे लिखें", "--lang", "hi", "-k", "2")
    assert done.exit == Exit.CLEAN
    lines = done.out.splitlines()
    assert lines[0] == "1. लेख लिखें"
    assert lines[1].strip() == "https://kbtool.example/help/hi/writing/write-article/"
    assert len(lines) == 6


def test_json_is_for_programs(own_site: Kb) -> None:
    done = own_site.run("search", "lekh kaise likhe", "--lang", "hi", "--format", "json", "-k", "3")
    answer = json.loads(done.out)
    assert (answer["version"], answer["locale"], answer["audience"]) == (1, "hi", "public")
    assert answer["hits"][0]["id"] == "writing/write-article"
    assert [hit["score"] for hit in answer["hits"]] == sorted(
        (h["score"] for h in answer["hits"]), reverse=True
    )


def test_agents_find_more_and_see_the_mark(own_site: Kb) -> None:
    query = ("search", "टिकट का जवाब", "--lang", "hi", "--audience", "agents", "--format", "json", "-k", "20")
    hits = json.loads(own_site.run(*query).out)["hits"]
    protected = [hit for hit in hits if hit["audience"] == "agents"]
    assert [hit["id"] for hit in protected] == ["answers/answer-a-ticket"]
    assert protected[0]["url"] == ""
    public = json.loads(
        own_site.run("search", "टिकट का जवाब", "--lang", "hi", "--format", "json", "-k", "20").out
    )["hits"]
    assert "answers/answer-a-ticket" not in [hit["id"] for hit in public]
    text = own_site.run("search", "टिकट का जवाब", "--lang", "hi", "--audience", "agents").out
    assert "[AGENTS]" in text
    assert "[PUBLIC]" in text


def test_phrases_fields_and_boolean_words_in_hindi(own_site: Kb) -> None:
    def ids(query: str) -> set[str]:
        done = own_site.run("search", query, "--lang", "hi", "--format", "json", "-k", "50")
        assert done.exit == Exit.CLEAN, done.err
        return {hit["id"] for hit in json.loads(done.out)["hits"]}

    assert ids("title:लेख") == {"writing/write-article", "writing/find-stale-articles"}
    both = ids("लेख AND टिकट")
    assert both < ids("लेख OR टिकट")
    assert ids("लेख NOT टिकट") == ids("title:लेख OR लेख") - ids("टिकट OR टिकट")
    assert ids('"सहायता केंद्र"') > ids('"केंद्र सहायता"')
    assert (own_site.root / ".kbtool" / "mkdocs").stat().st_mode & 0o077 == 0


def test_mistakes_are_said_plainly(own_site: Kb, kb: Kb) -> None:
    done = own_site.run("search", "x", "--lang", "hn")
    assert done.exit == Exit.USAGE
    assert "did you mean 'hi'?" in done.err or "it has en, hi" in done.err
    assert own_site.run("search", " ").exit == Exit.USAGE
    assert own_site.run("search", "qqqqqq").out == "no results for 'qqqqqq' in en\n"
    assert own_site.run("search", "(" * 30 + '"a b"').exit == Exit.USAGE
    missing = kb.run("search", "refund")
    assert missing.exit == Exit.NOTHING
    assert "kbtool build" in missing.err


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """A help center with owners, dates and drafts, built for both audiences."""
    made = Kb(tmp_path_factory.mktemp("center")).settings()
    made.write(
        "articles/sections.yml",
        """
        billing: {title: {en: Billing, hi: भुगतान}, owner: asha}
        app: {title: {en: App, hi: ऐप}, owner: ravi}
        """,
    )
    article = "---\ntitle: {}\n{}---\n\n{}\n"
    made.write(
        "articles/en/billing/refund.md", article.format("Refunds", "reviewed: 2026-01-10\n", "Money back.")
    )
    made.write("articles/hi/billing/refund.md", article.format("रिफंड", "tags: [upi]\n", "पैसे वापस मिलते हैं।"))
    made.write(
        "articles/hi/billing/invoice.md", article.format("बिल", "reviewed: 2026-11-01\n", "बिल डाउनलोड करें।")
    )
    made.write(
        "articles/hi/billing/fraud.md", article.format("धोखाधड़ी", "audience: agents\n", "बैंक को फ़ोन करें।")
    )
    made.write("articles/hi/app/login.md", article.format("साइन इन", "", "ऐप खोलें।"))
    made.write("articles/hi/app/new.md", article.format("नया रिफंड", "status: draft\n", "पैसे वॉलेट में।"))
    ran = made.run("build")
    assert ran.exit == 0, ran.err
    return made


def hit_ids(center: Kb, *arguments: str) -> list[str]:
    ran = center.run("search", *arguments, "--format", "json")
    assert ran.exit == 0, ran.err
    return [hit["id"] for hit in json.loads(ran.out)["hits"]]


def test_an_agent_finds_every_unreviewed_billing_article_in_hindi_with_one_line(center: Kb) -> None:
    line = "section:billing lang:hi reviewed:no"
    assert hit_ids(center, line, "--audience", "agents") == ["billing/fraud", "billing/refund"]
    assert hit_ids(center, line) == ["billing/refund"], "the public sees nothing of agents' articles"
    assert hit_ids(center, "section:भुगतान -reviewed:yes", "--lang", "hi") == ["billing/refund"]


def test_filters_list_everything_the_longest_unreviewed_first(center: Kb) -> None:
    assert hit_ids(center, "lang:*", "--audience", "agents") == [
        "app/login",
        "billing/fraud",
        "billing/refund",
        "billing/refund",
        "billing/invoice",
    ]
    assert hit_ids(center, "lang:hi", "--sort", "newest")[0] == "billing/invoice"
    assert hit_ids(center, "lang:hi", "-k", "1", "--offset", "1") == ["billing/refund"]


def test_agents_see_whether_an_article_can_be_relied_on(center: Kb) -> None:
    ran = center.run("search", "lang:*", "--audience", "agents")
    assert "! never reviewed; asha answers for it" in ran.out
    assert "! review overdue since 2026-07-09; asha answers for it" in ran.out
    assert "[AGENTS, hi]" in ran.out


def test_drafts_are_found_by_their_status_alone_and_by_agents_alone(center: Kb) -> None:
    assert hit_ids(center, "रिफंड", "--lang", "hi", "--audience", "agents") == ["billing/refund"]
    assert hit_ids(center, "रिफंड status:draft", "--lang", "hi", "--audience", "agents") == ["app/new"]
    assert hit_ids(center, '"पैसे वॉलेट" status:draft', "--lang", "hi", "--audience", "agents") == ["app/new"]
    ran = center.run("search", "status:draft lang:hi", "--audience", "agents")
    assert "articles/hi/app/new.md" in ran.out
    assert "[PUBLIC, DRAFT]" in ran.out
    ran = center.run("search", "status:draft lang:hi")
    assert ran.out.startswith("no results")
    assert "--audience agents" in ran.err


def test_stale_is_what_the_command_of_that_name_lists(center: Kb) -> None:
    assert hit_ids(center, "stale:yes") == ["billing/refund"]
    assert hit_ids(center, "stale:no") == []
    assert hit_ids(center, "stale:yes", "--today", "2026-02-01") == []


def test_facets_count_all_that_matches(center: Kb) -> None:
    ran = center.run("search", "lang:hi", "-k", "1", "--facets")
    assert "4 articles" not in ran.out
    assert "3 articles" in ran.out
    assert "section: billing 2, app 1" in ran.out
    assert "reviewed: no 2, in time 1" in ran.out
    assert "1 of 3 articles" in ran.err


def test_what_nobody_has_is_told_with_what_is_near(center: Kb) -> None:
    ran = center.run("search", "owner:asa")
    assert ran.exit == 0
    assert "note: no article has owner:asa; did you mean asha?" in ran.err
    ran = center.run("search", "lang:hu")
    assert (ran.exit, ran.out) == (2, "")
    assert "did you mean lang:hi?" in ran.err


def test_a_misspelt_query_is_told(center: Kb) -> None:
    ran = center.run("search", "refnuds")
    assert "did you mean: refunds" in ran.err
    assert "Refunds" in ran.out


def test_the_order_is_explained(center: Kb) -> None:
    ran = center.run("search", "refnuds", "--explain")
    assert ran.exit == 0
    assert "refunds" in ran.out.partition("Refunds")[2]
    told = json.loads(center.run("search", "refunds", "--explain", "--format", "json").out)
    assert told["explanation"][0]["results"][0]["id"] == "billing/refund"


def test_filters_alone_need_neither_whoosh_nor_the_vocabulary(center: Kb) -> None:
    for path in (center.root / "site/search/en").glob("words-*.json"):
        path.rename(path.with_suffix(".away"))
    try:
        assert hit_ids(center, "owner:asha") == ["billing/refund"]
    finally:
        for path in (center.root / "site/search/en").glob("words-*.away"):
            path.rename(path.with_suffix(".json"))
    assert not (center.root / ".kbtool/mkdocs/whoosh").exists() or not list(
        (center.root / ".kbtool/mkdocs/whoosh").rglob("en-*")
    )


def test_a_site_without_its_private_folder_still_answers_plain_words(center: Kb, tmp_path: Path) -> None:
    shutil.copytree(center.root / "site", tmp_path / "site")
    other = Kb(tmp_path).settings()
    told = json.loads(other.run("search", "refunds", "--format", "json").out)
    assert [hit["id"] for hit in told["hits"]] == ["billing/refund"]
    assert told["facets"] == {}
    ran = other.run("search", "owner:asha")
    assert ran.exit == 5
    assert "kbtool build" in ran.err
