"""The parts of an article that are translated one by one, and a digest of each."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kbtool.content.fences import fenced_lines
from kbtool.lang.slugs import slugify
from kbtool.model import Article

HEADING = re.compile(r"##[ \t]+(?P<title>.+?)[ \t]*#*[ \t]*(?:\{(?:[^{}]*)\})?[ \t]*\Z")
TITLE, TOP = "title", "top"
DIGITS = 12


def parts(article: Article) -> dict[str, str]:
    """The texts of an article by name: `title` (with the description), `top`, then one per `##` heading.

    Questions of an FAQ in the front matter are parts of their own. A name that comes twice gets a
    number, so that every part has one.
    """
    found = {TITLE: f"{article.title}\n{article.description}", TOP: ""}
    name = TOP
    lines = article.body.expandtabs(4).split("\n")
    code = fenced_lines(lines)
    for number, line in enumerate(lines):
        match = None if number in code else HEADING.match(line)
        if match:
            name = _free(slugify(match["title"]) or "part", found)
            found[name] = ""
        found[name] += line + "\n"
    for question in article.questions:
        name = _free(slugify(question.question) or "question", found)
        found[name] = f"{question.question}\n{question.answer}"
    return found


def digests(article: Article) -> dict[str, str]:
    """A digest of each part. Spaces, line ends and the writing of one character do not count."""
    return {
        name: hashlib.sha256(" ".join(unicodedata.normalize("NFC", text).split()).encode()).hexdigest()[
            :DIGITS
        ]
        for name, text in parts(article).items()
    }


def _free(name: str, taken: dict[str, str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free
