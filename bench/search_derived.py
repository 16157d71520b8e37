"""Measures two things that the tasks of the benchmark do not hold themselves, on tasks made of them.

- Aliases: every second question of each article stands in it as an alias, the others are asked; and the same
  without the aliases.
- One site in two languages: English questions over the English and the Hindi articles together, in one index,
  and over the English ones alone: what the bridge between the scripts loses.

    python bench/search_derived.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TASKS = ROOT.parent / "shared" / "bench" / "search" / "tasks"
CALL = [sys.executable, "-c", "from kbtool.cli import main; main()", "eval"]
Row = dict[str, Any]


def main() -> None:
    """Make the tasks, ask them, print a table."""
    if not TASKS.is_dir():
        sys.exit(f"the tasks are not here: {TASKS}")
    print("| task | MRR@10 | without | n |\n|---|---|---|---|")
    for name in ("xquad-hi", "xquad-hi-kw"):
        documents, asked = rows("xquad-hi", "docs"), rows(name, "queries")
        questions = [row for row in rows("xquad-hi", "queries") if row["kind"] == "clean"]
        aliases: dict[str, list[str]] = {}
        kept = set()
        for number, question in enumerate(questions):
            if number % 2:
                kept.add(question["id"])
            else:
                aliases.setdefault(question["rel"][0], []).append(question["text"])
        half = [row for row in asked if row["id"] in kept and row["kind"] == "clean"]
        with_aliases = [{**row, "aliases": aliases.get(row["id"], [])} for row in documents]
        print(line(f"{name}, half of the questions as aliases", (with_aliases, half), (documents, half)))
    english, hindi = rows("xquad-en", "docs"), rows("xquad-hi", "docs")
    both = [*english, *({**row, "id": f"hi-{row['id']}", "lang": "en"} for row in hindi)]
    for kind in ("clean", "typo"):
        asked = [row for row in rows("xquad-en", "queries") if row["kind"] == kind]
        print(line(f"xquad-en over both languages in one index, {kind}", (both, asked), (english, asked)))


def rows(task: str, file: str) -> list[Row]:
    """The rows of a file of a task."""
    text = (TASKS / task / f"{file}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


def line(name: str, task: tuple[Iterable[Row], list[Row]], without: tuple[Iterable[Row], list[Row]]) -> str:
    """A row of the table: a task, and what it is compared with."""
    return f"| {name} | {measured(*task):.4f} | {measured(*without):.4f} | {len(task[1])} |"


def measured(documents: Iterable[Row], queries: Iterable[Row]) -> float:
    """MRR@10 of queries of one kind, by `kbtool eval`."""
    with tempfile.TemporaryDirectory() as folder:
        for name, listed in (("docs", documents), ("queries", queries)):
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in listed)
            (Path(folder) / f"{name}.jsonl").write_text(text, encoding="utf-8")
        done = subprocess.run([*CALL, folder], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
        figures: Row = json.loads(done.stdout)
        return float(figures["mrr10"])


if __name__ == "__main__":
    main()
