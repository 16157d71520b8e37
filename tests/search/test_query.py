"""The agents' query language: what is an operator, what is a word, and what is too much."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.errors import QueryError
from kbtool.search.query import (
    Both,
    Either,
    Filter,
    Like,
    Parsed,
    Phrase,
    Prefix,
    Without,
    Words,
    parse,
)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"exit code"', Phrase("exit code")),
        ("title:लेख", Words("लेख", "title")),
        ('title:"नया लेख"', Phrase("नया लेख", "title")),
        ("title:ref*", Prefix("ref", "title")),
        ("upi OR card", Either((Words("upi"), Words("card")))),
        ("upi AND card", Both((Words("upi"), Words("card")))),
        ('refund "not received"', Both((Words("refund"), Phrase("not received")))),
        ("refund NOT card", Both((Words("refund"), Without(Words("card"))))),
        ("refund -card", Both((Words("refund"), Without(Words("card"))))),
        ("refund -tag:old", Both((Words("refund"), Without(Filter("tag", "old"))))),
        ("(a OR b) c", Both((Either((Words("a"), Words("b"))), Words("c")))),
        ("a OR b AND c", Either((Words("a"), Both((Words("b"), Words("c")))))),
        ("ref*", Prefix("ref")),
        ("like:orders/refund", Like("orders/refund")),
        ("a OR b)", Either((Words("a"), Words("b")))),
        ("(a OR b", Either((Words("a"), Words("b")))),
        ('a AND "never closed', Both((Words("a"), Words("never"), Words("closed")))),
        ("a AND ()", Words("a")),
    ],
)
def test_operators_make_trees(text: str, tree: object) -> None:
    parsed = parse(text)
    if parsed.plain:  # filters and plain words stand apart
        assert tree == Both((Words(parsed.words), parsed.node)) if parsed.node else Words(parsed.words)
    else:
        assert parsed.node == tree


@pytest.mark.parametrize(
    ("text", "node", "words"),
    [
        ("owner:asha refund card", Filter("owner", "asha"), "refund card"),
        ("refund lang:hi", Filter("lang", "hi"), "refund"),
        (
            "section:billing lang:hi reviewed:no",
            Both((Filter("section", "billing"), Filter("lang", "hi"), Filter("reviewed", "no"))),
            "",
        ),
        ("reviewed:[2026-01-01 to]", Filter("reviewed", "2026-01-01 to", is_range=True), ""),
        ('section:"Get started" setup', Filter("section", "Get started"), "setup"),
        ("(tag:a OR tag:b) refund", Either((Filter("tag", "a"), Filter("tag", "b"))), "refund"),
        ("NOT status:draft refund", Without(Filter("status", "draft")), "refund"),
    ],
)
def test_plain_words_beside_filters_stay_plain(text: str, node: object, words: str) -> None:
    assert parse(text) == Parsed(node, words, plain=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        *("refund kaise milega", "refund and return", "ORDER not found", "5:30", 'say "refund', "color:red"),
        *(
            "AND",
            "NOT",
            "OR refund",
            "refund AND",
            "a)",
            "(a",
            "((((a",
            "",
            "*",
            "?*?*?*",
            "r*",
            "where is it?",
        ),
        *("pip -v install", "kbtool --help", "e-mail", "owner:", "owner: asha", "- a", "refund~2", "/ref.*/"),
    ],
)
def test_what_is_no_operator_is_plain_words(text: str) -> None:
    assert parse(text) == Parsed(None, text, plain=True)


def test_words_to_rank_by_leave_out_what_is_excluded() -> None:
    assert parse('refund NOT (card OR upi) "not received"').words == "refund not received"


@pytest.mark.parametrize(
    "text", ["a OR " + "x" * 513, "a OR " * 33, "(" * 20 + "a OR b", "a OR " + "NOT " * 20 + "b"]
)
def test_too_much_is_refused_with_a_mend(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.help


@given(st.text(alphabet='ab"()ANDORT: title*~[]-?owner:reviewed', max_size=60) | st.text(max_size=60))
def test_no_input_breaks_the_parser(text: str) -> None:
    with suppress(QueryError):
        assert parse(text).words is not None
