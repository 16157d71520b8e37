from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbtool.errors import Exit
from tests.conftest import Kb

SUMO = Path(__file__).parents[3] / "shared" / "bench" / "stale" / "sumo_topic_week.csv"


def test_our_own_center_names_the_article_whose_topic_rises(own_site: Kb) -> None:
    done = own_site.run("stale")
    assert done.exit == Exit.CLEAN
    assert "Put the site on a web server" in done.out
    assert "articles/en/publishing/hosting.md" in done.out
    assert "pdf-export" in done.out.split("Tickets without an article")[1]


def test_json_holds_signals_and_every_topic(own_site: Kb) -> None:
    answer = json.loads(own_site.run("stale", "--format", "json").out)
    first = answer["signals"][0]
    assert (first["signal"], first["topic"]) == ("stale", "hosting")
    assert first["articles"][0]["id"] == "publishing/hosting"
    assert len({topic["topic"] for topic in answer["topics"]}) == 12
    assert {topic["topic"] for topic in answer["topics"] if topic["flagged"]} == {"hosting"}


def test_the_same_input_gives_the_same_bytes(own_site: Kb) -> None:
    assert own_site.run("stale", PYTHONHASHSEED="1").out == own_site.run("stale", PYTHONHASHSEED="2").out


def test_every_bad_row_is_named_and_nothing_is_ranked(kb: Kb) -> None:
    kb.write("articles/en/a.md", "# A\n").write(
        "t.csv",
        "topic,date,count\nrefunds,2026-10-05,3\nrefunds,2026-13-05,3\nlate,2026-10-05\nx,2026-10-05,-1\n",
    )
    done = kb.run("stale", "--tickets", "t.csv")
    assert done.exit == Exit.FINDINGS
    for line in ("t.csv:3", "t.csv:4", "t.csv:5"):
        assert line in done.err
    assert done.out == ""


def test_no_counts_at_all_says_where_they_go(kb: Kb) -> None:
    kb.write("articles/en/a.md", "# A\n")
    done = kb.run("stale")
    assert done.exit == Exit.USAGE
    assert "tickets.path" in done.err
    assert kb.run("stale", "--tickets", "gone.csv").exit == Exit.USAGE


@pytest.mark.skipif(not SUMO.is_file(), reason="needs the real counts in ../shared")
def test_real_counts_are_ranked_without_any_settings(kb: Kb) -> None:
    (kb.root / "mkdocs.yml").unlink()
    done = kb.run("stale", "--tickets", str(SUMO), "--today", "2021-06-16", "--format", "json")
    assert done.exit == Exit.CLEAN, done.err
    answer = json.loads(done.out)
    assert {topic["topic"] for topic in answer["topics"] if topic["flagged"]} == {"tabs", "customize"}
