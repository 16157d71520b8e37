"""Text for agents never reaches the public; the renderer itself says what stands in a box for agents."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.content.audience import agents_problems, for_audience, without_agents_blocks
from kbtool.model import Article, Library, Location, Question, Section
from kbtool.render.markdown import Renderer

TODAY = date(2026, 11, 22)
VOID = {"br", "hr", "img", "input", "col", "wbr", "source", "track"}
WORD = re.compile(r"w\d+z")
INDENTS = ["", "", "", " ", "  ", "    ", "    ", "     ", "        ", "            ", "\t", "\t\t"]
PREFIXES = [
    "",
    "",
    "",
    "",
    "> ",
    ">",
    ">> ",
    "- ",
    "-   ",
    "* ",
    "1. ",
    "3.  ",
    ":   ",
    "[^1]: ",
    "- - ",
    "> - ",
]
PLAIN = [
    "!!! agents",
    "!!!agents",
    "!!! AGENTS",
    "!!! Agents note",
    "!!! note agents",
    '!!! danger agents "{}"',
    '!!! agents ""',
    "??? agents",
    '???+ agents "{}"',
    '??? note agents "{}"',
]
ODD = [
    '??? "{}" agents',
    "!! agents",
    "> [!agents] {}",
    "> [!AGENTS|note]- {}",
    "</div>!!! agents",
    "<p>{}</p> !!! agents",
]
FRAMES = [
    "!!! note",
    '=== "{}"',
    "```",
    "```",
    "~~~",
    "````",
    "```text",
    '```py title="{}"',
    "``` {{ .py }}",
    "```{} a b```",
    "<div markdown>",
    "</div>",
    "<!--",
    "-->",
    "# {}",
    "term{}",
    "| {} | b |",
    "|---|---|",
    "`!!! agents`",
    "",
    "",
    "",
]
OTHER_WAYS = ["{}\n{{ .agents }}", '<div class="admonition agents" markdown>', "- {} {{ .x .agents }}"]
WORDS = ["{}"] * 20


def article(body: str, **more: object) -> Article:
    return replace(Article("a", "en", "A", body, Location("a.md")), **more)  # type: ignore[arg-type]


def public(*articles: Article) -> tuple[Article, ...]:
    return for_audience(Library(("en",), articles), "public", TODAY).articles


@cache
def renderer() -> Renderer:
    return Renderer()


class Boxes(HTMLParser):
    """The text inside elements of the class `agents`."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            classes = (dict(attrs).get("class") or "").lower().split()
            self.open.append("agents" in classes or (bool(self.open) and self.open[-1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1]:
            self.text += data


def boxed_words(body: str) -> set[str]:
    """The words that the renderer puts into boxes for agents."""
    boxes = Boxes()
    boxes.feed(renderer().render(article(body)).html)
    boxes.close()
    return set(WORD.findall(boxes.text))


def public_words(body: str) -> set[str]:
    (shown,) = public(article(body))
    return set(WORD.findall(renderer().render(shown).html))


Line = tuple[str, str, str]


def lines(contents: list[str], prefixes: list[str] = PREFIXES) -> st.SearchStrategy[Line]:
    return st.tuples(st.sampled_from(INDENTS), st.sampled_from(prefixes), st.sampled_from(contents))


def texts(line: st.SearchStrategy[Line]) -> st.SearchStrategy[str]:
    """Texts of lines in which every word is another, so that it tells where it went."""

    def joined(chosen: list[Line]) -> str:
        return "\n".join(
            indent + prefix + content.format(f"w{number}z", "")
            for number, (indent, prefix, content) in enumerate(chosen)
        )

    return st.lists(line, min_size=2, max_size=14).map(joined)


PLAIN_BLOCKS = st.tuples(
    st.sampled_from(["", "", "    ", "\t", "        "]), st.just(""), st.sampled_from(PLAIN)
)


@settings(max_examples=400, deadline=None)
@given(
    texts(PLAIN_BLOCKS | lines(FRAMES + WORDS) | lines(WORDS, [""]))
    | texts(lines(PLAIN + ODD + FRAMES + WORDS + OTHER_WAYS))
)
def test_what_the_renderer_boxes_for_agents_is_hidden_or_refused(body: str) -> None:
    leaked = boxed_words(body) & public_words(body)
    assert not leaked or agents_problems("a.md", body, 1)


PLAIN_TEXTS = [
    "!!! agents\n    secret",
    "!!! agents\n\n    secret\n\n    secret",
    '!!! agents "secret"\n    secret',
    "!!! warning agents\n\tsecret\n\n\tsecret",
    "!!! AGENTS\n    secret",
    "!!!agents\n    secret",
    "!!! agents-only\n    secret",
    "??? agents\n    secret",
    '???+ agents "secret"\n    secret',
    "!!! agents\n  secret",
    "!!! agents\n    ```\n    secret\n    ```\n    secret",
    "!!! note\n    Shown.\n\n    !!! agents\n        secret",
    "!!! note\n    !!! agents\n        secret",
    "!!! agents\n    !!! agents\n\n    secret",
    "- item\n\n    !!! agents\n        secret",
    "- item\n\n    1. one\n\n        !!! agents\n            secret\n\n    2. two",
    '=== "Tab"\n\n    !!! agents\n        secret',
    '<div class="grid" markdown>\n\n!!! agents\n    secret\n\n</div>',
    "``` never closed\n!!! agents\n    secret",
    "```\nnever closed\n\n!!! agents\n    secret",
    "~~~\n!!! agents\n    secret\n\n```\n!!! agents\n    secret\n```",
    "```\ncode\n````\n!!! agents\n    secret\n\n````",
    "    ```\n!!! agents\n    secret\n    ```",
    "    code\n```\n!!! agents\n    secret\n```",
    "Text ```with code``` in it\n!!! agents\n    secret\n```",
]
ODD_TEXTS = [
    "!!  agents\n    secret",
    '!!! note "x" agents\n    secret',
    "  !!! agents\n      secret",
    "- item\n    !!! agents\n        secret",
    "- !!! agents\n        secret",
    "- !!! agents\nsecret\n    - secret",
    "1. !!! agents\n       secret",
    "> !!! agents\n>     secret\n>\n>     secret",
    "> !!! agents\n    secret",
    "term\n:   !!! agents\n        secret",
    "Note.[^1]\n\n[^1]: !!! agents\n        secret",
    "<div>x</div>!!! agents\n    secret",
    "        </div>!!! agents\n\n    secret",
    "!!! agents\n > [!agents] secret\nsecret",
    "!!! agents\n - !!! agents\nsecret\n    - secret",
    "> [!agents] secret\n> secret\nsecret",
]


@pytest.mark.parametrize("block", PLAIN_TEXTS + ODD_TEXTS)
def test_blocks_vanish_however_they_are_written(block: str) -> None:
    (shown,) = public(article(f"Before.\n\n{block}\n\nAfter."))
    assert "secret" not in shown.body
    assert shown.body.startswith("Before.\n")
    assert shown.body.endswith("\nAfter.")
    assert shown.body.count("\n") == block.count("\n") + 4, "line numbers stay"


@pytest.mark.parametrize("block", PLAIN_TEXTS)
def test_blocks_written_plainly_are_accepted(block: str) -> None:
    assert agents_problems("a.md", f"Before.\n\n{block}\n\nAfter.", 1) == []


@pytest.mark.parametrize("block", ODD_TEXTS)
def test_where_the_end_of_a_block_would_be_a_guess_it_is_refused(block: str) -> None:
    found = agents_problems("a.md", f"Before.\n\n{block}\n\nAfter.", 1)
    assert {(f.rule, f.severity) for f in found} == {("agents-block", "error")}


@pytest.mark.parametrize(
    "text",
    [
        "```\n!!! agents\n    shown\n```",
        "~~~~ markdown\n!!! agents\n    shown\n~~~\n!!! agents\n    shown\n~~~~",
        "- item\n\n    ```md\n    !!! agents\n        shown\n    ```",
        "Write `!!! agents` and indent what follows.",
        "```css\nText\n{ .agents }\n```",
        'The list `{ .agents }` and ``class="agents"`` do not hide.',
        "!!! note\n    Our agents answer.",
        '!!! note "For agents"\n    shown',
        "Really?? agents say so.",
        "Talk to our agents!!! They help.",
        "# Agents\n\nshown",
    ],
)
def test_examples_and_the_word_itself_stay(text: str) -> None:
    assert without_agents_blocks(text) == text
    assert agents_problems("a.md", text, 1) == []


@pytest.mark.parametrize("closing", ["", "~~~\n", "``` done\n", "    ```\n"])
def test_a_block_in_a_fence_whose_end_was_forgotten_is_an_error(closing: str) -> None:
    text = f"Hi.\n\n```bash\ncmd\n{closing}\n!!! agents\n    secret\n\nNow:\n\n```\ncmd2\n```\n"
    found = agents_problems("a.md", text, 1)
    assert "secret" not in without_agents_blocks(text) or [f.severity for f in found] == ["error"]
    assert closing or "stands in the code" in found[0].message


@given(texts(lines([frame for frame in FRAMES if "agents" not in frame and frame != "<!--"] + WORDS)))
def test_a_text_without_blocks_is_left_alone(text: str) -> None:
    assert without_agents_blocks(text) == text
    assert agents_problems("a.md", text, 1) == []


def test_only_the_block_goes() -> None:
    text = "One.\n\n!!! agents\n    secret\n\n    secret\nTwo.\n\n    code\n\n!!! note\n    Three."
    assert without_agents_blocks(text) == "One.\n\n\n\n\n\nTwo.\n\n    code\n\n!!! note\n    Three."


@pytest.mark.parametrize(
    ("text", "line", "message", "help"),
    [
        ("!!! agents\nTell them.", 1, "empty", "indent what is for agents by four spaces"),
        ("A.\n\n!!! agents\n\nTell them.", 3, "empty", "four spaces"),
        ("!!! agents\n    Tell\nthem all.", 3, "everybody would see it", "indent it as well"),
        ("!!! agents\n    a b\n1 secret", 3, "everybody would see it", "put an empty line before it"),
        ("!!! agents\n    a b\n- secret", 3, "everybody would see it", "indent it as well"),
        ("!!! agent\n    Tell them.", 1, "unknown kind of block 'agent'", "did you mean 'agents'?"),
        ("A.\n??? note agnets\n    Tell.", 2, "'agnets'", "did you mean 'agents'?"),
        ("Tell them.\n{ .agents }", 2, "does not hide this text", "write it as !!! agents"),
        ('<div class="x agents" markdown>', 1, "does not hide this text", "write it as !!! agents"),
        ("- !!! agents\n        Tell.", 1, "must stand on a line of its own", "indent it by 4 or 8 spaces"),
        ("  !!! agents\n      Tell.", 1, "must stand on a line of its own", "indent it by 4 or 8 spaces"),
        ("- a\n    !!! agents\n        Tell.", 2, "needs an empty line above it", "put an empty line"),
        ("!! agents\n    Tell.", 1, "must stand on a line of its own", "write !!! agents"),
        ("!!! agents\n    <div markdown>\n    Tell.", 2, "may reach out of this block", "without the HTML"),
        ("/// admonition | agents", 1, "does not hide this text", "write it as !!! agents"),
        ("> [!agents]\n> Tell.", 1, "must stand on a line of its own", "write !!! agents"),
    ],
)
def test_what_is_perhaps_for_agents_stops_the_build(text: str, line: int, message: str, help: str) -> None:
    (found,) = agents_problems("a.md", text, 11)
    assert (found.rule, found.severity) == ("agents-block", "error")
    assert found.where == Location("a.md", 10 + line, 1)
    assert found.source_line == text.split("\n")[line - 1]
    assert message in found.message
    assert help in found.help


def test_answers_are_cleaned_together_with_the_body() -> None:
    answer = "```\n!!! agents\n    w1z\n```"
    alone = article("Text.", questions=(Question("Q?", answer),))
    behind = article("Text.\n```", questions=(Question("Q?", answer), Question("R?", "Last.")))
    (kept,) = public(alone)
    assert kept.questions[0].answer == answer
    (cleaned,) = public(behind)
    assert [q.question for q in cleaned.questions] == ["Q?", "R?"]
    assert "w1z" not in renderer().render(cleaned).html
    assert cleaned.questions[1].answer == "Last."


def test_the_public_library_holds_live_public_articles_and_their_sections_only() -> None:
    articles = (
        article("one", id="public", section="a/b"),
        article("two", id="agents", section="c", audience="agents"),
        article("three", id="draft", section="d", status="draft"),
        article("four", id="old", section="e", status="archived"),
        article("five", id="early", section="f", publish_at=date(2026, 11, 23)),
        article("six", id="due", section="g", publish_at=TODAY),
        article("seven", id="expired", section="h", expires_at=TODAY),
        article("!!! agents\n    eight", id="mixed"),
    )
    sections = tuple(Section(path, {}) for path in ("a", "a/b", "c", "d", "e", "f", "g", "h"))
    library = Library(("en",), articles, sections)
    shown = for_audience(library, "public", TODAY)
    assert [a.id for a in shown.articles] == ["public", "due", "mixed"]
    assert [s.path for s in shown.sections] == ["a", "a/b", "g"]
    assert "eight" not in shown.articles[-1].body
    inside = for_audience(library, "agents", TODAY)
    assert [a.id for a in inside.articles] == ["public", "agents", "due", "mixed"]
    assert "eight" in inside.articles[-1].body


def test_hostile_texts_are_read_in_a_moment() -> None:
    for line in (
        ">",
        "!",
        "- ",
        "1) !!! agents\n",
        "> [!agents]\n",
        "[^",
        "{",
        "`",
        'class="',
        "> !!! agents ",
        "<!--",
        "<!-- --!>",
        "<a ",
        "<a '",
        "> [!",
        "{ audience",
        "！",
    ):
        text = line * (200_000 // len(line)) + " agents"
        without_agents_blocks(text)
        agents_problems("a.md", text, 1)


@pytest.mark.parametrize(
    "line", ["!!! एजेंट", '!!! "agents"', "!!!", "!!! note: x", "??? एजेंट", "!!! note “Title”"]
)
def test_a_box_that_the_renderer_would_show_as_text_is_an_error(line: str) -> None:
    (found,) = agents_problems("a.md", f"Before\n\n{line}\n    Secret.\n", 5)
    assert (found.where.line, found.severity) == (7, "error")
    assert "!!! agents" in found.help


@pytest.mark.parametrize(
    "after",
    [
        "# A heading",
        "---",
        "!!! note\n    Text.",
        "??? tip\n    Text.",
        "```\ncode\n```",
        "</div>",
        "<!-- x -->",
    ],
)
def test_what_surely_begins_something_else_may_follow_a_block(after: str) -> None:
    assert agents_problems("a.md", f"!!! agents\n    Tell.\n{after}\n", 1) == []


def test_the_next_item_of_a_list_may_follow_a_block_in_it() -> None:
    assert agents_problems("a.md", "- one\n\n    !!! agents\n        Tell.\n- two\n", 1) == []


@pytest.mark.parametrize(
    "opening",
    [
        "!!! ａｇｅｎｔｓ",
        "！！！ agents",
        "\u200b!!! agents",
        "!!! ag\xadents",
        "!!! аgents",
        "!!! agentꜱ",
        "> [!аgents]",
        r"> \[!agents]",
        "> [!age\u200bnts]",
    ],
)
def test_a_marker_in_other_characters_is_taken_out_and_refused(opening: str) -> None:
    quote = "> " if opening.startswith(">") else "    "
    text = f"{opening}\n{quote}secret"
    assert "secret" not in without_agents_blocks(text)
    found, *_ = agents_problems("a.md", text, 1)
    assert (found.rule, found.severity) == ("agents-block", "error")


@pytest.mark.parametrize("kind", ["agents-only", "agents_only", "note agents_only"])
def test_a_kind_is_for_agents_if_one_of_its_parts_is(kind: str) -> None:
    text = f"!!! {kind}\n    secret"
    assert without_agents_blocks(text) == "\n"
    assert agents_problems("a.md", text, 1) == []


@pytest.mark.parametrize(
    "kind", ["!!! agentsonly", "!!! agent-note", "> [!agent]", "> [!agentsonly]-", "!!! agnts", "!!! аgent"]
)
def test_a_kind_that_is_nearly_the_word_is_an_error(kind: str) -> None:
    (found,) = agents_problems("a.md", f"{kind}\n    Secret.\n", 1)
    assert "did you mean 'agents'?" in found.help


@pytest.mark.parametrize(
    "line",
    [
        "! agents",
        "!agents",
        "Hi. !!! agents secret",
        "| !!! agents secret | x |",
        "Hi.\u2028!!! agents",
        "::: agents",
        "::: {.agents}",
        "<agents>",
        "</agents>",
        "[agents]",
        "<!-- agents -->",
        "<!-- begin agents -->",
        "{: audience=agents }",
        '<div data-audience="agents">',
        "<div hidden>",
        '<p class="a > b" hidden="">',
    ],
)
def test_marks_of_other_tools_that_hide_nothing_are_errors(line: str) -> None:
    (found,) = agents_problems("a.md", f"Before.\n\n{line}\nSecret.\n", 1)
    assert (found.where.line, found.severity) == (3, "error")


@pytest.mark.parametrize(
    "line",
    [
        "![agents](a.png)",
        "[agents](a.md)",
        "[agents]: https://example.com",
        "Write `<div hidden>` or `::: agents`.",
        '<p style="overflow:hidden">',
        '<p aria-hidden="true">',
        '<div role="tabpanel" hidden>',
        "Hidden < agents > here.",
        "Great!!! Agents answer. Or `!!! agents`?",
        "<!-- our agents wrote this -->",
    ],
)
def test_what_only_holds_such_words_is_left_alone(line: str) -> None:
    assert agents_problems("a.md", f"{line}\n", 1) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A.\n\n<!-- secret\n\nBye", 3),
        ("<!-- a -->\n<!-- secret --!>", 2),
        ("<!-- x --!> secret -->", 1),
        ("A\n<!--> secret -->", 2),
        ("<!---> secret -->", 1),
        ("`<!--` is code\n\n<!-- secret", 3),
        ("<!-- a\n\n!!! agents\n    b -->\n\nsecret", 1),
    ],
)
def test_a_comment_that_would_be_shown_is_an_error(text: str, line: int) -> None:
    (found,) = agents_problems("a.md", text, 1)
    assert (found.where.line, found.severity) == (line, "error")
    assert "comment" in found.message


@pytest.mark.parametrize("text", ["<!-- a -->", "`<!--`", "```\n<!--\n```", "<!-- a\n\nb -->", "a --!> b"])
def test_comments_that_are_closed_and_examples_are_left_alone(text: str) -> None:
    assert agents_problems("a.md", text, 1) == []


@pytest.mark.parametrize(
    "kind", ["internal", "private", "staff", "support", "team", "secret", "internal-note", "note team_only"]
)
def test_a_box_that_only_sounds_private_is_an_error(kind: str) -> None:
    (found,) = agents_problems("a.md", f"!!! {kind}\n    Secret.\n", 1)
    assert "did you mean 'agents'?" in found.help


@pytest.mark.parametrize(
    "line",
    [
        "!!! note",
        '!!! tip "शीर्षक"',
        "!!! warning inline end",
        '??? "Only a title"',
        "???+ tip",
        "Really???",
        "!!!!",
    ],
)
def test_boxes_that_are_understood_and_exclamations_are_left_alone(line: str) -> None:
    assert agents_problems("a.md", f"{line}\n    Text.\n", 1) == []
