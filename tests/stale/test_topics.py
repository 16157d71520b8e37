"""All topics ranked: false alarms, power, and what is said without data."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kbtool.model import TicketCount
from kbtool.stale import Ranking, rank_topics
from kbtool.tickets import as_of, read_counts, weekly
from tests.stale.stale_data import (
    END,
    TODAY,
    article,
    chance_counts,
    counted,
    library,
    mondays,
    seeded,
    table,
)

SHARED = Path(__file__).parents[2].parent / "shared" / "bench" / "stale" / "sumo_topic_week.csv"


def test_no_change_gives_hardly_a_flag() -> None:
    chance = seeded(3)
    data = table({f"t{n}": chance_counts(chance, 108, 2 + n) for n in range(20)})
    flags = [
        sum(row.flagged for row in rank_topics(data, TODAY - timedelta(weeks=back), library()).rows)
        for back in range(0, 52, 4)
    ]
    assert len(flags) == 13
    assert sum(flags) / len(flags) <= 0.05


@pytest.mark.parametrize(("factor", "least"), [(2.0, 3), (3.0, 8)])
def test_a_risen_topic_is_found_within_six_weeks(factor: float, least: int) -> None:
    found = 0
    for seed in range(8):
        chance = seeded(seed)
        series = {f"t{n}": chance_counts(chance, 80, 10) for n in range(20)}
        series["up"] = chance_counts(chance, 80, 10, lambda left: factor if left <= 6 else 1.0)
        data = table(series)
        looks = [rank_topics(data, TODAY - timedelta(weeks=back), library()).rows[0] for back in range(2)]
        found += any(row.flagged and row.topic == "up" for row in looks)
    assert found >= least


def test_a_season_is_not_flagged_when_last_year_is_known_and_else_says_so() -> None:
    chance = seeded(8)
    series = {f"t{n}": chance_counts(chance, 104, 20) for n in range(10)}
    series["festival"] = chance_counts(
        chance, 104, 20, lambda left: 2.5 if left % 52 in (1, 2, 3, 4) else 1.0
    )
    row = next(r for r in rank_topics(table(series), TODAY, library()).rows if r.topic == "festival")
    assert not row.flagged
    assert row.could_be_seasonal
    short = {topic: counts[-40:] for topic, counts in series.items()}
    row = rank_topics(table(short), TODAY, library()).rows[0]
    assert (row.topic, row.flagged, row.could_be_seasonal) == ("festival", True, True)


@pytest.mark.parametrize("topics", [1, 2, 12])
def test_one_wild_week_is_no_flag(topics: int) -> None:
    for seed in range(10):
        chance = seeded(seed)
        series = {f"t{n}": chance_counts(chance, 60, 8) for n in range(topics)}
        series["t0"] = [10] * 57 + [10, 200, 10]
        assert not any(
            row.flagged for row in rank_topics(table(series), TODAY, library()).rows if row.topic == "t0"
        )


def test_few_tickets_are_never_a_flag() -> None:
    quiet = [1, 0, 0, 0] * 15
    rows = rank_topics(table({"a": [*quiet[:-4], 1, 1, 0, 1], "b": [50] * 60}), TODAY, library()).rows
    row = next(row for row in rows if row.topic == "a")
    assert row.excess is not None
    assert row.excess < 3
    assert not row.flagged


def test_every_topic_is_a_row_and_a_new_one_says_not_enough_data() -> None:
    rows = rank_topics(table({"a": [9] * 30, "new": [0] * 25 + [20] * 5}), TODAY, library()).rows
    assert {row.topic for row in rows} == {"a", "new"}
    last = rows[-1]
    assert last.topic == "new"
    assert last.not_enough == "not enough data yet: 5 weeks of counts, up to 14 are needed"
    assert (last.odds, last.q, last.ratio, last.flagged, last.n) == (None, None, None, False, 100)


def test_a_review_silences_until_there_is_new_evidence() -> None:
    chance = seeded(1)
    series = {f"t{n}": chance_counts(chance, 80, 20) for n in range(8)}
    series["up"] = chance_counts(chance, 80, 20, lambda left: 3.0 if left <= 8 else 1.0)
    weeks = mondays(80)
    flagged = {}
    for name, reviewed in (("old", weeks[-30]), ("recent", weeks[-3]), ("later", TODAY)):
        row = next(
            row
            for row in rank_topics(table(series), TODAY, library(article("a", "up", reviewed=reviewed))).rows
            if row.topic == "up"
        )
        assert row.reviewed == reviewed
        flagged[name] = row.flagged
    assert flagged == {"old": True, "recent": False, "later": False}


def test_later_weeks_change_no_earlier_answer() -> None:
    chance = seeded(2)
    series = {f"t{n}": chance_counts(chance, 90, 10) for n in range(6)}
    whole = table(series)
    cut = weekly(row for row in _rows(series) if row.start <= END - timedelta(weeks=20))
    then = TODAY - timedelta(weeks=20)
    assert rank_topics(whole, then, library()) == rank_topics(cut, TODAY, library())


def _rows(series: dict[str, list[int]]) -> list[TicketCount]:
    return [
        TicketCount(topic, week, 7, count)
        for topic, counts in series.items()
        for week, count in zip(mondays(len(counts)), counts, strict=True)
    ]


def test_no_table_no_rows() -> None:
    assert rank_topics(weekly([]), TODAY, library()) == Ranking()


@pytest.mark.skipif(not SHARED.exists(), reason="the shared benchmark is not here")
def test_the_real_redesign_of_june_2021_stands_on_top() -> None:
    data, findings = read_counts(SHARED)
    assert not findings
    rows = rank_topics(data, date(2021, 6, 16), library()).rows
    assert as_of(data, date(2021, 6, 16)) == date(2021, 6, 13)
    assert {row.topic for row in rows if row.flagged and not row.locale} == {"tabs", "customize"}
    assert as_of(data, date(2024, 6, 1)) == date(2023, 12, 31)
    assert {row.topic for row in rank_topics(data, date(2024, 6, 1), library()).rows} == set(data.topics)


def test_a_busy_month_of_the_whole_help_desk_is_no_rise_of_any_topic() -> None:
    chance = seeded(14)
    busy = [1.6 if left <= 8 else 1.0 for left in range(100, 0, -1)]
    series = {f"t{n:02}": chance_counts(chance, 100, 6 + n, lambda left: busy[100 - left]) for n in range(25)}
    assert not any(row.flagged or row.surge for row in rank_topics(table(series), TODAY, library()).rows)


def test_a_lost_export_is_neither_a_fall_nor_a_rise_after_it() -> None:
    chance = seeded(15)
    series = {f"t{n:02}": chance_counts(chance, 80, 15) for n in range(12)}
    for counts in series.values():
        counts[76] = 0
    rows = rank_topics(table(series), TODAY, library()).rows
    assert not any(row.flagged or row.surge or row.not_enough for row in rows)


def test_a_topic_with_many_weeks_of_zero_is_not_flagged_for_the_others() -> None:
    chance = seeded(16)
    series = {f"t{n:02}": chance_counts(chance, 100, 12) for n in range(12)}
    series["holes"] = [0 if chance.random() < 0.3 else count for count in chance_counts(chance, 100, 12)]
    assert not any(row.flagged for row in rank_topics(table(series), TODAY, library()).rows)


def test_a_topic_that_is_most_of_the_tickets_is_measured_against_its_own_past() -> None:
    chance = seeded(17)
    series = {f"t{n:02}": chance_counts(chance, 80, 4) for n in range(8)}
    series["most"] = chance_counts(chance, 80, 200, lambda left: 2.0 if left <= 8 else 1.0)
    (row,) = [row for row in rank_topics(table(series), TODAY, library()).rows if row.flagged]
    assert row.topic == "most"


def test_a_rise_in_one_language_is_found_there_and_names_its_article() -> None:
    chance = seeded(18)
    rows = []
    for n in range(10):
        rows += counted(f"t{n:02}", chance_counts(chance, 90, 15), "en")
        rows += counted(f"t{n:02}", chance_counts(chance, 90, 15), "hi")
    rows += counted("pay", chance_counts(chance, 90, 40), "en")
    rows += counted("pay", chance_counts(chance, 90, 8, lambda left: 4.0 if left <= 10 else 1.0), "hi")
    shelf = library(article("x", "pay"), article("x", "pay", locale="hi"))
    found = [
        row for row in rank_topics(weekly(rows), TODAY, shelf).rows if row.flagged and row.locale == "hi"
    ]
    assert [(row.topic, row.articles) for row in found] == [("pay", ("x",))]


def test_growth_that_was_there_all_along_is_a_trend() -> None:
    chance = seeded(19)
    series = {f"t{n:02}": chance_counts(chance, 120, 15) for n in range(12)}
    series["grows"] = chance_counts(chance, 120, 20, lambda left: 1.25 ** ((120 - left) / 52))
    assert not any(row.flagged for row in rank_topics(table(series), TODAY, library()).rows)
