"""YAML with places: every value knows its line and column, and nothing is guessed.

The parser's events are read one by one, so that depth, aliases and repeated keys are caught
before anything grows. Scalars stay the text that was written (`no`, `010` and `1.10` included);
whoever knows the wanted type converts them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from kbtool.model import Finding, Location, Severity
from kbtool.yamlsyntax import syntax_mistake

MAX_DEPTH = 20
PLAIN = re.compile(r"[^\W\d_][\w ?!,.'()/-]*", re.ASCII)
WORDS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
# Neither what YAML forbids, nor what only some of its readers take for the end of a line, nor what turns
# the order of what is read.
UNREADABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def scalar(text: str) -> str:
    """A text as YAML that reads back: plain where nothing can be misread, else in double quotes."""
    return (
        text if PLAIN.fullmatch(text) and text.lower() not in WORDS else json.dumps(text, ensure_ascii=False)
    )


@dataclass(frozen=True)
class Node:
    """A YAML value: `value` is str (scalar), list[Node] or dict[str, tuple[key node, value node]].

    `line` and `column` count from 1 in the file. `plain` is True for scalars without quotes.
    """

    value: Any
    line: int
    column: int
    tag: str = ""
    plain: bool = False

    @property
    def is_null(self) -> bool:
        """Whether nothing was written, or `~` or `null`."""
        return self.plain and self.value in ("", "~", "null", "Null", "NULL")

    def get(self, key: str) -> Node | None:
        """The value at that key, None if this is no mapping or has no such key."""
        pair = self.value.get(key) if isinstance(self.value, dict) else None
        return pair[1] if pair else None


@dataclass
class YamlReader:
    """Where a piece of YAML comes from, and what was found wrong with it."""

    path: str
    text: str
    rule: str
    first_line: int = 1
    findings: list[Finding] = field(default_factory=list)

    def problem(
        self,
        line: int,
        column: int,
        message: str,
        help: str = "",
        *,
        rule: str = "",
        severity: Severity = "error",
    ) -> None:
        """Record a problem at a place of the file, an error of the reader's own rule by default."""
        lines = self.text.split("\n")
        index = line - self.first_line
        shown = lines[index] if 0 <= index < len(lines) else ""
        shown = UNREADABLE.sub("\ufffd", shown.rstrip("\r"))
        where = Location(self.path, line, column)
        self.findings.append(Finding(rule or self.rule, severity, where, message, help, shown))

    def read(self) -> Node | None:
        """The document as a tree; None when it is empty or cannot be read."""
        if bad := UNREADABLE.search(self.text):
            self.problem(*self._place(bad.start()), not_allowed(bad[0]), "delete it")
            return None
        try:
            return self._tree(iter(yaml.parse(self.text, Loader=LOADER)))
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except _Refused:
            pass
        return None

    def _place(self, position: int) -> tuple[int, int]:
        head = self.text[:position]
        return self.first_line + head.count("\n"), len(head) - (head.rfind("\n") + 1) + 1

    def _refuse(self, event: Any, message: str, help: str = "") -> None:
        mark = event.start_mark
        self.problem(self.first_line + mark.line, mark.column + 1, message, help)
        raise _Refused

    def _tree(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._refuse(event, "a second document starts here", "keep one document; remove the ---")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, 1)
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        mark = event.start_mark
        line, column = self.first_line + mark.line, mark.column + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._refuse(event, "anchors (&) and aliases (*) are not read here", "write the value out")
        if depth > MAX_DEPTH:
            self._refuse(event, f"nested more than {MAX_DEPTH} levels deep", "make it flatter")
        tag = event.tag or ""
        if isinstance(event, yaml.ScalarEvent):
            if bad := UNREADABLE.search(event.value):
                self._refuse(event, not_allowed(bad[0]), "delete it")
            return Node(event.value, line, column, tag, plain=event.implicit[0])
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            for inner in events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self._node(inner, events, depth + 1))
            return Node(items, line, column, tag)
        return Node(self._mapping(events, depth), line, column, tag)

    def _mapping(self, events: Iterator[Any], depth: int) -> dict[str, tuple[Node, Node]]:
        pairs: dict[str, tuple[Node, Node]] = {}
        for inner in events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            key = self._node(inner, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key.value, str):
                self.problem(key.line, key.column, "a key must be a word, not a list or a mapping")
            elif key.value in pairs:
                first = pairs[key.value][0].line
                self.problem(
                    key.line,
                    key.column,
                    f"'{key.value}' is given twice; the first is on line {first}",
                    "keep one of them",
                )
            else:
                pairs[key.value] = (key, value)
        return pairs

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Say a syntax error in plain words, at the place where the mend goes."""
        lines = self.text.split("\n")
        mark = error.problem_mark or error.context_mark
        opened = error.context_mark or mark
        line, column = _clamped(lines, mark)
        mistake = syntax_mistake(error.problem or "", error.context or "", lines, (line, column))
        if mistake.at == "above":
            line, column = line - 1, 0
        elif mistake.at == "opening":
            line, column = _clamped(lines, opened)
        self.problem(self.first_line + line, column + 1, mistake.message, mistake.help)


def not_allowed(char: str) -> str:
    """The message for a character that no text may hold."""
    return f"the character U+{ord(char):04X} is not allowed here"


class _Refused(Exception):
    """Reading stopped; the reason is already among the findings."""


def _clamped(lines: list[str], mark: Any) -> tuple[int, int]:
    """The place of a mark, both from 0; behind the end of the text it is the end of the last line."""
    if mark is not None and mark.line < len(lines) and any(line.strip() for line in lines[mark.line :]):
        return mark.line, mark.column
    last = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    return last, len(lines[last])
