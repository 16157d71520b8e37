"""Bad input by its number: Markdown and HTML, 59-87, through the whole program.

As in `test_cases`: what is told lies in one help center, what is accepted in another; what needs a build
of its own has a proof. What is told are errors of a build and warnings of a check, here all from a check.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from kbtool.render.process import Limits
from tests.built import PageReader, repeated_ids, unsafe
from tests.conftest import Kb, Ran
from tests.test_cases import FINDING, OWN, Case, built, fm, heading, put

MOST = 2.0  # seconds of CPU that a build may take for a case, beyond what it takes for any text
TOO_SLOW = f"""\
error[not-rendered]: this cannot be made into a page: it takes more than {Limits().cpu:g} seconds of CPU time
help: split it into several articles, and look for brackets, quotes or lists that are opened again and again
"""
FENCE = "```"


def text(body: str, title: str = "T") -> str:
    """An article with that text."""
    return f"---\ntitle: {title}\n---\n\n{body}\n"


def spent(kb: Kb) -> tuple[Ran, float]:
    """A build, and the seconds of CPU that all its processes took."""
    before = os.times()
    ran = kb.run("build")
    after = os.times()
    return ran, sum(after[2:4]) - sum(before[2:4])


def in_time(body: str) -> Callable[[Kb], None]:
    """Shown, or told to be too slow, as the machine goes; in time, and no other article falls."""

    def proof(kb: Kb) -> None:
        kb.write("articles/en/good.md", text("Good."))
        usual = min(spent(kb.forget())[1] for _ in range(2))
        kb.write("articles/en/slow.md", text(body, "Slow").encode())
        ran, seconds = spent(kb)
        assert seconds - usual < MOST
        assert "Traceback" not in ran.err
        if ran.exit == 0:
            assert heading("Slow") in kb.page("en/slow")
        else:
            assert ran.exit == 1
            assert f"articles/en/slow.md:1: {TOO_SLOW}" in ran.err
            assert ran.err.count("error[") == 1
            assert "en/slow/index.html" not in kb.tree()
            assert heading("T") in kb.page("en/good"), "the last good site stays"

    return proof


def nested(levels: int) -> str:
    return "\n".join(f"{'    ' * level}- x" for level in range(levels))


def addresses_of_translations_are_true(kb: Kb) -> None:
    """Only what is really translated is named to search engines; the fallback says its language."""
    kb.settings(OWN, top="site_url: https://help.example/")
    kb.write("articles/en/a.md", text("Words.")).write("articles/en/b.md", text("Words."))
    kb.write("articles/hi/b.md", text("शब्द।"))
    built(kb)
    for locale in ("en", "hi"):
        assert 'hreflang="hi"' not in kb.page(f"{locale}/a").partition("</head>")[0]
        assert 'hreflang="hi"' in kb.page(f"{locale}/b").partition("</head>")[0]
    assert re.search(r'<div class="kb-text" lang="en"', kb.page("hi/a"))
    assert not re.search(r'<div class="kb-text" lang="en"', kb.page("hi/b"))


NASTY_TITLE = "</script><b>]]> & \"x\" 'y'"


def a_title_is_text_wherever_it_lands(kb: Kb) -> None:
    """In pages, lists, sitemap and search index."""
    kb.settings(OWN, top="site_url: https://help.example/")
    kb.write("articles/en/s/a.md", text("Words.", json.dumps(NASTY_TITLE)))
    kb.write("articles/en/s/b.md", text("[a](a.md)"))
    tree = built(kb)
    for path, data in tree.items():
        if path.endswith(".html"):
            page = PageReader(data.decode())
            assert (unsafe(page), page.crossed) == ([], []), path
            assert b"<b>]]" not in data, path
            assert b"</script><b>" not in data, path
        elif path.endswith(".xml"):
            ET.fromstring(data)  # noqa: S314 - made here
        elif path.endswith(".json"):
            json.loads(data)
    assert heading("&lt;/script&gt;&lt;b&gt;]]&gt; &amp; &#34;x&#34; &#39;y&#39;") in kb.page("en/s/a")
    assert NASTY_TITLE in kb.run("search", "script", "--lang", "en").out


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SVGS = {
    "onload": SVG + '\n onload="alert(1)"/>',
    "script": f"{SVG}>\n<script>alert(1)</script></svg>",
    "prefix": '<s:svg xmlns:s="http://www.w3.org/2000/svg">\n  <s:script href="x.js"/></s:svg>',
    "foreign": f"{SVG}>\n<foreignObject><p>x</p></foreignObject></svg>",
    "href": f'{SVG}>\n<a xlink:href=" java\tscript:alert(1)"><path d="M0"/></a></svg>',
    "animate": f'{SVG}>\n<a><set attributeName="xlink:href" to="x"/></a></svg>',
    "data": f'{SVG}>\n<image href="data:image/svg+xml,x"/></svg>',
    "entity": '<!DOCTYPE svg [\n<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<svg>&x;</svg>',
    "style": f"{SVG}>\n<style>@import 'https://evil.example/x.css';</style></svg>",
    "sheet": f'<?xml-stylesheet href="x.xsl"?>\n{SVG}/>',
    "broken": f"{SVG}>\n<g></svg>",
}
HONEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    f'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n{SVG} viewBox="0 0 9 9">\n'
    '<title>One</title><style>.a{fill:red}</style><a xlink:href="https://help.example/"><path class="a" '
    'style="stroke:none" d="M0 0h9"/></a><image xlink:href="data:image/png;base64,iVBORw0KGgo="/>\n</svg>\n'
)
TURNED = "error[bidi-control]: the character {} makes what follows show in another order than it is written\n"
BDI = "help: delete it; the words of right-to-left languages need none, or write <bdi>…</bdi> around them\n"
SVG_HELP = "help: save it as plain SVG without scripts, or put a PNG of it in its place\n"

CASES = [
    Case(
        59,
        "an article of 50 MB",
        {"en/c59.md": b"x" * 50_000_000},
        """\
