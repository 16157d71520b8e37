"""`kbtool queue`: what to do this week."""

from __future__ import annotations

import json

from kbtool.errors import Exit
from tests.conftest import Kb

DAY = ("--today", "2026-11-15")


def test_the_work_of_the_week_with_its_evidence_and_what_to_do(own_site: Kb) -> None:
    done = own_site.run("queue", *DAY)
    assert done.exit == Exit.CLEAN, done.err
    first = done.out.split("\n\n")[1].splitlines()
    assert first[0].startswith("  1. Put the site on a web server  [")
    assert "tickets a week at stake" in first[0]
    assert "articles/hi/publishing/hosting.md" in first[1]
    assert first[2].startswith("     stale: hosting: ")
    assert first[3] == (
        "     -> read it as a customer would, correct it, then: kbtool review mark publishing/hosting"
    )
    assert "pdf-export (no article)" in done.out


def test_as_json_and_one_entry_only(own_site: Kb) -> None:
    answer = json.loads(own_site.run("queue", *DAY, "--format", "json").out)
    assert answer["entries"][0]["id"] == "publishing/hosting"
    short = own_site.run("queue", *DAY, "--limit", "1").out
    assert f"1 of {len(answer['entries'])}, as of the week that ended on 2026-11-08" in short
    assert " 2. " not in short


def test_nothing_to_do(own_site: Kb) -> None:
    done = own_site.run("queue", *DAY, "--owner", "nobody")
    assert done.out == "Nothing to do, as of the week that ended on 2026-11-08.\n"
