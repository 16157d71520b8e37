"""What a YAML parser's complaint means, in words that help the writer of the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

CLOSERS = {"'": "'", '"': '"', "[": "]", "{": "}"}
VALUE = re.compile(r"(?P<before>[ \-]*[^\s:#'\"\[{][^:]*:) +(?P<value>\S.*)")


class Mistake(NamedTuple):
    """What is wrong and the mend; `at` says which place to show.

    That is the place of the complaint, the line above it, or where the list or quote was opened.
    """

    message: str
    help: str
    at: Literal["here", "above", "opening"] = "here"


def syntax_mistake(problem: str, context: str, lines: Sequence[str], place: tuple[int, int]) -> Mistake:
    """The complaint (`problem`, `context`: PyYAML's words or libyaml's) at a place of the text, from 0."""
    line, column = place
    char = lines[line][column : column + 1]
    if char == "\t" or "tab character" in problem:
        return Mistake("a tab indents this line; YAML allows spaces only", "indent with spaces")
    if "escape" in problem:
        return Mistake(
            "a backslash in double quotes starts an escape, and this is none",
            "write the backslash twice, or use single quotes",
        )
    if opened := _never_closed(problem, context):
        return opened
    if "mapping values are not allowed" in problem:
        return _second_colon(lines, line, column)
    if "could not find expected ':'" in problem:
        return Mistake("this line has no ': ' after its key", "write it as key: value", "opening")
    if "undefined alias" in problem:
        return Mistake("anchors (&) and aliases (*) are not read here", "write the value out")
    return _in_value(lines[line])


def _never_closed(problem: str, context: str) -> Mistake | None:
    if "flow sequence" in context:
        return Mistake("the list opened here is never closed", "close it with ]", "opening")
    if "flow mapping" in context:
        return Mistake("the mapping opened here is never closed", "close it with }", "opening")
    if "quoted scalar" in context and ("end of stream" in problem or "document indicator" in problem):
        help = "close it, or escape the quote inside the text"
        return Mistake("the quote opened here is never closed", help, "opening")
    return None


def _second_colon(lines: Sequence[str], line: int, column: int) -> Mistake:
    if ":" in lines[line][:column]:
        return Mistake("a second ': ' in this value", quoted(lines[line]))
    if line and ":" not in lines[line - 1]:
        return Mistake("this line has no ': ' after its key", "write it as key: value", "above")
    help = "start it in the same column as the key above; or put the whole value above in quotes"
    return Mistake("this line is indented, so it continues the value above", help)


def _in_value(line: str) -> Mistake:
    """The complaint is about how a value starts or goes on: quotes mend it."""
    match = VALUE.fullmatch(line)
    if match is None:
        return Mistake(
            "this line does not fit the lines around it",
            "start all keys in the same column, each as key: value",
        )
    closer = CLOSERS.get(match["value"][0])
    if closer and closer in match["value"][1:]:
        return Mistake(f"there is more text behind the closing {closer} of this value", quoted(line))
    return Mistake("this value can only be read in quotes", quoted(line))


def quoted(line: str) -> str:
    """The whole line with its value in quotes, ready to paste."""
    key, _, value = line.partition(":")
    value = value.strip()
    if len(value) > 1 and value[0] in "'\"" and value.endswith(value[0]):
        value = value[1:-1]
    value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'quote the value: {key.strip()}: "{value}"'