articles/en/c59.md: error[unreadable-file]: this file is larger than 1024 KiB
help: split it into several articles
""",
    ),
    Case(60, "20,000 opening brackets", proof=in_time("[" * 20_000), accepted="shown, or told to be slow"),
    Case(61, "4,000 opening tags", proof=in_time("<a " * 4000), accepted="shown as text"),
    Case(62, "a list of 400 levels", proof=in_time(nested(400)), accepted="shown, or told to be slow"),
    Case(63, "a quote of 400 levels", proof=in_time("> " * 400 + "x"), accepted="shown, or told to be slow"),
    Case(
        64,
        "4,000 abbreviations and footnotes",
        proof=in_time(
            "".join(f"*[A{n}]: b\n" for n in range(4000))
            + "\n"
            + " ".join(f"A{n}[^{n}]" for n in range(4000))
            + "\n\n"
            + "".join(f"[^{n}]: c\n" for n in range(4000))
        ),
        accepted="shown, or told to be slow",
    ),
    Case(
        65,
        "a table of 10,000 rows",
        proof=in_time("| a | b | c |\n|---|---|---|\n" + "| cell | other | 3 |\n" * 10_000),
        accepted="shown, unless the machine is slow",
    ),
    Case(
        66,
        "a script",
        good={
            "en/c66.md": text(
                "Before.\n\n<script>alert(1)</script>\n\n<ScRiPt src=//evil.example>x\n\nAfter."
            )
        },
        pages={"en/c66": "<p>Before.</p>"},
        accepted="the script is dropped",
    ),
    Case(
        67,
        "an event handler",
        good={
            "en/c67.md": text("<p onclick=alert(1)>Kept</p>\n\nx <img src=x OnError='alert(1)' alt=pic> y")
        },
        pages={"en/c67": "<p>Kept</p>"},
        accepted="the handler is dropped",
    ),
    Case(
        68,
        "addresses that run something",
        good={
            "en/c68.md": text(
                "[a](javascript:alert(1)) [b](JaVaScRiPt&#58;alert(1)) [c](<java\tscript:alert(1)>) "
                "[d](&#x6A;avascript:alert(1))\n\n"
                "<a href='java\nscript:alert(1)'>e</a> <a href='&#1;javascript&colon;alert(1)'>f</a> "
                "<a href='vbscript:x'>g</a>\n\n[h][i]\n\n[i]: javascript:alert(1)"
            )
        },
        pages={"en/c68": "<a>h</a>"},
        accepted="the words stay, the address is dropped",
    ),
    Case(
        69,
        "pages inside of addresses",
        good={
            "en/c69.md": text(
                "[a](data:text/html,<script>alert(1)</script>) <a href='data:text/html,x'>b</a>"
            )
        },
        pages={"en/c69": "<a>b</a>"},
        accepted="the words stay, the address is dropped",
    ),
    Case(
        70,
        "an SVG that is more than a picture",
        {
            "en/c70.md": text("".join(f"![{name}](c70-{name}.svg)\n" for name in SVGS) + "[z](c70.svgz)"),
            "en/c70.svgz": b"\x1f\x8b",
            **{f"en/c70-{name}.svg": data for name, data in SVGS.items()},
        },
        "".join(
            f"articles/en/c70-{name}.svg:{place}: error[unsafe-file]: this file {what}\n{SVG_HELP}"
            for name, place, what in (
                ("animate", "2:4", "changes xlink:href by <set>"),
                ("broken", "2:6", "is no valid SVG: mismatched tag"),
                ("data", "2:1", "holds an address that runs something, in href="),
                ("entity", "1:15", "declares entities of its own, or names another file with some"),
                ("foreign", "2:1", "holds <foreignObject>"),
                ("href", "2:1", "holds an address that runs something, in xlink:href="),
                ("onload", "1:1", "holds the event handler onload="),
                ("prefix", "2:3", "holds <s:script>"),
                ("script", "2:1", "holds <script>"),
                ("sheet", "1:1", "holds the instruction <?xml-stylesheet?>"),
                ("style", "2:45", "holds a style with @import"),
            )
        )
        + """\
