"""An FAQ page in parts: what comes before the first question, and each question with its answer."""

from __future__ import annotations

import re
from typing import NamedTuple

QUESTION = re.compile(r'<h2(?: [\w-]+="[^"]*")*? id="(?P<id>[^"]*)"[^>]*>(?P<text>.*?)</h2>', re.DOTALL)
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^>]*>")
VOID = {"br", "col", "hr", "img", "input", "source", "track", "wbr"}
HEADING_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


class QuestionAndAnswer(NamedTuple):
    """One question: its id for deep links, its words and its answer as HTML."""

    id: str
    question: str
    answer: str


def questions(html: str) -> tuple[str, list[QuestionAndAnswer]]:
    """The introduction, and the questions: every level-2 heading with what follows it.

    A heading inside a box or a quotation is part of an answer.
    """
    outermost = _outermost(html)
    found = [match for match in QUESTION.finditer(html) if match.start() in outermost]
    if not found:
        return html, []
    ends = [match.start() for match in found[1:]] + [len(html)]
    listed = [
        QuestionAndAnswer(
            match["id"], HEADING_LINK.sub("", match["text"]).strip(), html[match.end() : end].strip()
        )
        for match, end in zip(found, ends, strict=True)
    ]
    return html[: found[0].start()].strip(), listed


def _outermost(html: str) -> set[int]:
    """Where the tags stand that are inside no other."""
    places: set[int] = set()
    depth = 0
    for tag in TAG.finditer(html):
        if tag["name"] in VOID:
            continue
        if tag["end"]:
            depth -= 1
            continue
        if depth == 0:
            places.add(tag.start())
        depth += 1
    return places
