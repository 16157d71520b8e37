"""Random mixes of nasty fragments through the real renderer: what comes out is harmless, and well nested."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.render.markdown import Renderer
from kbtool.render.sanitise import ATTRIBUTES, MARK, SCHEMES, TEXT_TAGS
from tests.built import PageReader
from tests.render.test_sanitise import HOSTILE, MATERIAL
from tests.samples import article

RENDERER = Renderer((), {"note": "Note"})
TAGS = set(TEXT_TAGS.split())
ADDRESSES = {"href", "src", "poster"}
MARKDOWN = [
    "[a](javascript:alert(1))",
    "[a](<java\tscript:alert(1)>)",
    "![a](data:text/html,x)",
    "[a]: vbscript:x\n",
    "<javascript:alert(1)>",
    "[a][a]",
    '{ onclick="alert(1)" style="x" #id .c href=javascript:x }',
    "{: onload=x }",
    '!!! note "<img src=x onerror=x>"\n    ',
    '=== "<script>"\n    ',
    "??? x onclick=y\n    ",
    "``` { .py onclick=x }\n",
    "```\n",
    "`",
    "++<b onclick=x>++",
    ":material-close:",
    "*[<b>]: <script>\n",
    "[^1]",
    "[^1]: <script>\n",
    "| a | <td onclick=x> |\n|---|---|\n",
    '<div markdown="1" onclick="x">\n',
    "</div>",
    "&#106;avascript&colon;",
    "\\",
    "//evil.example",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?php",
    "?>",
    "\u0000",
    MARK + "0" + MARK,
    "\u202e",
    "क्ष",
    "\n",
    "\n\n",
    "    ",
    "> ",
    "- ",
    " ",
    "<",
    ">",
    '"',
    "'",
    "&",
    "=",
]
FRAGMENTS = st.sampled_from([*MARKDOWN, *HOSTILE, *MATERIAL.values()])
TEXTS = st.lists(st.one_of(FRAGMENTS, FRAGMENTS, st.text(max_size=6)), max_size=10).map("".join)


def harmful(html: str) -> list[str]:
    """Tags and attributes that are not known, and addresses that are neither slots nor of known schemes."""
    reader = PageReader(html)
    found = [*reader.crossed]
    for tag in reader.tags:
        known = ATTRIBUTES["*"] | ATTRIBUTES.get(tag.name, set())
        found += [] if tag.name in TAGS else [f"<{tag.name}>"]
        found += [
            f"<{tag.name} {name}>" for name in tag.attributes if name.lower() not in known | {"viewbox"}
        ]
        for name in ADDRESSES & set(tag.attributes):
            address = tag.get(name)
            fine = address.startswith((MARK, "#")) or address.lower().split(":")[0] in SCHEMES
            found += [] if fine else [f"<{tag.name} {name}={address}>"]
    return found


@settings(max_examples=2500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_nothing_harmful_comes_out_of_any_mix(text: str) -> None:
    rendered = RENDERER.render(article("a", body=text))
    assert harmful(rendered.html) == []
    assert rendered.html.count(MARK) == 2 * len(rendered.targets)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.sampled_from(sorted(MATERIAL)))
def test_a_mix_leaves_nothing_for_the_next_article(text: str, name: str) -> None:
    """The markup of Material's extensions stays, whatever was rendered before."""
    RENDERER.render(article("a", body=text))
    alone = article("b", body=MATERIAL[name])
    assert RENDERER.render(alone) == Renderer((), {"note": "Note"}).render(alone)


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p onclick=x>",
        '<a href="javascript:x">',
        '<a href="//evil.example">',
        '<img src="data:image/png,x">',
        '<p style="a">',
        "<blink>",
        "<p><b></p></b>",
    ],
)
def test_the_check_can_fail(html: str) -> None:
    assert harmful(html)
