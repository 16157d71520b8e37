"""How often the subject of a ticket is given the right topic, and how often none.

    python bench/ticket_topics.py

Every document of a task is an article with a topic of its own. `coverage` is the share of the queries that
get a topic, `precision` the share of those for which it is the right one; for messages that no article
answers `left` is the share that gets none.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from common import TASKS

from kbtool.search.subjects import Subjects
from kbtool.search.texts import Document

POOLED = {"hint3-curekart": "hint3", "hint3-sofmattress": "hint3"}
CHOSEN = ("banking77", "hint3-curekart", "hint3-sofmattress", "ardhid-en", "btchid-en", "xquad-hi-roman")


def read(path: Path) -> list[dict[str, object]]:
    """The rows of a file of a task, none where it is missing."""
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []
    )


def main() -> None:
    """Print a row per task and kind."""
    found: defaultdict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    for task in CHOSEN:
        documents: defaultdict[str, list[Document]] = defaultdict(list)
        for row in read(TASKS / task / "docs.jsonl"):
            fields = {"title": str(row["title"]), "body": str(row["body"])}
            id = str(row["id"])
            documents[str(row["lang"])].append(Document(id, "", fields["title"], "", "", "public", fields))
        subjects = Subjects(documents, {one.id: one.id for listed in documents.values() for one in listed})
        for name in ("queries.jsonl", "none.jsonl"):
            for row in read(TASKS / task / name):
                match = subjects.match(str(row["text"]))
                right = bool(match) and match.topic in list(row["rel"])  # type: ignore[union-attr, call-overload]
                found[POOLED.get(task, task), str(row["kind"])].append((bool(match), right))
    print("| task | kind | n | coverage | precision | left |")
    print("|---|---|---|---|---|---|")
    for (task, kind), rows in found.items():
        matched = sum(has for has, _ in rows)
        right = f"{sum(ok for _, ok in rows) / matched:.3f}" if matched and kind != "none" else ""
        left = f"{1 - matched / len(rows):.3f}" if kind == "none" else ""
        covered = "" if kind == "none" else f"{matched / len(rows):.3f}"
        print(f"| {task} | {kind} | {len(rows)} | {covered} | {right} | {left} |")


if __name__ == "__main__":
    main()
