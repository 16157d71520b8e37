"""What is found in SVG files, and that honest ones pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.content.svg import svg_problem
from tests.conftest import ROOT

BAD = [
    '<svg ONLOAD="x"/>',
    "<svg><SCRIPT/></svg>",
    '<svg><a href="&#106;avascript:x"/></svg>',
    '<svg><a href="java&#10;script:x"/></svg>',
    '<svg><a xlink:href="data:text/html,x" xmlns:xlink="x"/></svg>',
    '<svg><use href="data:image/svg+xml;base64,x"/></svg>',
    '<svg><animate attributeName="href" values="#a;javascript:x"/></svg>',
    '<svg><animate attributeName="fill" to="javascript:x"/></svg>',
    '<svg><set attributeName="onclick" to="x"/></svg>',
    '<svg><style>a{b:url(x)} @IMPORT "x";</style></svg>',
    '<svg><g style="x:expression (1)"/></svg>',
    '<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd"><svg/>',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
    "<svg><![CDATA[x]]>",
    "<svg/><script/>",
    "",
    "\x00",
]
GOOD = [
    "<svg/>",
    "<svg><!-- <script> --><title>on &lt;script&gt; javascript:</title></svg>",
    "<svg><![CDATA[<script>x</script>]]></svg>",
    '<svg><use href="#a"/><a href="https://help.example/on?data:x">x</a></svg>',
    '<svg><image href="data:image/jpeg;base64,x"/><animate attributeName="d" values="M0;M9"/></svg>',
]


@pytest.mark.parametrize("data", BAD)
def test_what_is_no_picture_is_told(data: str) -> None:
    found = svg_problem(Path("a.SVG"), data.encode())
    assert found is not None
    assert (found.rule, found.severity) == ("unsafe-file", "error")
    assert found.help
    assert found.where.line


@pytest.mark.parametrize("data", GOOD)
def test_pictures_pass(data: str) -> None:
    assert svg_problem(Path("a.svg"), data.encode()) is None
    assert svg_problem(Path("a.svg"), data.encode("utf-16")) is None


def test_an_entity_bomb_costs_nothing() -> None:
    lines = ['<!ENTITY a0 "x">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 12)]
    found = svg_problem(Path("a.svg"), f"<!DOCTYPE svg [{''.join(lines)}]><svg>&a11;</svg>".encode())
    assert found is not None
    assert "entities" in found.message


def test_other_files_are_not_looked_into() -> None:
    assert svg_problem(Path("a.png"), b"<svg onload='x'/>") is None
    assert svg_problem(Path("a.svgz"), b"\x1f\x8b") is not None


def test_the_pictures_of_this_project_pass() -> None:
    files = [path for folder in ("articles", "theme") for path in (ROOT / folder).rglob("*.svg")]
    assert [path for path in files if svg_problem(path, path.read_bytes())] == []
