"""The agents' query language: words, "phrases", prefixes*, filters, AND, OR, NOT and parentheses.

Our own small parser stands in front of everything: it never fails on odd input (what is no operator is a
word), and it limits length, number of terms and nesting. docs/reference/query-language.md is its reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kbtool.errors import QueryError

MOST_CHARACTERS = 512
MOST_TERMS = 32
PHRASE_WORDS = 10  # of a phrase that are looked for
DEEPEST = 8
SHORTEST_PREFIX = 2
FILTERS = (
    "id",
    "type",
    "section",
    "tag",
    "topic",
    "product",
    "owner",
    "lang",
    "audience",
    "status",
    "reviewed",
    "stale",
)
FIELDS = ("title", "like", *FILTERS)
FIELD = re.compile(rf"({'|'.join(FIELDS)}):(?=[^\s()])")
WORD = re.compile(r'[^\s()"]+')
EXCLUDED = re.compile(r"[^\s()\-]{3}")  # options of commands such as -v are words
WILD = re.compile(r"[*?]+")


@dataclass(frozen=True)
class Words:
    """Words that must all occur, in any order and inflection."""

    text: str
    field: Literal["", "title"] = ""


@dataclass(frozen=True)
class Phrase:
    """Words that must stand side by side, in this order."""

    text: str
    field: Literal["", "title"] = ""


@dataclass(frozen=True)
class Prefix:
    """A word that begins like this."""

    text: str
    field: Literal["", "title"] = ""


@dataclass(frozen=True)
class Filter:
    """A condition on the metadata: `name` is one of `FILTERS`. Of a range, `value` is what stands in it."""

    name: str
    value: str
    is_range: bool = False


@dataclass(frozen=True)
class Like:
    """Articles that are like the one with this id."""

    id: str


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


Leaf = Words | Phrase | Prefix | Filter | Like
Node = Leaf | Both | Either | Without


@dataclass(frozen=True)
class Parsed:
    """A query: what must hold (None: nothing), and the words that rank what is left.

    `plain` says that any of the words will do, misspelt ones too; else all must be found, as `node` says.
    """

    node: Node | None
    words: str
    plain: bool


def parse(text: str) -> Parsed:
    """The query, understood. Raises QueryError for one that is too much."""
    tokens = list(_tokens(text[: MOST_CHARACTERS + 1]))
    parser = _Parser(tokens)
    if not parser.is_advanced:
        return Parsed(None, text, plain=True)
    if len(text) > MOST_CHARACTERS:
        raise QueryError(
            f"this query has {len(text)} characters; {MOST_CHARACTERS} are read",
            "use the words that matter most",
        )
    if len(tokens) > MOST_TERMS:
        raise QueryError(
            f"this query has {len(tokens)} terms; {MOST_TERMS} are read", "use the words that matter most"
        )
    node = parser.parse()
    parts = node.parts if isinstance(node, Both) else (node,)
    filters = tuple(part for part in parts if is_filter(part))
    others = tuple(part for part in parts if not is_filter(part))
    if not parser.has_and and all(isinstance(part, Words) and not part.field for part in others):
        return Parsed(_joined(filters), positive_words(Both(others)), plain=True)
    return Parsed(node, positive_words(node), plain=False)


def _joined(parts: tuple[Node, ...]) -> Node | None:
    return parts[0] if len(parts) == 1 else Both(parts) if parts else None


def is_filter(node: Node) -> bool:
    """Whether a part asks for metadata alone."""
    if isinstance(node, Without):
        return is_filter(node.part)
    if isinstance(node, Both | Either):
        return all(map(is_filter, node.parts))
    return isinstance(node, Filter)


def leaves(node: Node | None) -> Iterator[Leaf]:
    """All conditions of a query, in order."""
    if isinstance(node, Without):
        yield from leaves(node.part)
    elif isinstance(node, Both | Either):
        for part in node.parts:
            yield from leaves(part)
    elif node is not None:
        yield node


def positive_words(node: Node) -> str:
    """All words that are asked for, for the ranking; what NOT excludes is left out."""
    if isinstance(node, Words | Phrase | Prefix):
        return node.text
    if isinstance(node, Both | Either):
        return " ".join(filter(None, map(positive_words, node.parts)))
    return ""


Token = Leaf | Literal["(", ")", "AND", "OR", "NOT"]


def _tokens(text: str) -> Iterator[Token]:
    """What a query consists of; a quotation mark or a bracket without a partner is no sign."""
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace():
            at += 1
        elif char in "()":
            yield "(" if char == "(" else ")"
            at += 1
        elif char == "-" and (at == 0 or text[at - 1] in " (") and EXCLUDED.match(text, at + 1):
            yield "NOT"
            at += 1
        else:
            field = FIELD.match(text, at)
            start = field.end() if field else at
            value, end, kind = _value(text, start)
            at = end
            yield from _leaf(field[1] if field else "", value, kind)


def _value(text: str, at: int) -> tuple[str, int, str]:
    """What stands at a place: its text, where it ends, and whether it is a word, a phrase or a range."""
    close = {'"': '"', "[": "]"}.get(text[at], "")
    end = text.find(close, at + 1) if close else -1
    if end > at and (close == '"' or text[at - 1 : at] == ":"):
        return text[at + 1 : end], end + 1, "phrase" if close == '"' else "range"
    word = WORD.match(text, at)
    return (word[0], word.end(), "word") if word else ("", at + 1, "word")


def _leaf(field: str, value: str, kind: str) -> Iterator[Token]:
    if not value.strip() and kind != "range":
        return
    if field == "like":
        yield Like(value)
    elif field and field != "title":
        yield Filter(field, value, kind == "range")
    elif kind == "phrase":
        yield Phrase(value, "title" if field else "")
    elif not field and value in ("AND", "OR", "NOT"):
        yield value  # type: ignore[misc]
    else:
        begun = value[:-1]
        if value.endswith("*") and len(begun) >= SHORTEST_PREFIX and not WILD.search(begun):
            yield Prefix(begun, "title" if field else "")
        elif text := WILD.sub(" ", value).strip():
            yield Words(text, "title" if field else "")


class _Parser:
    """Recursive descent; a parenthesis too many is ignored, one too few is closed at the end."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        last = len(tokens) - 1
        # An operator without a part beside it is a word that somebody wrote in capitals.
        self.has_and = any(sign == "AND" and 0 < at < last for at, sign in enumerate(tokens))
        self.is_advanced = self.has_and or any(
            (sign == "OR" and 0 < at < last)
            or (sign == "NOT" and at < last)
            or isinstance(sign, Phrase | Prefix | Filter | Like)
            or (isinstance(sign, Words) and bool(sign.field))
            for at, sign in enumerate(tokens)
        )

    def parse(self) -> Node:
        """The whole query."""
        parts = [self._either(0)]
        while self._at < len(self._tokens):
            self._at += 1  # a parenthesis too many
            if self._at < len(self._tokens):
                parts.append(self._either(0))
        parts = [part for part in parts if part != Words("")]
        return parts[0] if len(parts) == 1 else Both(tuple(parts)) if parts else Words("")

    def _peek(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else ")"

    def _either(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise QueryError(f"parentheses are nested more than {DEEPEST} deep", "write the query flatter")
        parts = [self._both(depth)]
        while self._peek() == "OR":
            self._at += 1
            parts.append(self._both(depth))
        parts = [part for part in parts if part != Words("")]
        return parts[0] if len(parts) == 1 else Either(tuple(parts)) if parts else Words("")

    def _both(self, depth: int) -> Node:
        parts: list[Node] = []
        while self._peek() not in (")", "OR"):
            if self._peek() == "AND":
                self._at += 1
                continue
            part = self._one(depth)
            if part != Words(""):
                parts.append(part)
        if not parts:
            return Words("")
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _one(self, depth: int) -> Node:
        sign = self._tokens[self._at]
        self._at += 1
        if sign == "NOT":
            if depth >= DEEPEST:
                raise QueryError(f"NOT is nested more than {DEEPEST} deep", "write the query flatter")
            if self._peek() in (")", "OR", "AND"):
                return Words("")
            part = self._one(depth + 1)
            return Words("") if part == Words("") else Without(part)
        if sign == "(":
            inner = self._either(depth + 1)
            self._at += 1
            return inner
        assert not isinstance(sign, str)  # noqa: S101 - ")" and the operators are met above
        return sign
