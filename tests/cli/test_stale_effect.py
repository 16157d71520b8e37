"""`kbtool stale effect`: fell, did not fall, or not known."""

from __future__ import annotations

import json

from kbtool.errors import Exit
from tests.conftest import Kb

DAY = ("--today", "2026-11-15")


def test_the_verdict_with_what_it_rests_on(own_site: Kb) -> None:
    done = own_site.run("stale", "effect", "publishing/hosting", *DAY)
    assert done.exit == Exit.CLEAN, done.err
    assert done.out.startswith(
        "hosting: tickets did not fall in the 8 weeks after the review of 2026-06-01: "
    )
    (one,) = json.loads(own_site.run("stale", "effect", "publishing/hosting", *DAY, "--format", "json").out)[
        "effects"
    ]
    assert one["claim"] == "not-deflected"
    assert one["lower"] < one["ratio"] < one["upper"]


def test_too_early_to_tell(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntopics: [x]\nreviewed: 2026-10-06\n---\n# A\n")
    kb.write("t.csv", "topic,date,count\nx,2026-10-05,3\nx,2026-10-12,3\n")
    done = kb.run("stale", "effect", "a", "--tickets", "t.csv")
    assert done.out.startswith("not known yet: reviewed 2026-10-06; 8 whole weeks after")
    assert kb.run("stale", "effect", "b", "--tickets", "t.csv").exit == Exit.USAGE
