"""What the rules find in a help center of a few files, in one line."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping

from kbtool.model import Finding
from tests.test_docs import generator

FOUND_IN = generator().found_in


def look(rule: str | Collection[str], files: Mapping[str, str]) -> list[Finding]:
    """The findings of one rule or of several; texts are dedented, one without front matter gets a title."""
    whole = {}
    for path, text in files.items():
        body = textwrap.dedent(text).lstrip("\n")
        name = path.rpartition("/")[2].removesuffix(".md")
        head = f"---\ntitle: {name}\ndescription: About {name}.\n---\n"
        whole[path] = body if body.startswith("---") or not path.endswith(".md") else head + body
    rules = {rule} if isinstance(rule, str) else rule
    return [finding for finding in FOUND_IN(whole) if finding.rule in rules]


def places(findings: list[Finding]) -> list[str]:
    """Where they are, without the folder of articles."""
    return [str(finding.where).removeprefix("articles/") for finding in findings]
