from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.format import packed
from kbtool.search.passages import excerpt, passages_in, passages_of, row_of, sentences
from kbtool.search.texts import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pay now. Pay later! Really? Yes…  No", ["Pay now.", "Pay later!", "Really?", "Yes…", "No"]),
        ("Version 2.7.5 costs 12.50. See a.b/c.", ["Version 2.7.5 costs 12.50.", "See a.b/c."]),
        ("Heading\nItem one\n\n\nItem  two\tends.\n", ["Heading", "Item one", "Item two ends."]),
        (
            "पैसे तीन दिन में मिलते हैं। बैंक देखें।फिर लिखें॥ ठीक?",
            ["पैसे तीन दिन में मिलते हैं।", "बैंक देखें।", "फिर लिखें॥", "ठीक?"],
        ),
        ("三天内退款。怎么退？取消订单！完", ["三天内退款。", "怎么退？", "取消订单！", "完"]),
        ("كيف أدفع؟ ادفع الآن.", ["كيف أدفع؟", "ادفع الآن."]),
        ("", []),
        (" \n\t ", []),
        ("...", ["..."]),
        ("Run. It:\n\tcd a. ls\nDone.", ["Run.", "It:", "\tcd a.", "\tls", "Done."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(st.sampled_from("ab .!?।。？…\n\u2028\x85\x1c\t"), max_size=40))
def test_sentences_hold_all_of_the_text_each_on_a_line(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    shown = [one.removeprefix("\t") for one in found]
    assert all(one and one == " ".join(one.split()) for one in shown)
    assert sentences("\n".join(found)) == found


@pytest.mark.parametrize(
    ("number", "description", "expected"),
    [
        (-1, "", ""),
        (
            0,
            "",
            "Run this: And that is it, as the sentence before has said, which is long enough to be shown.",
        ),
        (0, "Run this:", ""),
        (1, "", "And that is it, as the sentence before has said, which is long enough to be shown."),
        (3, "", "And that is it, as the sentence before has said, which is long enough to be shown."),
        (4, "", "Done."),
        (5, "It installs.", ""),
    ],
)
def test_an_excerpt_is_prose_and_long_enough(number: int, description: str, expected: str) -> None:
    long = "And that is it, as the sentence before has said, which is long enough to be shown."
    made = passages_of(article(f"Run this:\n{long}\n\tcd a\n\tls\nDone.\n\tend", description), 0)
    assert excerpt(made, number) == expected


@pytest.mark.parametrize("body", ["", "\tcode\n\tmore"])
def test_where_there_is_no_prose_nothing_is_shown(body: str) -> None:
    made = passages_of(article(body), 0)
    assert [excerpt(made, number) for number in range(-1, len(made.sentences))] == [""] * (
        len(made.sentences) + 1
    )


def article(body: str, description: str = "", **fields: str) -> Document:
    return Document("a", "en/a/", "Title", "Section", description, "agents", {"body": body, **fields})


@pytest.mark.parametrize(
    ("description", "body", "expected"),
    [
        ("It is fast.", "It is fast.\nIt is fast. It is good.", ["It is fast.", "It is good."]),
        ("One. Two.", "One. Two.\nOne. Two. Three.", ["One.", "Two.", "Three."]),
        ("Other.", "Other.\nIt is fast.", ["Other.", "It is fast."]),
        ("One.", "One. One more.", ["One.", "One more."]),
        ("One. Two.", "One. Two.\nOne. Too.", ["One.", "Two.", "One.", "Too."]),
        ("", "One. One.", ["One.", "One."]),
        ("Not there.", "One. One.", ["One.", "One."]),
    ],
)
def test_a_description_that_begins_the_text_is_not_doubled(
    description: str, body: str, expected: list[str]
) -> None:
    assert list(passages_of(article(body, description), 3).sentences) == expected


def test_names_are_the_aliases_and_tags_each_on_a_line() -> None:
    made = passages_of(article("Text.", aliases="money  back\nrepay\n", tags="pay\n\nbank"), 3)
    assert made.aliases == ("money back", "repay", "pay", "bank")
    assert passages_of(article("Text."), 3).aliases == ()
    assert (made.slot, made.id, made.url, made.title) == (3, "a", "en/a/", "Title")
    assert (made.section, made.description, made.audience) == ("Section", "", "agents")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(TEXT, TEXT, TEXT, TEXT, TEXT, st.integers(0, 10**6))
def test_what_was_written_is_read(
    title: str, description: str, body: str, aliases: str, tags: str, slot: int
) -> None:
    document = Document(
        "id", "url", title, "", description, "public", {"body": body, "aliases": aliases, "tags": tags}
    )
    made = passages_of(document, slot)
    assert passages_in(json.loads(packed(row_of(made)))) == made


ROW: list[Any] = [3, "a", "en/a/", "Title", "Section", "Text.", "public", "One.\nTwo.", "alias"]


def test_a_row_is_taken() -> None:
    made = passages_in(ROW)
    assert (made.sentences, made.aliases) == (("One.", "Two."), ("alias",))
    assert passages_in([*ROW[:7], "\n\nOne.\n", ""]).sentences == ("One.",)


@pytest.mark.parametrize(
    "row",
    [
        *(None, {}, "abcdefghi", [], ROW[:8], [*ROW, ""]),
        *([slot, *ROW[1:]] for slot in (-1, True, 1.0, "1", None)),
        *([*ROW[:place], wrong, *ROW[place + 1 :]] for place in range(1, 9) for wrong in (None, 1, ["a"])),
    ],
)
def test_other_rows_are_damage(row: object) -> None:
    with pytest.raises(ValueError, match="not a row"):
        passages_in(row)
