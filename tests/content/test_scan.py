"""Links and images by their place in Markdown, as the renderer sees them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool import pipeline
from kbtool.config import load
from kbtool.content.scan import Places, masked, place, scan
from kbtool.model import Location, Target
from kbtool.render.markdown import Renderer
from tests.conftest import ROOT
from tests.samples import article

RENDERER = Renderer()
CORPUS = ROOT.parent / "shared" / "corpora" / "arduino-help-center"

TEXTS = [
    "[a](b.md)",
    "[a](<b c.md>)",
    "[a](b c.md)",
    "[a](b(1).md)",
    '[a](b.md "title")',
    "[a](b.md 'ti(t)le')",
    "[a]( b.md )",
    "[a]()",
    "[a](b&amp;c.md)",
    "![a](b.png) and ![](c.png)",
    "[![a](b.png)](c.md)",
    "[a [b] c](d.md)",
    "[ [a](b.md)",
    "[a](b.md)[c](d.md)",
    "[a][b]\n\n[b]: c.md",
    "[a][]\n\n[A]: <c.md> 'x'",
    "[a]\n\n[a]: c.md",
    "![a][b]\n\n[b]: c.png",
    "[unused]: c.md",
    "[a][gone]",
    r"\[a](b.md) and \![c](d.md)",
    "`[a](b.md)` ``[c](`d`.md)`` [e](f.md)",
    "`[a](b.md)\n\n[c](d.md)`",
    "```\n[a](b.md)\n```\n[c](d.md)",
    "~~~ md\n[a](b.md)\n~~~",
    "```\n[a](b.md)\n",
    "Text\n\n    [a](b.md)\n\n[c](d.md)",
    "- item\n\n    [a](b.md)\n\n        [c](d.md)\n",
    "1. item\n\n    ```\n    [a](b.md)\n    ```\n",
    "!!! note\n    [a](b.md)\n\n        [c](d.md)\n",
    '=== "Tab"\n\n    [a](b.md)\n',
    "<!-- [a](b.md) --> [c](d.md)",
    '<a href="b.md">a</a> <img src="c.png"> <IMG alt="" SRC=\'d.png\'>',
    '<video src="a.mp4" poster="b.png" controls><source src="c.mp4"></video>',
    "<div>\n[a](b.md) <a href='c.md'>c</a>\n</div>\n\n[d](e.md)",
    '<div markdown="1">\n[a](b.md)\n</div>',
    "<script>\n'[a](b.md)'\n</script>\n[c](d.md)",
    "> [a](b.md)\n>\n> > ![c](d.png)",
    "| a | b |\n|---|---|\n| [a](b.md) | ![c](d.png) |",
    "## [a](b.md) { #x }",
    "[a](https://x.example/b.md) [b](mailto:c@x.example) [c](//x.example/d) ![d](https://x.example/e.png)",
    "<https://x.example/> text[^1]\n\n[^1]: [a](b.md)",
    "[शीर्षक](धनवापसी.md)",
    "क [क](ख.md) 漢 ![字](図.png)",
]


def rendered(text: str) -> set[Target]:
    return set(RENDERER.render(article("a", body=text)).targets)


@pytest.mark.parametrize("text", TEXTS)
def test_it_finds_what_the_renderer_finds(text: str) -> None:
    assert {one.target for one in scan(text)} == rendered(text)


@pytest.mark.parametrize("text", TEXTS)
def test_the_place_is_where_it_is_written(text: str) -> None:
    for one in scan(text):
        assert text[one.at :].replace("&amp;", "&").startswith(one.target.written)


def test_links_inside_the_article_are_found_too() -> None:
    assert [one.target.written for one in scan("[a](#b) [c](d.md#e)")] == ["#b", "d.md#e"]


def test_the_words_of_images() -> None:
    text = '![a b](1) ![](2) <img src="3"> <img src="4" alt=""> [c](5)'
    assert [one.alt for one in scan(text)] == ["a b", "", "", None, None]


def corpus(settings: Path) -> list[str]:
    config, _ = load(settings, {})
    assert config is not None
    return [one.body for one in pipeline.read(config).library.articles]


def test_on_our_own_help_center() -> None:
    bodies = corpus(ROOT / "mkdocs.yml")
    assert len(bodies) > 20
    for body in bodies:
        found = {one.target for one in scan(body) if not one.target.written.startswith("#")}
        assert found == rendered(body)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
def test_on_articles_of_others() -> None:
    bodies = corpus(ROOT / "bench" / "sites" / "arduino.yml")
    differing = [
        body
        for body in bodies
        if {one.target for one in scan(body) if not one.target.written.startswith("#")} != rendered(body)
    ]
    assert len(bodies) > 400
    assert differing == []


@given(st.text(alphabet="[]()!<>`~\\\"' \n\t:-*#a.=&;/क1"))
def test_it_takes_any_text_and_keeps_every_place(text: str) -> None:
    scan(text)
    assert len(masked(text)) == len(text)
    assert masked(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "[" * 20_000 + "]" * 20_000,
        "[a](" * 20_000,
        "![" * 20_000 + "](a)",
        "<a " * 20_000,
        '<a href="' * 20_000,
        "`" * 50_000,
        "` `` " * 20_000,
        "<!-- " * 20_000,
        "<script>" * 20_000 + "</",
        "<div>\n" * 20_000 + "</",
        "```a\n" * 20_000,
        "[a]: b\n" * 10_000 + "[a]" * 10_000,
        "- " * 20_000 + "[a](b)",
        "    [a](b)\n" * 10_000,
    ],
    ids=range(15),
)
def test_hostile_text_takes_no_long_time(text: str) -> None:
    started = time.process_time()
    scan(text)
    assert time.process_time() - started < 2


def test_a_place_counts_lines_of_the_file() -> None:
    one = article("a", body="x\n[a](b.md) [c](b.md)\n", body_line=5)
    path = "articles/en/a.md"
    assert place(one, 6) == (Location(path, 6, 5), "[a](b.md) [c](b.md)")
    assert place(one, -1) == (Location(path), "")
    places = Places(one)
    found = [places.next(Target("link", "b.md"))[0].column for _ in range(3)]
    assert found == [5, 15, 15]
    assert places.next(Target("link", "other.md")) == (Location(path), "")
