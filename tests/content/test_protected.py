"""What readers must not hear of, as paths, addresses and ids."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kbtool.content.audience import for_audience
from kbtool.content.protected import AGENTS, RULE, Hidden, Why, folded, hidden_from, told_once
from kbtool.model import Article, Audience, Finding, Location
from tests.samples import article, library

TODAY = date(2026, 11, 22)
SITE = "https://help.example.com/support/"
PUBLIC, SECRET = article("orders/a"), article("team/b", audience="agents", id="b-id")


def address(one: Article, locale: str) -> str:
    return "/".join(part for part in (locale, one.section, one.slug) if part) + "/"


def hidden(*articles: Article, audience: Audience = "public", site_url: str = SITE) -> Hidden:
    whole = library(*articles)
    seen = for_audience(whole, audience, TODAY)
    return hidden_from(whole, seen, audience, TODAY, "{locale}/{path}", site_url, address)


def test_no_text_and_no_title_is_handed_over() -> None:
    secret = article("team/b", audience="agents", title="Quokka", body="Wombat", description="Numbat")
    told = repr(replace(hidden(PUBLIC, secret), address=None))
    assert "team/b" in told
    assert not any(word in told for word in ("Quokka", "Wombat", "Numbat"))


def test_files_and_addresses_in_every_locale_ids_and_folders() -> None:
    found = hidden(PUBLIC, SECRET)
    why = Why(AGENTS, "articles/en/team/b.md")
    assert found.names == {"en/team/b": why, "hi/team/b": why}
    assert found.ids == {"b-id": why}
    assert set(found.folders) == {"en/team"}
    assert found.strict
    assert hidden(PUBLIC, SECRET, audience="agents").names == {}


def test_what_is_public_anyway_is_not_hidden() -> None:
    index = article("orders/index", audience="agents")
    translated = article("orders/a", "hi", audience="agents")
    found = hidden(PUBLIC, index, translated)
    assert set(found.names) == {"en/orders/index", "hi/orders/index"}
    assert set(found.ids) == {"orders/index"}
    assert set(found.folders) == {"hi/orders"}


@pytest.mark.parametrize(
    ("changes", "public", "agents"),
    [
        ({"audience": "agents"}, AGENTS, ""),
        ({"audience": "agents", "status": "draft"}, AGENTS, "a draft"),
        ({"audience": "agents", "publish_at": date(2026, 11, 23)}, AGENTS, "not yet published"),
        ({"status": "draft", "publish_at": date(2026, 11, 23)}, "a draft", "a draft"),
        ({"status": "archived"}, "archived", "archived"),
        ({"publish_at": date(2026, 11, 23)}, "not yet published", "not yet published"),
        ({"expires_at": TODAY}, "no longer published", "no longer published"),
        ({"publish_at": TODAY}, "", ""),
    ],
)
def test_the_reason_for_each_group_of_readers(changes: dict[str, Any], public: str, agents: str) -> None:
    secret = article("b", **changes)
    assert hidden(PUBLIC, secret).why("/en/b/").reason == public
    assert hidden(PUBLIC, secret, audience="agents").why("/en/b/").reason == agents


def test_of_two_reasons_the_stronger_one() -> None:
    found = hidden(PUBLIC, article("b", status="draft"), article("b", "hi", audience="agents"))
    assert found.why("/en/b/").reason == AGENTS


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("/en/B/", "en/b"),
        ("en/b/index.html", "en/b"),
        ("en/b.md", "en/b"),
        ("en//x/../b", "en/b"),
        ("/../../en/b", "en/b"),
        ("en\\b", "en/b"),
        ("%65n%2Fb", "en/b"),
        ("%2565n/b", "en/b"),
        ("cafe\u0301", "caf\u00e9"),
        ("/", ""),
    ],
)
def test_one_form_for_all_ways_to_write_a_path(written: str, plain: str) -> None:
    assert folded(written) == plain


def test_a_relative_target_is_meant_from_the_file_or_from_the_page() -> None:
    found = hidden(PUBLIC, SECRET)
    for written in ("../team/b.md", "../team/b", "../../team/b/", "../../../hi/team/b/"):
        assert found.why(written, PUBLIC, "en/orders/a").reason == AGENTS
    assert found.why("team/b.md", PUBLIC, "en/orders/a").reason == ""


def test_only_addresses_of_this_site_count() -> None:
    found = hidden(PUBLIC, SECRET)
    assert found.why("https://help.example.com/support/en/team/b/").reason == AGENTS
    assert found.why("https://other.example.com/support/en/team/b/").reason == ""
    assert hidden(PUBLIC, SECRET, site_url="").why("https://help.example.com/en/team/b/") == Why()


def test_texts_without_the_addresses_of_what_is_hidden() -> None:
    found = hidden(PUBLIC, SECRET)
    text = "a https://help.example.com/support/en/team/b/. b https://help.example.com/support/en/orders/a/ c"
    assert found.without_addresses(text) == "a  b https://help.example.com/support/en/orders/a/ c"
    assert Hidden().without_addresses(text) == text


def finding(rule: str, line: int, message: str = "m") -> Finding:
    return Finding(rule, "error", Location("a.md", line, line), message)


def test_what_is_protected_is_not_told_as_broken_too() -> None:
    protected, broken, other = finding(RULE, 3), finding("broken-link", 3, "n"), finding("broken-link", 4)
    assert told_once([protected, broken, other, protected]) == [protected, other]


def test_without_a_line_only_the_same_words_are_told_once() -> None:
    protected, same, other = finding(RULE, 0), finding("broken-link", 0), finding("broken-link", 0, "n")
    assert told_once([protected, same, other]) == [protected, other]
