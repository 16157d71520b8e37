"""Workflow commands: one line each, with everything escaped that would end it."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Location
from kbtool.report.checked import Checked
from kbtool.report.github import github_text
from tests.report.findings import ERROR, checked

COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^:]*)::(?P<data>[^\r\n]*)")


def unescaped(text: str, *more: str) -> str:
    pairs = {"%3A": ":", "%2C": ","} if more else {}
    for code, char in {**pairs, "%0A": "\n", "%0D": "\r", "%25": "%"}.items():
        text = text.replace(code, char)
    return text


def test_errors_come_first_and_info_on_demand() -> None:
    assert github_text(checked()).split("\n") == [
        (
            "::error file=articles/hi/धनवापसी%2C नीति.md,line=2,col=8,title=bad-metadata::"
            "the list is 100%25: open%0Ahelp: close it%0Awith ]"
        ),
        "::warning file=articles/en/a b.md,line=7,col=3,title=broken-link::this links to b.md",
    ]
    assert github_text(checked(), verbose=True).split("\n")[2] == (
        "::notice file=articles/en/a.md,title=long-title::this title has 70 letters%0Ahelp: shorten it"
    )


def test_nothing_gives_nothing() -> None:
    assert github_text(Checked(())) == ""


@given(st.text(), st.text(min_size=1))
def test_no_text_breaks_out_of_its_command(message: str, path: str) -> None:
    finding = replace(ERROR, message=message, help="", where=Location(path, 1))
    text = github_text(checked(finding))
    match = COMMAND.fullmatch(text)
    assert match is not None
    assert unescaped(match["data"]) == message
    properties = dict(one.split("=", 1) for one in match["properties"].split(","))
    assert unescaped(properties["file"], "property") == path
