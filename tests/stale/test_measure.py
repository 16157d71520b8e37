"""Signals: their names, order, words and numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from kbtool.model import Library, TicketCount
from kbtool.stale import measure, rank_topics
from kbtool.stale.rises import explain
from kbtool.tickets import WeeklyTable, weekly
from kbtool.tickets.fields import topic
from tests.stale.stale_data import TODAY, article, chance_counts, library, mondays, seeded, table


@pytest.fixture(scope="module")
def risen() -> WeeklyTable:
    chance = seeded(4)
    series = {f"t{n}": chance_counts(chance, 104, 20) for n in range(12)}
    series["refund"] = chance_counts(chance, 104, 10, lambda left: 2.5 if left <= 6 else 1.0)
    return table(series)


def test_a_stale_topic_names_its_articles_and_its_evidence(risen: WeeklyTable) -> None:
    shelf = library(
        article("other", "t1", "refund"),
        article("refunds", "refund", reviewed=date(2026, 2, 1)),
        article("t2", "t2"),
    )
    (signal,) = [s for s in measure(risen, shelf, TODAY) if s.name == "stale"]
    assert (signal.topic, signal.articles) == ("refund", ("refunds", "other"))
    assert re.fullmatch(
        r"\d+\.\d -> \d+\.\d tickets a week since 2026-\d\d-\d\d \(share \d\.\d -> \d+\.\d %\), "
        r"\d+\.\d expected, ratio \d\.\d \(at least \d\.\d\), q (0\.\d{3}|< 0\.001), [\d,]+ tickets; "
        r"last reviewed 2026-02-01; could be seasonal: no",
        signal.why,
    )
    row = rank_topics(risen, TODAY, shelf).rows[0]
    assert signal.numbers["lower"] == row.lower
    assert signal.numbers["reviewed"] == "2026-02-01"
    assert signal.value > 1.28  # more than 19 : 1


def test_a_rising_topic_without_an_article_is_a_gap_and_not_stale(risen: WeeklyTable) -> None:
    names = [(s.name, s.topic) for s in measure(risen, library(), TODAY)]
    assert ("gap", "refund") in names
    assert not any(name == "stale" for name, _ in names)
    assert rank_topics(risen, TODAY, Library(())).rows[0].flagged


def test_explain_without_data() -> None:
    row = rank_topics(table({"a": [3] * 5, "b": [9] * 5}), TODAY, library()).rows[0]
    assert explain(row) == "not enough data yet: 5 weeks of counts, up to 14 are needed"


def test_gaps_need_three_tickets_in_eight_weeks_and_are_ranked_by_the_lower_bound() -> None:
    data = table(
        {"small": [9] * 12 + [0] * 6 + [1, 1], "mid": [0] * 17 + [3, 0, 0], "big": [2] * 20, "has": [9] * 20}
    )
    gaps = [s for s in measure(data, library(article("x", "has")), TODAY) if s.name == "gap"]
    assert [(s.topic, s.numbers["tickets"], s.articles) for s in gaps] == [("big", 16, ()), ("mid", 3, ())]
    assert gaps[0].why == "no published article; 16 tickets in the last 8 weeks, at least 1.4 a week"
    assert gaps[1].value == pytest.approx(1.4165 / 8, rel=0.01)


def test_a_draft_leaves_a_gap() -> None:
    data = table({"a": [5] * 20})
    assert [s.name for s in measure(data, library(article("x", "a", status="draft")), TODAY)] == ["gap"]
    assert measure(data, library(article("x", "a")), TODAY) == []


def local(topic: str, locale: str, count: int) -> list[TicketCount]:
    return [TicketCount(topic, week, 7, count, locale) for week in mondays(20)]


def test_a_gap_in_one_locale_names_the_article_to_translate() -> None:
    data = weekly(local("a", "en-IN", 5) + local("a", "hi", 4) + local("a", "fr", 9))
    (gap,) = measure(data, library(article("x", "a")), TODAY)
    assert (gap.name, gap.articles, gap.numbers["locale"], gap.numbers["tickets"]) == (
        "gap",
        ("x",),
        "hi",
        32,
    )
    assert "no published article in hi (there is one in en); 32 tickets in hi" in gap.why
    both = library(article("x", "a"), article("x", "a", locale="hi"))
    assert measure(data, both, TODAY) == []


def test_overdue_needs_a_late_review_and_readers_who_ask() -> None:
    data = table({"a": [3] * 20, "b": [0, 5] + [0] * 18, "c": [30] * 20})
    old = TODAY - timedelta(days=270)
    shelf = library(
        article("a", "a", reviewed=old),
        article("b", "b", reviewed=old),
        article("c", "c", reviewed=TODAY - timedelta(days=180)),
        article("d", "c", reviewed=TODAY - timedelta(days=100), review_every=90),
        article("e", "c"),
        article("f", reviewed=old),
    )
    signals = [s for s in measure(data, shelf, TODAY) if s.name == "overdue"]
    assert [(s.articles, s.numbers["days_late"], s.numbers["tickets"]) for s in signals] == [
        (("a",), 90, 39),
        (("d",), 10, 390),
    ]
    assert signals[0].why == (
        f"the review of {old} was for 180 days, 90 days ago; 39 tickets in the last 13 weeks"
    )
    eager = measure(data, shelf, TODAY, review_every_days=30)
    assert [s.articles for s in eager if s.name == "overdue"] == [("c",), ("a",), ("d",)]


def test_overdue_weighs_the_tickets_of_the_version_that_is_late() -> None:
    data = weekly(local("a", "en", 2) + local("a", "hi", 7) + local("a", "hi-IN", 1))
    old = TODAY - timedelta(days=200)
    shelf = library(article("x", "a", reviewed=old), article("x", "a", locale="hi", reviewed=old))
    (signal,) = measure(data, shelf, TODAY)
    assert (signal.numbers["locale"], signal.numbers["tickets"]) == ("hi", 104)
    assert signal.why.endswith("; also late: en")


def test_topics_are_the_same_whatever_their_capitals_and_spaces() -> None:
    data = weekly(local(topic("Payment Declined"), "en", 4))
    assert measure(data, library(article("x", "payment-declined")), TODAY) == []
    assert measure(data, library(article("x", "payment_declined")), TODAY) == []


def test_a_gap_names_the_topic_that_may_be_meant() -> None:
    (gap,) = measure(weekly(local("refund", "en", 4)), library(article("x", "refunds")), TODAY)
    assert gap.why.startswith("no published article has this topic (did you mean 'refunds'?); 32 tickets")


def test_an_empty_table_gives_no_signal() -> None:
    assert measure(weekly([]), library(article("x", "a", reviewed=date(2020, 1, 1))), TODAY) == []
