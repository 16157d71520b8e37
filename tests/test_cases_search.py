"""What people and machines ask of the search: sixteen hostile kinds of queries, and how each is answered."""

from __future__ import annotations

import json
import unicodedata
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.errors import QueryError
from kbtool.search.ask import ask
from kbtool.search.build import build_index
from kbtool.search.facts import Facts
from kbtool.search.find import Place, Searcher
from kbtool.search.format import index_dir
from kbtool.search.texts import Document
from kbtool.targets.texts import keep_texts
from tests.conftest import Kb

TODAY = date(2026, 11, 26)
PIECES = (
    *(
        "refund",
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        '"a b"',
        "re*",
        "*",
        "title:x",
        "owner:asha",
        "lang:hi",
        "lang:*",
    ),
    *("reviewed:[2026 to]", "stale:yes", "status:published", "like:orders/refund", "-abc", "?"),
)


def article(id: str, title: str, body: str, **facts: object) -> Document:
    known = Facts(id, f"en/{id}/", title, section=id.rpartition("/")[0], **facts)  # type: ignore[arg-type]
    return Document(id, f"en/{id}/", title, "", "", "public", {"title": title, "body": body}, known)


ENGLISH = [
    article("orders/refund", "Get a refund", "Ask for the refund within 15 days.", reviewed="2026-01-10"),
    article("orders/cancel", "Cancel an order", "You can cancel before we ship. No refund is due then."),
    article(
        "account/password",
        "Reset the password",
        "Choose a new one. The app is called <script>.",
        owner="asha",
    ),
]
HINDI = [
    article("orders/refund", "रिफंड कैसे मिलेगा", "15 दिन के अंदर माँगें। क़ीमत वापस आ जाती है। ज़िम्मेदारी हमारी है।"),
    article("account/password", "पासवर्ड बदलें", "पासवर्ड में ३ अक्षर और 2026 जैसे अंक हो सकते हैं।"),
]


@pytest.fixture(scope="module")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Searcher]:
    root = tmp_path_factory.mktemp("center")
    documents = {"en": ENGLISH, "hi": HINDI}
    for locale, listed in documents.items():
        folder = root / "site" / index_dir(locale)
        folder.mkdir(parents=True)
        for name, data in build_index(listed, locale).items():
            (folder / name).write_bytes(data)
    keep_texts(documents, root / "texts")
    return {
        locale: Searcher(Place(root / "site", root / "texts", root / "whoosh", locale))
        for locale in documents
    }


def found(searchers: dict[str, Searcher], query: str, locale: str = "en") -> list[str]:
    first = {locale: searchers[locale], **searchers}
    return [hit.id for hit in ask(query, first, today=TODAY).hits]


@pytest.mark.parametrize("query", [" ", "\t\n", "?!", "...", "()", '""', "।"])
def test_case_110_nothing_is_asked(searchers: dict[str, Searcher], query: str) -> None:
    assert found(searchers, query) == []


def test_case_110_on_the_command_line(kb: Kb) -> None:
    ran = kb.run("search", "  ")
    assert (ran.exit, ran.out) == (2, "")
    assert "the query is empty" in ran.err


def test_case_111_a_megabyte(searchers: dict[str, Searcher]) -> None:
    assert found(searchers, "refund " * 150_000) == found(searchers, "refund " * 10)
    assert found(searchers, "x" * 1_000_000) == []
    with pytest.raises(QueryError, match="512"):
        found(searchers, "refund OR " * 100_000 + "card")


@pytest.mark.parametrize("query", ["*", "?*?*?*", "**", "? ?", "*z", "r*", "title:*", "title:?*?*?*"])
def test_case_112_wildcards_alone_match_nothing(searchers: dict[str, Searcher], query: str) -> None:
    assert found(searchers, query) == []


def test_case_112_a_prefix_is_one(searchers: dict[str, Searcher]) -> None:
    assert set(found(searchers, "ref*")) == {"orders/refund", "orders/cancel"}
    assert found(searchers, "title:ref*") == ["orders/refund"]
    assert found(searchers, "zz*") == []


def test_case_113_a_thousand_alternatives(searchers: dict[str, Searcher]) -> None:
    with pytest.raises(QueryError, match="512"):
        found(searchers, " OR ".join(["refund"] * 1000))
    with pytest.raises(QueryError, match="32 are read"):
        found(searchers, " OR ".join("abcdefghijklmnopqrstuvwxyz"))


@pytest.mark.parametrize("query", ["refund~9", "refund~", "refund~0.1"])
def test_case_114_a_tilde_is_no_operator(searchers: dict[str, Searcher], query: str) -> None:
    assert found(searchers, query)[0] == "orders/refund"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("reviewed:[2026-01-01 to]", ["orders/refund"]),
        ("reviewed:[to 2025-12]", []),
        ("reviewed:[2026-01-10 TO 2026-01-10]", ["orders/refund"]),
        ("reviewed:[2027 to 2020]", []),
        ("reviewed:२०२६", ["orders/refund"]),
        ("reviewed:no", ["account/password", "orders/cancel"]),
    ],
)
def test_case_115_ranges(searchers: dict[str, Searcher], query: str, ids: list[str]) -> None:
    assert found(searchers, query) == ids


