"""`kbtool eval`: figures and runs on stdout and in a file, mistakes of the task on stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from kbtool.cli.eval import _documents, command
from kbtool.errors import Exit, KbError
from kbtool.search.evaluate import index_all
from kbtool.search.tasks import TaskDocument
from kbtool.search.texts import Document
from tests.conftest import ROOT, Kb

PLAIN = "2 * 3 * 4 is  snake_case_name < b &amp; \\o/\nno. #5 of \u2028 the list\n\nA last line. "
MARKDOWN = "# Send it back\n\nUse the **form** on [our page](page.md).\n\n## Who *pays*\n\n- We do.\n"
QUERY = {"id": "q1", "lang": "en", "text": "who pays", "rel": ["form"], "kind": "clean"}


def document(id: str, body: str, title: str = "", lang: str = "en", **more: object) -> dict[str, object]:
    return {"id": id, "lang": lang, "title": title, "body": body, **more}


def write(kb: Kb, documents: Sequence[object], queries: Sequence[object], folder: str = "small") -> None:
    for name, rows in (("docs", documents), ("queries", queries)):
        lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
        kb.write(f"{folder}/{name}.jsonl", "".join(line + "\n" for line in lines).encode())


def test_figures_and_run(kb: Kb) -> None:
    write(
        kb,
        [
            document("form", MARKDOWN),
            document("days", "It takes three days.", aliases=["duration"]),
            document("hindi", "पैसे तीन दिन में मिलते हैं।", "रिफंड", "hi"),
        ],
        [
            QUERY,
            {**QUERY, "id": "q2", "text": "duration", "rel": ["days", "elsewhere"]},
            {**QUERY, "id": "q3", "text": "paise", "lang": "hi", "rel": ["hindi"], "kind": "roman"},
            {**QUERY, "id": "q4", "lang": "fr", "kind": "typo"},
        ],
    )
    done = kb.run("eval", "small", "--out", "run.jsonl")
    assert done.exit == Exit.CLEAN, done.err
    assert done.err == "note: no document is in 'fr', so that 1 of 4 queries cannot find one\n"
    found = {"mrr10": 1.0, "r1": 1.0, "r5": 1.0, "r10": 1.0, "zero": 0.0}
    lost = {"mrr10": 0.0, "r1": 0.0, "r5": 0.0, "r10": 0.0, "zero": 1.0}
    lines = [json.loads(line) for line in done.out.splitlines()]
    head = {"task": "small", "surface": "python"}
    assert lines == [
        {**head, "kind": "clean", "n": 2, **found},
        {**head, "kind": "roman", "n": 1, **found},
        {**head, "kind": "typo", "n": 1, **lost},
    ]
    keys = ["task", "surface", "kind", "n", "mrr10", "r1", "r5", "r10", "zero"]
    assert [list(line) for line in lines] == [keys] * 3
    run = [json.loads(line) for line in (kb.root / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert run == [
        {"id": "q1", "ids": ["form"]},
        {"id": "q2", "ids": ["days"]},
        {"id": "q3", "ids": ["hindi"]},
        {"id": "q4", "ids": []},
    ]


def test_figures_have_four_digits(kb: Kb) -> None:
    queries = [{**QUERY, "id": f"q{n}", "text": "who pays" if n else "nobody"} for n in range(3)]
    write(kb, [document("form", MARKDOWN)], queries)
    line = json.loads(kb.run("eval", "small").out)
    assert (line["mrr10"], line["zero"]) == (0.6667, 0.3333)


@pytest.fixture
def indexed(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """What goes into the index of a task with a plain and a Markdown document."""
    found: list[Document] = []

    def spy(documents: dict[str, list[Document]]) -> object:
        found.extend(documents["en"])
        return index_all(documents)

    monkeypatch.setattr("kbtool.cli.eval.index_all", spy)
    write(
        kb, [document("plain", PLAIN, "A *title*"), document("form", MARKDOWN, aliases=["a", "b"])], [QUERY]
    )
    command.main([str(kb.root / "small")], standalone_mode=False)
    return found


def test_a_plain_body_arrives_as_it_was_written(indexed: list[Document]) -> None:
    assert indexed[0].fields == {
        "title": "A *title*",
        "headings": "",
        "body": PLAIN,
        "aliases": "",
        "tags": "",
    }


def test_markdown_becomes_headings_and_text_as_in_a_build(indexed: list[Document]) -> None:
    assert indexed[1].fields == {
        "title": "",
        "headings": "Send it back\nWho pays",
        "body": "Send it back\nUse the form on our page.\nWho pays\nWe do.",
        "aliases": "a\nb",
        "tags": "",
    }


@pytest.mark.parametrize(
    ("written", "indexed"),
    [
        ("a \\* b &amp; c", "a \\* b &amp; c"),
        ("    a\n\n    b", "    a\n\n    b"),
        ("a <!-- b --> c", "a c"),
        ("a\n\n[b]: https://kbtool.example", "a"),
        ("1. a\n2. b", "a\nb"),
        ("", ""),
    ],
)
def test_what_is_plain(written: str, indexed: str) -> None:
    found = _documents([TaskDocument("a", "en", "", written)])
    assert [document.fields["body"] for document in found["en"]] == [indexed]


def test_all_mistakes_of_a_task_are_said_in_one_run(kb: Kb) -> None:
    write(kb, [document("a", "x"), "{", {"id": "b"}], [QUERY, QUERY])
    done = kb.run("eval", "small", "--out", "run.jsonl")
    assert (done.exit, done.out) == (Exit.FINDINGS, "")
    errors = [line for line in done.err.splitlines() if ": error: " in line]
    assert [line.partition(": error: ")[0] for line in errors] == [
        "small/docs.jsonl:2",
        *["small/docs.jsonl:3"] * 3,
        "small/queries.jsonl:2",
    ]
    assert done.err.count("\nhelp: ") == 6
    assert "error: the task small has 5 mistakes; nothing was measured\n" in done.err
    assert not (kb.root / "run.jsonl").exists()


def test_many_mistakes_are_counted(kb: Kb) -> None:
    write(kb, ["{"] * 60, [QUERY])
    done = kb.run("eval", "small")
    assert done.err.count(": error: ") == 50
    assert "\nand 10 more\n" in done.err
    assert "60 mistakes" in done.err


def test_wrong_calls(kb: Kb) -> None:
    missing = kb.run("eval", "nowhere")
    assert missing.exit == Exit.USAGE
    assert "there is no task folder nowhere" in missing.err
    write(kb, [document("form", MARKDOWN)], [QUERY])
    nowhere = kb.run("eval", "small", "--out", "nowhere/run.jsonl")
    assert nowhere.exit == Exit.USAGE
    assert "there is no folder nowhere to write run.jsonl to" in nowhere.err
    (kb.root / "small/queries.jsonl").unlink()
    half = kb.run("eval", "small")
    assert half.exit == Exit.FINDINGS
    assert "small/queries.jsonl: error: there is no such file\nhelp: write one object a line" in half.err


def test_a_document_that_cannot_be_rendered_is_plain_text(kb: Kb) -> None:
    write(
        kb, [document("deep", "- " * 1500 + "who pays"), document("form", "x")], [{**QUERY, "rel": ["deep"]}]
    )
    done = kb.run("eval", "small")
    assert done.exit == Exit.CLEAN, done.err
    assert done.err.startswith("note: deep: this cannot be made into a page: ")
    assert json.loads(done.out)["r1"] == 1


def test_without_playwright_it_says_what_to_install(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    write(kb, [document("form", MARKDOWN)], [QUERY])
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(KbError) as raised:
        command.main([str(kb.root / "small"), "--surface", "browser"], standalone_mode=False)
    assert "pip install playwright" in raised.value.help
    assert raised.value.exit_code == Exit.ENVIRONMENT


def test_without_a_browser_it_says_what_to_install(kb: Kb, tmp_path: Path) -> None:
    write(kb, [document("form", MARKDOWN)], [QUERY])
    done = kb.run("eval", "small", "--surface", "browser", PATH=str(tmp_path), KBTOOL_CHROMIUM="")
    assert done.exit == Exit.ENVIRONMENT
    assert "error: there is no Chromium here" in done.err
    assert "KBTOOL_CHROMIUM" in done.err
    broken = kb.run("eval", "small", "--surface", "browser", KBTOOL_CHROMIUM=str(tmp_path / "none"))
    assert broken.exit == Exit.ENVIRONMENT
    assert "Traceback" not in broken.err


def test_the_example_of_the_document_gives_what_it_says(kb: Kb) -> None:
    page = (ROOT / "docs/how-to/measure-search.md").read_text(encoding="utf-8")
    text = page.partition("\n## Write a task\n")[2]
    documents, queries = re.findall(r"^```json\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    said = re.findall(r"^```text\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    kb.write("returns/docs.jsonl", documents.encode()).write("returns/queries.jsonl", queries.encode())
    assert [kb.run("eval", "returns").out] == said
