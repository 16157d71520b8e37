"""An article as HTML, headings and plain text."""

from __future__ import annotations

from typing import Any

from kbtool.model import Heading, Question, Rendered, Target
from kbtool.render.markdown import Renderer, plain_text
from kbtool.render.sanitise import MARK, slot
from tests.samples import article


def render(body: str, **changes: Any) -> Rendered:
    return Renderer((), {"heading-link": "Link"}).render(article("a", body=body, **changes))


def test_a_heading_in_hindi_keeps_its_letters_and_marks() -> None:
    assert render("## धनवापसी नीति\n\n## धनवापसी नीति\n\n### खत\n\n### खाता\n").headings == (
        Heading(2, "धनवापसी-नीति", "धनवापसी नीति"),
        Heading(2, "धनवापसी-नीति_1", "धनवापसी नीति"),
        Heading(3, "खत", "खत"),
        Heading(3, "खाता", "खाता"),
    )


def test_a_heading_keeps_the_id_that_is_given() -> None:
    shown = render("## शीर्षक { #same-ascii-id }\n")
    assert shown.headings == (Heading(2, "same-ascii-id", "शीर्षक"),)
    assert '<h2 id="same-ascii-id">' in shown.html


def test_a_heading_without_letters_has_an_id() -> None:
    assert render("## !!!\n").headings[0].id == "section"


def test_a_heading_as_words() -> None:
    assert render("## A :smile: :material-close: `code` & *more*\n").headings[0].title == "A 😄 code & more"


def test_links_and_pictures_become_slots_in_order() -> None:
    shown = render("[a](b.md#x) ![p](p.png) [again](b.md#x) [web](https://example.com)\n")
    assert shown.targets == (Target("link", "b.md#x"), Target("image", "p.png"), Target("link", "b.md#x"))
    assert [shown.html.count(slot(n)) for n in range(4)] == [1, 1, 1, 0]


def test_the_mark_of_a_slot_cannot_be_written() -> None:
    shown = render(f"{MARK}0{MARK} [a](b.md) `{MARK}`\n")
    assert shown.html.count(MARK) == 2
    assert MARK not in shown.text


def test_questions_of_the_front_matter_follow_the_text() -> None:
    listed = (Question("How long?", "Up to **7** days."), Question("क्यों?", "क्योंकि।"))
    shown = render("Intro.\n", questions=listed)
    assert [heading.title for heading in shown.headings] == ["How long?", "क्यों?"]
    assert shown.text == "Intro.\nHow long?\nUp to 7 days.\nक्यों?\nक्योंकि।"


def test_one_article_leaves_nothing_for_the_next() -> None:
    renderer = Renderer((), {})
    first = article("a", body="## Same\n\nText[^1] [x]\n\n[^1]: Note.\n\n[x]: b.md\n\n*[API]: words\n")
    second = article("b", body="## Same\n\nText [x] API\n")
    alone = Renderer((), {}).render(second)
    renderer.render(first)
    assert renderer.render(second) == alone
    assert alone.targets == ()


def test_text_has_one_block_a_line_and_no_marks() -> None:
    shown = render(
        "## Title\n\nOne *two*<br>three &amp; `four`[^1].\n\n- a\n- b\n\n"
        "| c | d |\n|---|---|\n| e | f |\n\n[^1]: Note.\n"
    )
    assert shown.text == "Title\nOne two\nthree & four.\na\nb\n\tc\n\td\n\te\n\tf\nNote."


def test_a_word_stays_a_word_beside_a_footnote() -> None:
    assert render("refund[^1]\n\n[^1]: Note.\n").text.split() == ["refund", "Note."]


def test_numbers_of_lines_are_no_text() -> None:
    body = '``` py title="a.py" linenums="1"\nx = 1\ny = 2\n```\n'
    assert render(body).text == "\ta.py\n\tx = 1\n\ty = 2"
    inline = Renderer([("pymdownx.highlight", {"linenums_style": "inline"})], {})
    assert inline.render(article("a", body=body)).text == "\ta.py\n\tx = 1\n\ty = 2"


def test_boxes_side_by_side_do_not_run_together() -> None:
    assert (
        plain_text("<div>a</div><div>b</div><table><caption>c</caption><tr><td>d</td></tr></table>")
        == "a\nb\n\tc\n\td"
    )


def test_signs_of_html_in_text_come_back() -> None:
    assert plain_text("<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>") == "1 < 2 && 3 > 2"
    assert render('<p title="a > b">x</p>').text == "x"


def test_template_signs_are_text() -> None:
    assert render("{{ config }} {% raw %} ${HOME}\n").text == "{{ config }} {% raw %} ${HOME}"