@pytest.mark.parametrize("query", ["reviewed:[]", "reviewed:[x to y]", "reviewed:2026-13", "reviewed:soon"])
def test_case_115_what_is_no_day(searchers: dict[str, Searcher], query: str) -> None:
    with pytest.raises(QueryError) as caught:
        found(searchers, query)
    assert "reviewed:" in caught.value.help


def test_case_116_parentheses(searchers: dict[str, Searcher]) -> None:
    assert found(searchers, "(" * 5000 + "refund" + ")" * 5000) == []  # 512 characters are read
    assert found(searchers, "(" * 400 + "refund")[0] == "orders/refund"
    with pytest.raises(QueryError, match="nested"):
        found(searchers, "(" * 20 + "refund OR card")
    with pytest.raises(QueryError, match="512"):
        found(searchers, "(a OR b) " + "(" * 5000)


@pytest.mark.parametrize("query", ['"refund', 'refund"', '"refund money', 're"fund'])
def test_case_117_a_quotation_mark_without_its_partner(searchers: dict[str, Searcher], query: str) -> None:
    assert "orders/refund" in found(searchers, query)


@pytest.mark.parametrize("query", ["/ref.*/", "refund (?:x)", "[a-z]+"])
def test_case_118_patterns_are_words(searchers: dict[str, Searcher], query: str) -> None:
    assert "orders/refund" in found(searchers, f"{query} refund")


@pytest.mark.parametrize(
    "query", ["क़ीमत", "कीमत", "ज़िम्मेदारी", "जिम्मेदारी", "रि\u200dफंड", "रिफं\u200cड", "रिफण्ड"]
)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_case_119_one_word_in_all_its_spellings(
    searchers: dict[str, Searcher], query: str, form: str
) -> None:
    written = unicodedata.normalize(form, query)  # type: ignore[arg-type]
    assert found(searchers, written, "hi")[0] == "orders/refund"
    assert found(searchers, f"title:रिफंड AND {written}", "hi") == ["orders/refund"]


@pytest.mark.parametrize("query", ["\x00", "\ud800", "😀", "\u202e", "e\u0301" * 200])
def test_case_120_odd_characters(searchers: dict[str, Searcher], query: str) -> None:
    assert found(searchers, f"{query} refund {query}")[0] == "orders/refund"
    assert found(searchers, f'"{query}" OR title:refund')


def test_case_121_an_unknown_field_is_plain_text(searchers: dict[str, Searcher]) -> None:
    assert found(searchers, "colour:refund")[0] == "orders/refund"
    assert found(searchers, "http://refund")[0] == "orders/refund"
    assert found(searchers, "TITLE:refund")[0] == "orders/refund"


def test_case_122_function_words_alone_still_answer(searchers: dict[str, Searcher]) -> None:
    assert found(searchers, "can you")
    assert found(searchers, "कैसे मिलेगा", "hi") == ["orders/refund"]


def test_case_123_markup_stays_text(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntitle: Tags\n---\n\nWrite `<script>` in code.\n")
    assert kb.run("build").exit == 0
    ran = kb.run("search", "<script>alert(1)</script>", "--format", "json")
    told = json.loads(ran.out)
    assert told["query"] == "<script>alert(1)</script>"
    assert [hit["id"] for hit in told["hits"]] == ["a"]


@pytest.mark.parametrize(
    ("query", "locale"), [("१५ दिन", "hi"), ("15 दिन", "hi"), ("१५", "en"), ("२०२६", "hi")]
)
def test_case_124_digits_of_both_kinds(searchers: dict[str, Searcher], query: str, locale: str) -> None:
    assert found(searchers, query, locale)
    assert found(searchers, f'"{query}"', locale)


@pytest.mark.parametrize("option", ["-k", "--offset"])
@pytest.mark.parametrize("value", ["-1", "1000000000", "1e3", "½", ""])
def test_case_125_numbers_that_are_none(kb: Kb, option: str, value: str) -> None:
    ran = kb.run("search", "refund", option, value)
    assert (ran.exit, ran.out) == (2, "")
    assert option in ran.err


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    query=st.text(max_size=80)
    | st.lists(
        st.sampled_from(PIECES),
        max_size=14,
    ).map(" ".join)
)
def test_no_query_fails_but_with_a_mend(searchers: dict[str, Searcher], query: str) -> None:
    with suppress(QueryError):
        answer = ask(query, searchers, today=TODAY)
        assert answer.total >= len(answer.hits)


TIME = "kbtool.search.find.MOST_SECONDS"


def test_case_113_a_query_may_not_take_for_ever(
    searchers: dict[str, Searcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No part of it is cut off in the middle; after some time no other is begun."""
    assert found(searchers, '"cancel before" ship*') == ["orders/cancel"]
    monkeypatch.setattr(TIME, -1.0)
    with pytest.raises(QueryError, match="takes too long"):
        found(searchers, '"cancel before" ship*')


def test_case_113_nothing_more_is_asked_where_nothing_is_left(
    searchers: dict[str, Searcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TIME, -1.0)
    assert found(searchers, '"cancel before" ship* owner:asha section:orders') == []


def test_case_113_of_a_long_phrase_the_first_words_are_looked_for(searchers: dict[str, Searcher]) -> None:
    words = "you can cancel before we ship no refund is due then"
    answer = ask(f'"{words} and whatever else"', searchers, today=TODAY)
    assert [hit.id for hit in answer.hits] == ["orders/cancel"]
    assert answer.hints == ("of a phrase the first 10 words are looked for",)
