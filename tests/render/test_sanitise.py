"""Harmless HTML: nothing that runs, frames or sends stays; what Material's styles need does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Article, Location, Target
from kbtool.render.extensions import converter
from kbtool.render.markdown import Renderer
from kbtool.render.sanitise import MARK, sanitise, slot
from tests.built import PageReader, Tag, unsafe

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<script/x>alert(1)</script >",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x OnErRoR='alert(1)'>",
    "<img/src=x/onerror=alert(1)>",
    "<p onclick=alert(1)>x</p>",
    "<details open ontoggle=alert(1)>x</details>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href=' javascript&colon;alert(1)'>x</a>",
    "<a href='JaVaScRiPt&#58;alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='\u00a0javascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<img src='javascript:alert(1)'>",
    "<video poster='javascript:alert(1)' src='data:video/mp4,x'></video>",
    "<iframe src='https://evil.example'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='x.swf'></object><embed src='x.swf'>",
    "<form action='https://evil.example'><input type=text name=q><button>x</button></form>",
    "<input type=password name=p><input type=image src=x>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>body{display:none}</style><p style='background:url(https://evil.example)'>x</p>",
    "<svg onload=alert(1)><path d='M0'/></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><use href='https://evil.example/x.svg#a'/></svg>",
    "<svg><animate attributeName=href values='javascript:alert(1)'/></svg>",
    "<svg><foreignObject><iframe src=x></iframe></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<textarea><script>alert(1)</script></textarea>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<a href=x target=_blank ping=https://evil.example>x</a>",
]
PIECES = st.sampled_from(
    [
        *HOSTILE,
        "<",
        ">",
        '"',
        "'",
        "</",
        "<svg>",
        "</svg>",
        "<p ",
        "title='",
        "on",
        "=",
        "<!--",
        "x",
        "style=",
        "<td>",
        MARK,
    ]
)


def fine(reader: PageReader) -> list[str]:
    addresses = [
        f"<{tag.name} {name}={tag.get(name)}>"
        for tag in reader.tags
        for name in ("src", "poster", "srcset", "action", "formaction", "xlink:href", "ping", "target")
        if name in tag.attributes and not tag.get(name).startswith(MARK)
    ]
    tags = [
        f"<{tag.name}>"
        for tag in reader.tags
        if tag.name
        in ("script", "style", "form", "button", "meta", "link", "use", "foreignobject", "textarea")
        or (tag.name == "input" and tag.get("type") not in ("", "radio", "checkbox"))
    ]
    return [*unsafe(reader), *reader.crossed, *addresses, *tags]


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_markup_is_harmless(html: str) -> None:
    before, after = PageReader(html), PageReader(sanitise(html).html)
    assert fine(after) == []
    assert "alert(1)" not in "".join(str(tag.attributes) for tag in after.tags)
    assert after.tags != before.tags or not before.tags


def test_the_check_of_these_tests_can_fail() -> None:
    bad = [html for html in HOSTILE if fine(PageReader(html))]
    assert len(bad) >= 40


@given(st.lists(PIECES, max_size=8).map("".join))
def test_pieces_of_hostile_markup_are_harmless_in_any_order(html: str) -> None:
    assert fine(PageReader(sanitise(html.replace(MARK, "")).html)) == []


@given(st.lists(PIECES, max_size=8).map("".join))
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = sanitise(html.replace(MARK, "")).html
    assert sanitise(once).html.replace(MARK, "") == once.replace(MARK, "")


def test_local_targets_become_slots_in_order_with_repeats() -> None:
    clean = sanitise(
        '<a href="b.md#x">1</a><img src="i.png" alt="i"><a href="b.md#x">2</a>'
        '<video src="v.mp4" poster="p.png"></video><a href="https://example.com">3</a><a href="#top">4</a>'
    )
    assert clean.targets == (
        Target("link", "b.md#x"),
        Target("image", "i.png"),
        Target("link", "b.md#x"),
        Target("file", "v.mp4"),
        Target("file", "p.png"),
    )
    assert clean.html == (
        f'<a href="{slot(0)}">1</a><img src="{slot(1)}" alt="i"><a href="{slot(2)}">2</a>'
        f'<video src="{slot(3)}" poster="{slot(4)}"></video>'
        '<a href="https://example.com">3</a><a href="#top">4</a>'
    )


@pytest.mark.parametrize(
    "address",
    ["https://example.com/a?b=1#c", "http://example.com", "mailto:a@example.com", "tel:+911", "sms:1"],
)
def test_addresses_of_the_web_mail_and_telephone_stay(address: str) -> None:
    assert sanitise(f'<a href="{address}">x</a>') == (f'<a href="{address}">x</a>', ())


MATERIAL = {
    "admonition": '!!! note "Title"\n    Text.\n\n!!! warning inline end\n    Text.\n',
    "details": '??? tip\n    Text.\n\n???+ note "Open"\n    Text.\n',
    "tabs": '=== "A"\n    a\n\n=== "B"\n    b\n',
    "task list": "- [x] done\n- [ ] open\n",
    "footnotes": "Text[^1] and[^1].\n\n[^1]: Note.\n",
    "code": '``` py title="a.py" linenums="1" hl_lines="2"\nx = 1\ny = 2\n```\n\n`#!py print(1)`\n',
    "keys": "++ctrl+alt+del++\n",
    "icon": ":material-close: :smile:\n",
    "marks": "==a== ^^b^^ ~~c~~ H~2~O x^2^\n\n*[HTML]: Hyper\n\nHTML\n",
    "lists": "3. three\n4. four\n\nTerm\n:   Definition\n",
    "headings": "## One { #own .kb }\n\n### दो\n",
    "raw": '<figure markdown="span">\n![a](i.png){ width=20 }\n<figcaption>c</figcaption>\n</figure>\n',
}


def plain_tags(html: str) -> list[Tag]:
    """Tags without what may differ: targets, values of switches, `tbody`, the name space of an SVG."""
    loose = {"checked": "", "disabled": "", "open": ""}
    return [
        Tag(tag.name, {k: loose.get(k, v) for k, v in tag.attributes.items() if k not in ("src", "xmlns")})
        for tag in PageReader(html).tags
        if tag.name != "tbody"
    ]


@pytest.mark.parametrize("name", MATERIAL)
def test_the_markup_of_materials_styles_stays(name: str) -> None:
    html = converter((), {"note": "Note"}).convert(MATERIAL[name])
    assert plain_tags(html)
    assert plain_tags(sanitise(html).html) == plain_tags(html)


def test_aligned_cells_get_a_class_and_no_style() -> None:
    html = sanitise(converter((), {}).convert("| a | b | c |\n|:-:|--:|:--|\n| 1 | 2 | 3 |\n")).html
    classes = [tag.get("class") for tag in PageReader(html).tags if tag.name in ("th", "td")]
    assert classes == ["kb-center", "kb-right", "kb-left"] * 2
    assert "align" not in html
    assert "style" not in html


def test_line_numbers_inside_of_code_stay() -> None:
    html = converter([("pymdownx.highlight", {"linenums_style": "pymdownx-inline"})], {}).convert(
        '``` py linenums="7"\nx\n```\n'
    )
    assert 'data-linenos="7 "' in sanitise(html).html


@pytest.mark.parametrize("mark", ["&#xE000;", "&#57344;", "&#x00e000;", "&#xE000", "&#057344;", "\ue000"])
def test_no_slot_can_be_forged(mark: str) -> None:
    body = f'## x {mark}0{mark}\n\n{mark}9{mark} <a title="{mark}0{mark}" href="b.md">b</a>'
    article = Article("a", "en", "A", body, Location("a.md"))
    found = Renderer().render(article)
    assert found.html.count("\ue000") == 2
    assert len(found.targets) == 1
    assert "\ue000" not in found.text + "".join(heading.id + heading.title for heading in found.headings)


@pytest.mark.parametrize("reference", ["&#2;", "&#x202e;", "&#8238;", "&#x2066;", "&#127;"])
def test_characters_that_nobody_sees_do_not_come_in_as_references(reference: str) -> None:
    assert sanitise(f'<p title="a{reference}b">a{reference}b</p>').html == '<p title="ab">ab</p>'


@pytest.mark.parametrize(
    "reference", ["&#x200d;", "&#8205;", "&#233;", "&#x1F600;", "&#99999999;", "&amp;#xE000;"]
)
def test_other_references_stay(reference: str) -> None:
    assert sanitise(f"<p>a{reference}b</p>").html not in ("<p>ab</p>", "")


def test_a_heading_with_an_odd_id_is_not_among_the_contents() -> None:
    article = Article("a", "en", "A", '## x {#"><b>}\n\n## y\n', Location("a.md"))
    assert [heading.title for heading in Renderer().render(article).headings] == ["y"]


def test_lines_of_code_are_no_links_without_a_text() -> None:
    line = '<a id="__codelineno-0-1" name="__codelineno-0-1" href="#__codelineno-0-1"></a>print()'
    numbered = f'<span class="linenos">1</span>{line}'
    assert sanitise(numbered).html == numbered.replace(' href="#__codelineno-0-1"', "")
    assert sanitise(line).html == "print()", "without numbers nobody finds them"
    number = '<a href="#__codelineno-0-1">1</a>'
    assert sanitise(number).html == number
