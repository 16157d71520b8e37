"""A translation that still holds the text of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.checks.base import Rule, Subject
from kbtool.content.scan import masked
from kbtool.lang.locales import script
from kbtool.model import Article, Finding, Location

# Markup, addresses and names of files are the same in every language.
NO_WORDS = re.compile(
    r"<[^<>]*>|\]\([^()]*\)|\]\[[^\]]*\]|\{[^{}]*\}|&\w+;|^\[[^\]]+\]:.*"
    r"|(?<![^\s(\[])[^\s@/\\_=\[\]()]*[@/\\_=][^\s\[\]()]*|(?<![\w-])[\w-]+\.\w{2,4}\b",
    re.MULTILINE,
)
BLOCK = re.compile(r"\S[^\n]*(?:\n(?![ \t]*(?:\n|\Z))[^\n]*)*")
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0eff\u200c\u200d"
WORD = re.compile(rf"[^\W\d_][^\W\d_{MARKS}]*(?:[{MARKS}]+[^\W\d_]*)*(?:['’-][^\W\d_]+)*")
LATIN = re.compile(r"[a-z\u00df-\u024f]+(?:['’-][a-z]+)*")  # small letters: a capital starts a name
TWO_SCRIPTS = ("iu", "kk", "sr")  # Latin letters as well, unless the tag names the script
SHORTEST = 5  # words; what is shorter may be a name, a heading or a quotation
LEAST_WORDS, LEAST_SHARE, FOREIGN = 20, 0.15, 0.8


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or list of a text: its words, and where it starts in the body."""

    words: tuple[str, ...]
    at: int


def blocks(body: str) -> list[Block]:
    """The blocks of a text with their words; code, addresses and markup are left out."""
    text = NO_WORDS.sub(lambda match: " " * len(match[0]), masked(body))
    return [Block(tuple(WORD.findall(match[0])), match.start()) for match in BLOCK.finditer(text)]


def check(subject: Subject) -> Iterator[Finding]:
    """Every translation, against its source."""
    scripts = {
        locale: "Latn" if locale in TWO_SCRIPTS else script(locale) for locale in subject.library.locales
    }
    known: dict[str, set[tuple[str, ...]]] = {}
    for article, source in subject.translations():
        latin = scripts[source.locale] == "Latn" and scripts[article.locale] != "Latn"
        own = blocks(article.body)
        if source.where.path not in known:
            known[source.where.path] = {b.words for b in blocks(source.body) if len(b.words) >= SHORTEST}
        same = known[source.where.path]
        left = [block for block in own if block.words in same or (latin and _is_foreign(block))]
        words, count = sum(len(block.words) for block in own), sum(len(block.words) for block in left)
        if count >= min(LEAST_WORDS, words) and count >= LEAST_SHARE * words and left:
            yield _finding(article, source, left[0], round(100 * count / words))


def _is_foreign(block: Block) -> bool:
    """Whether nearly all its words are small Latin letters, in a text of another script."""
    foreign = sum(bool(LATIN.fullmatch(word)) for word in block.words)
    return foreign >= SHORTEST and foreign >= FOREIGN * len(block.words)


def _finding(article: Article, source: Article, first: Block, share: int) -> Finding:
    number = article.body.count("\n", 0, first.at)
    where = Location(article.where.path, article.body_line + number, 1)
    message = f"{share} % of this translation are still the text of the source, from here on"
    help = f"translate it from {source.locale}, or delete the file: readers then see the source with a notice"
    return RULE.finding(where, message, help, article.body.split("\n")[number], source.where.path)


SOURCE = """\
---
title: Returns
description: How to send something back.
---

Put the things into the old box and close it with strong tape. Then write the number of your order on it.
"""
RULE = Rule(
    id="untranslated-text",
    severity="warning",
    summary="A translation still holds text of its source article.",
    why="The page says that it is in the reader's language, and is not; without the file, readers would "
    "at least "
    "get the source with a notice. Counted are paragraphs that are the same as in the source, and, where the "
    f"translation has another script, paragraphs in Latin letters; from {LEAST_SHARE:.0%} of the words on. "
    "Code, addresses, names with a capital letter and blocks of less than "
    f"{SHORTEST} words do not count.",
    bad={
        "articles/en/orders/returns.md": SOURCE,
        "articles/hi/orders/returns.md": "---\ntitle: सामान लौटाना\ndescription: सामान कैसे लौटाएँ।\n---\n\n"
        + SOURCE.rpartition("\n\n")[2],
    },
    good={
        "articles/en/orders/returns.md": SOURCE,
        "articles/hi/orders/returns.md": "---\ntitle: सामान लौटाना\ndescription: सामान कैसे लौटाएँ।\n---\n\n"
        "सामान पुराने डिब्बे में रखें और उसे मज़बूत टेप से बंद करें। फिर उस पर अपना ऑर्डर नंबर लिखें।\n",
    },
    mend="Translate the rest, or set `status: draft` until it is done.",
    check=check,
)