articles/en/c70.svgz: error[unsafe-file]: this is a compressed SVG: nobody sees what is in it
help: save it as .svg
""",
        good={"en/c70.md": text("![One](honest.svg)"), "en/honest.svg": HONEST},
        pages={"en/c70": 'alt="One"'},
    ),
    Case(
        71,
        "frames, forms and a base",
        good={
            "en/c71.md": text(
                "<iframe src='https://evil.example'></iframe>\n<base href='https://evil.example/'>\n"
                "<meta http-equiv=refresh content='0;url=https://evil.example'>\n"
                "<form action='https://evil.example'><input type=password></form>\n\nAfter."
            )
        },
        pages={"en/c71": "<p>After.</p>"},
        accepted="all are dropped",
    ),
    Case(
        72,
        "a style",
        good={
            "en/c72.md": text(
                "<p style='position:fixed'>Kept</p>\n\n<style>body{display:none}</style>\n\nx{ style=a }"
            )
        },
        pages={"en/c72": "<p>Kept</p>"},
        accepted="the style is dropped",
    ),
    Case(
        73,
        "characters that turn the order",
        {
            "en/c73-body.md": text("Open invoice\u202efdp.exe now."),
            "en/c73-entity.md": text("Open a&#x202E;b.\n\n`&#8238;`"),
            "en/c73-title.md": text("Text.", "Re\u2066x"),
            "en/c73-escape.md": text("Text.", '"Re\\u202dx"'),
        },
        "".join(
            f"articles/en/c73-{name}: {TURNED.format(char)}{shown}{BDI}"
            for name, char, shown in (
                ("body.md:5:13", "U+202E", "    5 | Open invoice\ufffdfdp.exe now.\n      |             ^\n"),
                ("entity.md:5:7", "U+202E", "    5 | Open a&#x202E;b.\n      |       ^\n"),
                ("title.md:2:10", "U+2066", "    2 | title: Re\ufffdx\n      |          ^\n"),
            )
        )
        + """\
