"""The agents' query language: words, "phrases", title:, AND, OR, NOT and parentheses.

Parts side by side must all match, as with AND. Our own small parser stands in front of Whoosh: it never
fails on odd input (what is no operator is a word), and it limits length, number of terms and nesting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbtool.errors import QueryError

MOST_CHARACTERS = 512
MOST_TERMS = 32
DEEPEST = 8
FIELDS = ("title",)
TOKEN = re.compile(r'"([^"]*)"|([()])|([^\s()"]+)')
ADVANCED = re.compile(r'"[^"]+"|(?:^|[\s(])(?:AND|OR|NOT)(?=[\s(])|(?:^|[\s(])title:\S')


@dataclass(frozen=True)
class Words:
    """Words that must all occur, in any order and inflection."""

    text: str
    field: str = ""


@dataclass(frozen=True)
class Phrase:
    """Words that must stand side by side, in this order."""

    text: str
    field: str = ""


@dataclass(frozen=True)
class Both:
    """All parts must match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    """One part must match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Without:
    """The part must not match."""

    part: Node


Node = Words | Phrase | Both | Either | Without


def is_advanced(text: str) -> bool:
    """Whether a query uses the language; otherwise it is plain words for the one ranking."""
    return ADVANCED.search(text) is not None


def parse_query(text: str) -> Node:
    """The query as a tree."""
    if len(text) > MOST_CHARACTERS:
        raise QueryError(
            f"this query has {len(text)} characters; {MOST_CHARACTERS} are read",
            "use the words that matter most",
        )
    tokens = [(match[1], match[2] or match[3] or "") for match in TOKEN.finditer(text)]
    if len(tokens) > MOST_TERMS:
        raise QueryError(
            f"this query has {len(tokens)} terms; {MOST_TERMS} are read", "use the words that matter most"
        )
    parser = _Parser(tokens)
    parts = [parser.either(0)]
    while parser.skip_closing():
        parts.append(parser.either(0))
    return parts[0] if len(parts) == 1 else Both(tuple(parts))


def positive_words(node: Node) -> str:
    """All words that are asked for, for the ranking; what NOT excludes is left out."""
    if isinstance(node, Words | Phrase):
        return node.text
    if isinstance(node, Without):
        return ""
    return " ".join(filter(None, map(positive_words, node.parts)))


class _Parser:
    """Recursive descent; a parenthesis too many is ignored, one too few is closed at the end."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ")"

    def skip_closing(self) -> bool:
        """Step over a parenthesis too many; whether anything is left to read."""
        self._at += 1
        return self._at < len(self._tokens)

    def either(self, depth: int) -> Node:
        """Parts with OR between them."""
        if depth > DEEPEST:
            raise QueryError(f"parentheses are nested more than {DEEPEST} deep", "write the query flatter")
        parts = [self._both(depth)]
        while self._peek() == "OR":
            self._at += 1
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self, depth: int) -> Node:
        parts: list[Node] = []
        while self._at < len(self._tokens) and self._peek() not in (")", "OR"):
            if self._peek() == "AND":
                self._at += 1
                continue
            parts.append(self._one(depth))
        if not parts:
            return Words("")
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _one(self, depth: int) -> Node:
        phrase, word = self._tokens[self._at]
        self._at += 1
        if phrase:
            return Phrase(phrase)
        if word == "NOT" and self._at < len(self._tokens) and self._peek() not in (")", "OR", "AND"):
            return Without(self._one(depth + 1))
        if word == "(":
            inner = self.either(depth + 1)
            self._at += 1
            return inner
        return self._field(word)

    def _field(self, word: str) -> Node:
        name, colon, rest = word.partition(":")
        if not colon or name not in FIELDS:
            return Words(word)
        if rest:
            return Words(rest, name)
        if self._at < len(self._tokens):
            phrase, _ = self._tokens[self._at]
            if phrase:
                self._at += 1
                return Phrase(phrase, name)
        return Words(word)
