"""`kbtool stale explain`: a reader knows what happened, and how sure we are."""

from __future__ import annotations

import json

from kbtool.errors import Exit
from tests.conftest import Kb

DAY = ("--today", "2026-11-15")


def test_an_article_with_its_weeks_its_model_and_each_test(own_site: Kb) -> None:
    done = own_site.run("stale", "explain", "publishing/hosting", *DAY)
    assert done.exit == Exit.CLEAN, done.err
    assert "articles/hi/publishing/hosting.md" in done.out
    assert "as of the week that ended on 2026-11-08" in done.out
    assert "Topic hosting: stale: it rose, and it lasts" in done.out
    assert "Expectation: from " in done.out
    assert done.out.count("yes  ") >= 5
    (onset,) = [line for line in done.out.splitlines() if " < █" in line]
    assert onset.startswith("  2026-09-28")
    assert "Topic hosting in hi: stale" in done.out


def test_a_topic_that_does_not_rise_says_which_test_fails(own_site: Kb) -> None:
    done = own_site.run("stale", "explain", "install", *DAY)
    assert done.exit == Exit.CLEAN
    assert "Topic install: no rise beyond what chance explains" in done.out
    assert "no   false alarms among all that are as sure" in done.out


def test_the_same_bytes_each_time_and_the_numbers_of_the_list(own_site: Kb) -> None:
    one, two = (
        own_site.run("stale", "explain", "hosting", *DAY, "--format", "json", PYTHONHASHSEED=seed).out
        for seed in "12"
    )
    assert one == two
    row = json.loads(one)["topics"][0]["row"]
    ranked = json.loads(own_site.run("stale", *DAY, "--format", "json").out)["topics"][0]
    assert (row["topic"], row["q"], row["ratio"], row["odds"]) == (
        "hosting",
        ranked["q"],
        ranked["ratio"],
        ranked["odds"],
    )


def test_what_is_not_there_is_named(own_site: Kb) -> None:
    done = own_site.run("stale", "explain", "hostin", *DAY)
    assert done.exit == Exit.USAGE
    assert "there is no article and no topic 'hostin'" in done.err
    assert "did you mean 'hosting'?" in done.err


def test_an_option_in_the_wrong_place_is_not_passed_over(own_site: Kb) -> None:
    done = own_site.run("stale", "--today", "2026-01-01", "explain", "hosting")
    assert done.exit == Exit.USAGE
    assert "--today stands before 'explain'" in done.err
    assert "kbtool stale explain … --today" in done.err


def test_an_article_whose_topic_no_ticket_names(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntopics: [refund]\n---\n# A\n").write("articles/en/b.md", "# B\n")
    kb.write("t.csv", "topic,date,count\nrefunds,2026-10-05,3\nrefunds,2026-10-12,3\n")
    done = kb.run("stale", "explain", "a", "--tickets", "t.csv")
    assert done.exit == Exit.USAGE
    assert "no ticket names a topic of 'a' (refund)" in done.err
    assert "names no topics" in kb.run("stale", "explain", "b", "--tickets", "t.csv").err