articles/en/c73-escape.md:2:8: error[bad-metadata]: the character U+202D is not allowed here
    2 | title: "Re\\u202dx"
      |        ^
help: delete it
""",
        good={"hi/c73.md": text("क्\u200dष और र\u200c्य, می\u200cخواهم \u200fא", "क्\u200dष")},
        pages={"hi/c73": "क्\u200dष और र\u200c्य, می\u200cخواهم"},
        accepted="joiners and marks of right-to-left text are letters of their languages",
    ),
    Case(
        74,
        "a space without a width",
        {"en/c74.md": text("Enter SAVE\u200b10 and\u2060 go.")},
        """\
articles/en/c74.md:5:11: warning[zero-width-space]: the character U+200B here cannot be seen (and 1 more)
    5 | Enter SAVE\ufffd10 and\ufffd go.
      |           ^
help: delete it; it often comes with copied text
""",
        good={"en/c74.md": text("ภาษา\u200bไทย ភាសា\u200bខ្មែរ မြန်မာ\u200bစာ")},
        pages={"en/c74": "ภาษา\u200bไทย"},
    ),
    Case(
        75,
        "links that seem to lead elsewhere",
        {
            "en/c75.md": text(
                "[Log in](https://sh\u043ep.example/a)\n\n[https://bank.example](https://other.example/)\n\n"
                "[www.bank.example](https://xn--80ak6aa92e.com/)"
            )
        },
        """\
