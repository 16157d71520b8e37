"""The words of an article's Markdown, near enough for counting and comparing: nothing is rendered."""

from __future__ import annotations

import re

FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
IMAGE_OR_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
REFERENCE = re.compile(r"^[ \t]*\[[^\]]+\]:.*$", re.MULTILINE)
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}")
ADMONITION = re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?|===)[ \t]*(?:[\w-]+)?", re.MULTILINE)
MARKS = re.compile(r"[*_`#>|~]+")


def plain(markdown: str) -> str:
    """The text without what only marks it up; links leave their words."""
    text = TAG.sub(" ", REFERENCE.sub(" ", FENCE.sub("", markdown)))
    text = IMAGE_OR_LINK.sub(r"\1", text)
    return MARKS.sub(" ", ADMONITION.sub("", ATTRIBUTES.sub(" ", text)))
