"""An FAQ page in parts."""

from __future__ import annotations

from kbtool.site.faq import questions

MARK = '<a class="headerlink" href="#a" title="Link">#</a>'


def test_questions_are_the_level_two_headings_with_what_follows() -> None:
    intro, listed = questions(
        f'<p>Intro.</p>\n<h2 id="a">How <em>long</em>?{MARK}</h2>\n<p>A week.</p>\n<h3 id="x">More</h3>\n'
        '<h2 class="q" id="धनवापसी">धनवापसी?</h2>\n<p>हाँ।</p>'
    )
    assert intro == "<p>Intro.</p>"
    assert [(q.id, q.question, q.answer) for q in listed] == [
        ("a", "How <em>long</em>?", '<p>A week.</p>\n<h3 id="x">More</h3>'),
        ("धनवापसी", "धनवापसी?", "<p>हाँ।</p>"),
    ]


def test_without_a_heading_all_is_introduction() -> None:
    assert questions("<p>Text.</p>") == ("<p>Text.</p>", [])


def test_a_heading_inside_a_box_belongs_to_the_answer() -> None:
    box = '<div class="admonition note">\n<h2 id="b">Inside</h2>\n<p>x<br>y<img src="i.png"></p>\n</div>'
    intro, listed = questions(f'<h2 id="a">One</h2>\n{box}\n<h2 id="c">Two</h2>\n<p>End.</p>')
    assert intro == ""
    assert [(q.id, q.answer) for q in listed] == [("a", box), ("c", "<p>End.</p>")]


def test_a_box_before_the_first_question_stays_whole() -> None:
    box = '<blockquote>\n<h2 id="b">Inside</h2>\n</blockquote>'
    intro, listed = questions(f'{box}\n<h2 id="a">One</h2>\n<p>1</p>')
    assert intro == box
    assert [q.id for q in listed] == ["a"]