articles/en/c75.md:5:10: warning[misleading-link]: the address sh\u043ep.example mixes letters \
that look alike; browsers go to xn--shp-ted.example
    5 | [Log in](https://sh\u043ep.example/a)
      |          ^
help: write the words that say where it leads, or correct the address
articles/en/c75.md:7:24: warning[misleading-link]: the words say bank.example, but this leads to other.example
    7 | [https://bank.example](https://other.example/)
      |                        ^
help: write the words that say where it leads, or correct the address
articles/en/c75.md:9:20: warning[misleading-link]: the address аррӏе.com mixes letters \
that look alike; browsers go to xn--80ak6aa92e.com
    9 | [www.bank.example](https://xn--80ak6aa92e.com/)
      |                    ^
help: write the words that say where it leads, or correct the address
""",
        good={"en/c75.md": text("[उदाहरण.भारत](https://उदाहरण.भारत/) [setup.py](https://example.com/x)")},
        pages={"en/c75": ">setup.py</a>"},
    ),
    Case(
        76,
        "addresses that look like paths",
        {"en/c76.md": text("[a](//evil.example/x)\n\n<a href='\\\\evil.example'>b</a>")},
        """\
articles/en/c76.md:5:5: warning[unclear-address]: this links to //evil.example/x, which browsers take \
for another site; the link is left out
    5 | [a](//evil.example/x)
      |     ^
help: write https://evil.example/x
articles/en/c76.md:7:10: warning[unclear-address]: this links to \\\\evil.example, which browsers take \
for another site; the link is left out
    7 | <a href='\\\\evil.example'>b</a>
      |          ^
help: write https://evil.example
""",
        good={
            "en/c76.md": text("[a](//evil.example/x) <a href='\\\\evil.example'>b</a> [c](/\\evil.example)")
        },
        pages={"en/c76": "<p><a>a</a> <a>b</a> <a>c</a></p>"},
    ),
    Case(
        77,
        "the same ids of headings in both languages",
        good={
            "en/c77.md": text("## One { #same }\n\n## Same"),
            "hi/c77.md": text("## एक { #same }\n\n## Same"),
        },
        pages={"en/c77": '<h2 id="same">One', "hi/c77": '<h2 id="same">एक'},
        accepted="they are different pages; on one page the second gets a number",
    ),
    Case(
        78,
        "files that ask to be included",
        {
            "en/c78.md": text('--8<-- "/etc/passwd"'),
            "en/c78-loop.md": text("{! c78-loop.md !}\n\nText."),
        },
        """\
articles/en/c78-loop.md:5:1: warning[not-included]: no file is included here; the line is shown \
as it is written
    5 | {! c78-loop.md !}
      | ^
help: copy the text into the article
articles/en/c78.md:5:1: error[protected-target]: this line asks for /etc/passwd, which is""",
    ),
    Case(
        79,
        "a missing image, a missing heading",
        {"en/c79.md": text("![p](c79.png)\n\n[here](#gone)\n\n## Here")},
        """\
articles/en/c79.md:5:6: warning[missing-image]: the image c79.png does not exist
    5 | ![p](c79.png)
      |      ^
help: put it beside the article or into _assets/, or correct the path
articles/en/c79.md:7:8: warning[broken-anchor]:""",
    ),
    Case(
        80,
        "a missing translation",
        proof=addresses_of_translations_are_true,
        accepted="the source is shown, marked with its language",
    ),
    Case(
        81,
        "template signs",
        good={"en/c81.md": text("{{ 7*7 }} {% raw %} ${HOME} {{ config }}", "'{{ 7*7 }}'")},
        pages={"en/c81": "<p>{{ 7*7 }} {% raw %} ${HOME} {{ config }}</p>"},
        accepted="they are text",
    ),
    Case(
        82,
        "</script> in a title",
        proof=a_title_is_text_wherever_it_lands,
        accepted="it is text, in pages, sitemap and index",
    ),
    Case(
        83,
        "]]> and & in a title",
        good={"en/c83.md": text("Text.", "'A ]]> & B'")},
        pages={"en/c83": heading("A ]]&gt; &amp; B")},
        accepted="they are text; the sitemap holds no titles",
    ),
    Case(
        84,
        "code that is never closed",
        {"en/c84.md": text(f"Run this:\n\n{FENCE}sh\nls\n\nThen go on.")},
        f"""\
articles/en/c84.md:7:1: warning[unclosed-fence]: the block of code opened with {FENCE} here is never closed
    7 | {FENCE}sh
      | ^
help: put a line with {FENCE} alone below the code, indented like this one
""",
        good={"en/c84.md": text(f"- a\n\n    {FENCE}sh\n    ls\n    {FENCE}\n\n~~~~ md\n{FENCE}\n~~~~\n")},
        pages={"en/c84": "<code>"},
    ),
    Case(
        85,
        "an unfinished declaration",
        good={"en/c85.md": text("Before <![ and\n\n<![\n\n<![CDATA[ x\n\n<!DOCTYPE [")},
        pages={"en/c85": "<p>Before &lt;![ and</p>"},
        proof=in_time("<![CDATA[ x\n\n<![" * 4000),
        accepted="shown as text",
    ),
    Case(
        86,
        "English and Hindi in one text",
        good={
            "hi/c86.md": text("## Refund कैसे लें\n\nअपना order number लिखें, फिर **Submit** दबाएँ।", "Refund कैसे लें")
        },
        pages={"hi/c86": '<h2 id="refund-कैसे-लें">Refund कैसे लें'},
        accepted="both are text",
    ),
    Case(
        87,
        "Hindi of an old font, private characters",
        {
            "hi/c87.md": text("पहला।\n\nfgUnh esa vkSj vaxzsth esa fy[kk gSA"),
            "en/c87.md": text("Press \uf020 twice."),
        },
        """\
articles/en/c87.md:5:7: warning[legacy-font]: the character U+F020 is private: only a special font shows it
    5 | Press \ufffd twice.
      |       ^
help: write the letter that it stands for, or use a picture
articles/hi/c87.md:7:1: warning[legacy-font]: this looks like Hindi typed for an old font \
(Kruti Dev or the like)
    7 | fgUnh esa vkSj vaxzsth esa fy[kk gSA
      | ^
help: convert it to Unicode: readers see Latin letters here
""",
        good={"hi/c87.md": text("Aap apna refund kaise le sakte hain? Login karke My Orders kholein.")},
        pages={"hi/c87": "Aap apna refund"},
    ),
]
BESIDE = re.compile(  # what a check says of texts as short as these, whatever else is in them
    r"articles/\S+: (?:warning|info)\[(?:missing-description|missing-translation|duplicate-title"
    r"|untranslated-text|title-from-heading|long-title|readability|not-an-article|broken-link|missing-alt)\]"
)


def named(case: Case) -> str:
    return f"{case.number} {case.what}"


def of(wanted: Callable[[Case], object]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [case for case in CASES if wanted(case)], ids=named)


def test_every_case_is_here_and_says_what_comes_of_it() -> None:
    assert [case.number for case in CASES] == list(range(59, 88))
    for case in CASES:
        assert case.said or case.accepted, case
        assert bool(case.bad) == bool(case.said), case
        assert bool(case.good) == bool(case.pages), case
        assert case.bad or case.good or case.proof, case


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kb, Ran, dict[str, bytes]]:
    """A help center that was built, then got all bad files, and what a check says of them."""
    kb = Kb(tmp_path_factory.mktemp("wrong")).settings()
    kb.write("articles/en/good.md", fm("title: Good"))
    good = built(kb)
    for case in CASES:
        put(kb, case.bad)
    return kb, kb.run("check"), good


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """A help center of all files that are accepted, built."""
    kb = Kb(tmp_path_factory.mktemp("right")).settings()
    for case in CASES:
        put(kb, case.good)
    built(kb)
    return kb


@of(lambda case: case.bad)
def test_what_is_told(wrong: tuple[Kb, Ran, dict[str, bytes]], case: Case) -> None:
    told = wrong[1].out.replace("\n\n", "\n")
    for block in re.split(r"(?m)^(?=articles/)", case.said)[1:]:
        assert block in told


def test_all_is_told_in_one_run_and_nothing_else(wrong: tuple[Kb, Ran, dict[str, bytes]]) -> None:
    kb, ran, good = wrong
    assert ran.exit == 1
    lines = [line for case in CASES for line in case.said.split("\n") if FINDING.match(line)]
    told = [line for line in ran.out.split("\n") if FINDING.match(line) and not BESIDE.match(line)]
    assert len(told) == len(lines)
    assert "Traceback" not in ran.err
    again = kb.run("build")
    assert again.exit == 1
    errors = {line for line in told if ": error[" in line}
    assert {line for line in again.err.split("\n") if ": error[" in line} == errors
    assert kb.tree() == good


@of(lambda case: case.pages)
def test_what_is_accepted(right: Kb, case: Case) -> None:
    for url, part in case.pages.items():
        page = right.page(url)
        assert part is None or part in page
        reader = PageReader(page)
        assert (unsafe(reader), repeated_ids(reader)) == ([], [])
        assert "evil.example" not in "".join(str(tag.attributes) for tag in reader.tags)
        assert "alert(1)" not in "".join(str(tag.attributes) for tag in reader.tags)


@of(lambda case: case.good)
def test_what_is_accepted_is_no_finding_of_its_rule(right: Kb, case: Case) -> None:
    """The right files of a case are not told for what the wrong ones are told for."""
    rules = set(re.findall(r"\[([\w-]+)\]: ", case.said)) - {"unclear-address"}
    told = right.run("check", *(f"articles/{path}" for path in case.good if path.endswith(".md"))).out
    assert not [line for line in told.split("\n") if any(f"[{rule}]" in line for rule in rules)]


@of(lambda case: case.proof)
def test_what_needs_a_build_of_its_own(kb: Kb, case: Case) -> None:
    assert case.proof is not None
    case.proof(kb)
