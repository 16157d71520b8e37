"""Judged queries, the file that `search.queries` names: what readers type, and which articles answer it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kbtool.content.files import MAX_BYTES, read_text, shown
from kbtool.model import Finding, Location
from kbtool.nearest import did_you_mean
from kbtool.search.question import MOST_CHARACTERS
from kbtool.typed import FLAG, NUMBER, TEXT, TEXTS, Kind, attempt
from kbtool.yamlfile import Node, YamlReader

RULE = "bad-queries"
KEYS: Mapping[str, Kind] = {"lang": TEXT, "text": TEXT, "rel": TEXTS, "within": NUMBER, "everyday": FLAG}
NEEDED = ("lang", "text", "rel")
EXAMPLE = "write one a line, such as - {lang: en, text: money back, rel: [orders/refund]}"
WITHIN, FARTHEST = 3, 10  # places of a right answer: the usual, and the last that is shown at once
MOST = 2000  # queries of a file
MOST_COMPARED = 50  # mistakes in ids that are compared with all ids


@dataclass(frozen=True)
class JudgedQuery:
    """What somebody types in a locale; one of `rel` should be among the first `within` articles."""

    lang: str
    text: str
    rel: tuple[str, ...]
    within: int
    where: Location
    line: str


def read_queries(
    path: Path, locales: Collection[str], ids: Collection[str]
) -> tuple[tuple[JudgedQuery, ...], list[Finding]]:
    """The queries of a file that are sound, and all that is wrong with it.

    `ids` are those of all articles, whoever may read them.
    """
    text, findings = _text(path)
    if text is None:
        return (), findings
    reader = YamlReader(shown(path), text, RULE)
    node = reader.read()
    queries = tuple(_queries(node, reader, locales, ids))
    return queries, reader.findings


def _text(path: Path) -> tuple[str | None, list[Finding]]:
    """The text of the file; None, and why, when there is none to read."""
    where = Location(shown(path))
    if not path.is_file():
        help = "write it, or correct search.queries in the settings"
        return None, [Finding(RULE, "error", where, "there is no such file of judged queries", help)]
    if path.stat().st_size > MAX_BYTES:
        message = f"this file is larger than {MAX_BYTES // 1024} KiB"
        return None, [Finding(RULE, "error", where, message, "keep the queries that tell the most")]
    findings: list[Finding] = []
    text = read_text(path, findings)
    return text, [replace(finding, rule=RULE) for finding in findings]


def _queries(
    node: Node | None, reader: YamlReader, locales: Collection[str], ids: Collection[str]
) -> Iterator[JudgedQuery]:
    if node is None or node.is_null or node.value == []:
        if not reader.findings:
            reader.problem(1, 1, "there is no query in this file", EXAMPLE)
        return
    if not isinstance(node.value, list):
        reader.problem(node.line, node.column, "judged queries are a list", EXAMPLE)
        return
    if len(node.value) > MOST:
        first = node.value[MOST]
        message = f"from here on nothing is read: there are more than {MOST} queries"
        reader.problem(first.line, first.column, message, "keep those that tell the most")
    seen: dict[tuple[str, str], int] = {}
    for item in node.value[:MOST]:
        before = len(reader.findings)
        values = _values(item, reader)
        _judge(item, values, reader, locales, ids)
        key = str(values.get("lang")), " ".join(str(values.get("text")).split())
        first_line = seen.setdefault(key, item.line)
        if first_line != item.line and len(reader.findings) == before:
            message = f"'{key[1]}' stands on line {first_line} already"
            reader.problem(item.line, item.column, message, "put all its articles into one `rel`")
        if len(reader.findings) == before:
            where = Location(reader.path, item.line, item.column)
            line = reader.text.split("\n")[item.line - 1]
            within = values.get("within", WITHIN)
            yield JudgedQuery(key[0], key[1], values["rel"], within, where, line)


def _values(item: Node, reader: YamlReader) -> dict[str, Any]:
    """The values of an entry that are of their kind."""
    if not isinstance(item.value, dict):
        reader.problem(item.line, item.column, "a query is a mapping", EXAMPLE)
        return {}
    values = {}
    for name, (at, value) in item.value.items():
        if name not in KEYS:
            help = did_you_mean(name, KEYS) or f"known here: {', '.join(KEYS)}"
            reader.problem(at.line, at.column, f"unknown key '{name}'", help)
        elif (read := attempt(KEYS[name], value, reader)) is not None:
            values[name] = read
    for name in NEEDED:
        if name not in item.value:
            reader.problem(item.line, item.column, f"this query has no `{name}`", EXAMPLE)
    return values


def _judge(
    item: Node,
    values: Mapping[str, Any],
    reader: YamlReader,
    locales: Collection[str],
    ids: Collection[str],
) -> None:
    """What the values of an entry say that cannot be."""

    def problem(key: str, message: str, help: str, number: int = 0) -> None:
        node = item.get(key) or item
        if isinstance(node.value, list) and node.value:
            node = node.value[number]
        reader.problem(node.line, node.column, message, help)

    lang, text, rel = (values.get(name) for name in NEEDED)
    if lang is not None and lang not in locales:
        known = f"write one of: {', '.join(locales)}"
        problem("lang", f"'{lang}' is not a locale of this help center", did_you_mean(lang, locales) or known)
    if text == "":
        problem("text", "this query is empty", "write what readers type")
    elif text and len(text) > MOST_CHARACTERS:
        message = f"this query is longer than {MOST_CHARACTERS} characters; the search reads no further"
        problem("text", message, "shorten it")
    if rel == ():
        problem("rel", "no article is named that should be found", "write its id, such as [orders/refund]")
    for id in rel or ():
        if id not in ids:
            near = did_you_mean(id, ids) if len(reader.findings) < MOST_COMPARED else ""
            help = near or "write an id: the path of the article below its locale"
            problem("rel", f"there is no article '{id}'", help, _number(item.get("rel"), id))
    if not 1 <= values.get("within", WITHIN) <= FARTHEST:
        problem("within", f"`within` is a place from 1 to {FARTHEST}", f"leave it out for {WITHIN}")


def _number(node: Node | None, id: str) -> int:
    """Which item of a list it is."""
    items = node.value if node and isinstance(node.value, list) else []
    return next((number for number, item in enumerate(items) if str(item.value).strip() == id), 0)
