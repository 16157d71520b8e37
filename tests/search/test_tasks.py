"""A task folder is read as a whole: the sound part of it, and everything that is wrong with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbtool.search.tasks import Query, TaskDocument, read_task

DOCUMENT = {"id": "a", "lang": "en", "title": "", "body": "One.\n\n# Two"}
QUERY = {"id": "q", "lang": "en", "text": "two?", "rel": ["a"], "kind": "clean"}


def write(folder: Path, documents: list[object], queries: list[object]) -> Path:
    """A task of these objects; a text or bytes is a line as it stands."""
    for name, rows in (("docs.jsonl", documents), ("queries.jsonl", queries)):
        lines = [
            row
            if isinstance(row, bytes)
            else (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)).encode()
            for row in rows
        ]
        (folder / name).write_bytes(b"".join(line + b"\n" for line in lines))
    return folder


def said(folder: Path) -> list[str]:
    """Where what is wrong, the folder left out."""
    problems = read_task(folder).problems
    assert all(problem.help for problem in problems)
    return [f"{p.where}: {p.message}".removeprefix(f"{folder}/") for p in problems]


def test_a_task_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    other = {**DOCUMENT, "id": "b", "lang": "zh-cn", "aliases": ["x", "y"], "more": 1}
    task = read_task(write(folder, [DOCUMENT, other], [QUERY, {**QUERY, "id": "r", "rel": []}]))
    assert task.problems == ()
    assert task.name == "small"
    assert task.documents == (
        TaskDocument("a", "en", "", "One.\n\n# Two"),
        TaskDocument("b", "zh-CN", "", "One.\n\n# Two", ("x", "y")),
    )
    assert task.queries == (
        Query("q", "en", "two?", frozenset({"a"}), "clean"),
        Query("r", "en", "two?", frozenset(), "clean"),
    )


def test_lines_end_where_json_lines_end(tmp_path: Path) -> None:
    odd = {**DOCUMENT, "body": "one\u2028two\x85three"}
    lines: list[object] = [b"\xef\xbb\xbf" + json.dumps(odd, ensure_ascii=False).encode() + b"\r", "", "  "]
    task = read_task(write(tmp_path, lines, [QUERY]))
    assert task.problems == ()
    assert [document.body for document in task.documents] == ["one\u2028two\x85three"]


def test_unknown_documents_and_languages_of_queries_are_fine(tmp_path: Path) -> None:
    task = read_task(write(tmp_path, [DOCUMENT], [{**QUERY, "rel": ["nowhere"], "lang": "hi-en-x"}]))
    assert task.problems == ()
    assert task.queries[0].lang == "hi-en-x"


def test_all_that_is_wrong_is_found_in_one_run(tmp_path: Path) -> None:
    write(
        tmp_path,
        [
            DOCUMENT,
            '{"id": "b",',
            b'{"id": "\xff"}',
            "[1]",
            {"id": "c", "title": 3, "body": "x", "aliases": "y"},
            DOCUMENT,
            {**DOCUMENT, "id": "d", "lang": "../en"},
        ],
        [{**QUERY, "rel": "a"}, {**QUERY, "rel": [1]}, {**QUERY, "id": ""}, QUERY, QUERY],
    )
    assert said(tmp_path) == [
        "docs.jsonl:2: this is not JSON: Expecting property name enclosed in double quotes at column 12",
        "docs.jsonl:3: the byte 0xff is not UTF-8",
        "docs.jsonl:4: this is no object",
        "docs.jsonl:5: the key 'lang' is missing",
        "docs.jsonl:5: 'title' is not a text: 3",
        "docs.jsonl:5: 'aliases' is not a list of texts: \"y\"",
        "docs.jsonl:6: the id 'a' is that of line 1 already",
        "docs.jsonl:7: 'lang' is not a language tag such as en, hi or pt-BR: \"../en\"",
        "queries.jsonl:1: 'rel' is not a list of ids of documents: \"a\"",
        "queries.jsonl:2: 'rel' is not a list of ids of documents: [1]",
        "queries.jsonl:3: 'id' is not a text that is not empty: \"\"",
        "queries.jsonl:5: the id 'q' is that of line 4 already",
    ]


def test_missing_and_empty_files(tmp_path: Path) -> None:
    (tmp_path / "queries.jsonl").write_text("\n\n", encoding="utf-8")
    assert said(tmp_path) == ["docs.jsonl: there is no such file", "queries.jsonl: the file is empty"]


@pytest.mark.parametrize(
    "line",
    ["[" * 100_000, '{"id": ' + "9" * 5000 + "}", '"\\ud800"', json.dumps({**DOCUMENT, "body": "\ud800"})],
)
def test_odd_json_is_a_problem_and_no_crash(tmp_path: Path, line: str) -> None:
    write(tmp_path, [DOCUMENT, line], [QUERY])
    found = said(tmp_path)
    assert found
    assert all(problem.startswith("docs.jsonl:2: ") for problem in found)
