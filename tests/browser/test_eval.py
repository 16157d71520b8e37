"""Both surfaces of `kbtool eval` find the same: the search of the command line, and that of the site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kbtool.errors import Exit

if TYPE_CHECKING:
    from tests.conftest import Kb

pytestmark = pytest.mark.browser
DOCUMENTS = [
    (
        "refunds",
        "en",
        "Refunds",
        "The money is back **three days** after we have the parcel.\n\n## By card\n",
    ),
    ("returns", "en", "", "Print the label and hand the parcel in. The money comes later."),
    ("password", "en", "Passwords", "Choose a new one on the page of your account."),
    ("paise", "hi", "रिफंड", "पार्सल मिलने के तीन दिन बाद पैसे वापस मिलते हैं।"),
    ("pata", "hi", "पता बदलें", "पार्सल निकलने से पहले पता बदला जा सकता है।"),
]
QUERIES = [
    ("q1", "en", "when is my money back?", "refunds", "clean"),
    ("q2", "en", "pasword", "password", "typo"),
    ("q3", "hi", "paise kab milenge", "paise", "roman"),
    ("q4", "hi", "पार्सल का पता", "pata", "clean"),
    ("q5", "fr", "parcel", "returns", "clean"),
]


def test_both_surfaces_give_the_same_run(kb: Kb) -> None:
    documents = [dict(zip(("id", "lang", "title", "body"), row, strict=True)) for row in DOCUMENTS]
    queries = [
        {"id": id, "lang": lang, "text": text, "rel": [rel], "kind": kind}
        for id, lang, text, rel, kind in QUERIES
    ]
    kb.write("task/docs.jsonl", "\n".join(map(json.dumps, documents)).encode())
    kb.write("task/queries.jsonl", "\n".join(map(json.dumps, queries)).encode())
    printed, runs = {}, {}
    for surface in ("python", "browser"):
        done = kb.run("eval", "task", "--surface", surface, "--out", f"{surface}.jsonl")
        assert done.exit == Exit.CLEAN, done.err
        printed[surface] = done.out
        runs[surface] = (kb.root / f"{surface}.jsonl").read_bytes()
    assert runs["python"] == runs["browser"]
    assert printed["browser"] == printed["python"].replace('"python"', '"browser"')
    found = [json.loads(line) for line in runs["browser"].splitlines()]
    assert [row["id"] for row in found] == ["q1", "q2", "q3", "q4", "q5"]
    assert [row["ids"][:1] for row in found] == [["refunds"], ["password"], ["paise"], ["pata"], []]
