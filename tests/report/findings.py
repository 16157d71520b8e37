"""A few findings for the tests of the formats."""

from __future__ import annotations

from kbtool.model import Finding, Location
from kbtool.report.checked import Checked, fingerprinted

HINDI = "articles/hi/धनवापसी, नीति.md"
ERROR = Finding(
    "bad-metadata", "error", Location(HINDI, 2, 8), "the list is 100%: open", "close it\nwith ]", "x: ["
)
WARNING = Finding("broken-link", "warning", Location("articles/en/a b.md", 7, 3), "this links to b.md", "")
INFO = Finding("long-title", "info", Location("articles/en/a.md"), "this title has 70 letters", "shorten it")


def checked(*findings: Finding, suppressed: int = 0) -> Checked:
    return Checked(tuple(fingerprinted(findings or (WARNING, ERROR, INFO), "")), 3, suppressed)
