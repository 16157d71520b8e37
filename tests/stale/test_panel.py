"""Matrices of a help desk: what is known of a week, and what a topic is measured against."""

from __future__ import annotations

import numpy as np

from kbtool.stale.coverage import coverage
from kbtool.stale.panel import Panel
from kbtool.stale.topics import panel_of
from kbtool.tickets import weekly
from tests.stale.stale_data import TODAY, article, counted, library, mondays, table


def test_a_lost_export_is_no_week_and_a_topic_begins_with_its_first_ticket() -> None:
    desk, _ = panel_of(table({"a": [3, 0, 4, 5], "b": [0, 0, 0, 2]}), coverage(library(), TODAY))
    assert desk.known.tolist() == [[True, False, True, True], [False, False, False, True]]


def test_exposure_is_all_other_tickets_and_one_for_a_dominant_topic() -> None:
    desk, _ = panel_of(table({"a": [9, 8], "b": [1, 3], "c": [2, 2]}), coverage(library(), TODAY))
    assert desk.exposure(2).tolist() == [[1.0, 1.0], [11.0, 10.0], [10.0, 11.0]]


def test_what_is_dominant_is_decided_by_the_weeks_before() -> None:
    desk, _ = panel_of(table({"a": [1, 99], "b": [9, 1]}), coverage(library(), TODAY))
    assert desk.exposure(1)[1].tolist() == [1.0, 1.0]
    assert desk.exposure(1)[0].tolist() == [9.0, 1.0]


def test_without_a_common_denominator_the_past_alone_counts() -> None:
    counts = np.array([[1.0, 2.0], [3.0, 4.0]])
    zero = np.zeros(2, int)
    desk = Panel(tuple(mondays(2)), ("a", "b"), counts, np.full((2, 2), np.nan), zero, zero, zero)
    assert not desk.shared
    assert desk.exposure(2).tolist() == [[1.0, 1.0], [1.0, 1.0]]
    assert desk.known.all()


def test_a_busy_locale_is_a_help_desk_of_its_own() -> None:
    rows = [*counted("a", [9] * 30, "hi"), *counted("a", [1] * 30, "en"), *counted("b", [5] * 30, "hi")]
    desk, keys = panel_of(weekly(rows), coverage(library(article("x", "a")), TODAY))
    assert keys == [("a", ""), ("b", ""), ("a", "hi"), ("b", "hi")]
    assert desk.desk.tolist() == [0, 0, 2, 2]
    assert desk.totals[:, 0].tolist() == [15, 15, 14, 14]


def test_a_review_is_where_new_evidence_begins() -> None:
    weeks = mondays(4)
    shelf = library(article("x", "a", reviewed=weeks[2]), article("y", "b"))
    desk, _ = panel_of(table({"a": [1] * 4, "b": [1] * 4}), coverage(shelf, TODAY))
    assert desk.since.tolist() == [2, 0]
