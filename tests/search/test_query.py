from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.errors import QueryError
from kbtool.search.query import Both, Either, Phrase, Without, Words, is_advanced, parse_query, positive_words


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"exit code"', Phrase("exit code")),
        ("title:लेख", Words("लेख", "title")),
        ('title:"नया लेख"', Phrase("नया लेख", "title")),
        ("upi OR card", Either((Words("upi"), Words("card")))),
        ("upi AND card", Both((Words("upi"), Words("card")))),
        ('refund "not received"', Both((Words("refund"), Phrase("not received")))),
        ("refund NOT card", Both((Words("refund"), Without(Words("card"))))),
        ("(a OR b) c", Both((Either((Words("a"), Words("b"))), Words("c")))),
        ("a OR b AND c", Either((Words("a"), Both((Words("b"), Words("c")))))),
        ("color:red", Words("color:red")),
        ('"never closed', Both((Words("never"), Words("closed")))),
        ("a)", Words("a")),
        ("a) b", Both((Words("a"), Words("b")))),
        ("(a", Words("a")),
        ("AND", Words("")),
        ("", Words("")),
    ],
)
def test_queries_become_trees(text: str, tree: object) -> None:
    assert parse_query(text) == tree


@pytest.mark.parametrize(
    ("text", "advanced"),
    [
        ("refund kaise milega", False),
        ("refund and return", False),
        ("ORDER not found", False),
        ("5:30", False),
        ('say "refund', False),
        ('"refund status"', True),
        ("upi OR card", True),
        ("title:upi", True),
        ("refund NOT card", True),
    ],
)
def test_only_operators_make_a_query_advanced(text: str, advanced: bool) -> None:
    assert is_advanced(text) is advanced


def test_words_to_rank_by_leave_out_what_is_excluded() -> None:
    assert positive_words(parse_query('refund NOT (card OR upi) "not received"')) == "refund not received"


@pytest.mark.parametrize("text", ["x" * 513, "a " * 33, "(" * 20 + "a"])
def test_too_much_is_refused_with_a_mend(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    assert caught.value.help


@given(st.text(alphabet='ab"()ANDORT: title*~[]', max_size=40))
def test_no_input_breaks_the_parser(text: str) -> None:
    try:
        parse_query(text)
    except QueryError:
        assert len(text) > 8
