from __future__ import annotations

import json

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
