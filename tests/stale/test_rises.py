"""From rows of topics to signals of articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kbtool.stale.rises import stale, surges
from kbtool.stale.topics import TopicRow

ROW = TopicRow(
    "refunds",
    ("pay/refunds", "pay/fees"),
    date(2026, 1, 5),
    120,
    since=date(2026, 9, 7),
    before=4.0,
    after=12.0,
    expected=4.0,
    share_before=0.02,
    share_after=0.06,
    ratio=3.0,
    lower=2.1,
    excess=30.0,
    odds=3.0,
    q=0.001,
    surge_q=0.5,
    could_be_seasonal=False,
    flagged=True,
)


def test_many_topics_of_one_article_are_one_line_and_the_worst_speaks() -> None:
    other = replace(ROW, topic="fees", articles=("pay/refunds",), odds=2.0, ratio=1.6)
    (signal,) = stale([other, ROW])
    assert (signal.topic, signal.articles, signal.value) == ("refunds", ("pay/refunds", "pay/fees"), 3.0)
    assert signal.why.endswith("; also rises: fees (ratio 1.6)")


def test_a_topic_without_an_article_is_not_stale() -> None:
    assert stale([replace(ROW, articles=())]) == []


def test_a_locale_is_named_only_when_the_rise_is_its_own() -> None:
    hindi = replace(ROW, locale="hi")
    (everywhere,) = stale([ROW, hindi])
    assert "locale" not in everywhere.numbers
    (own,) = stale([replace(ROW, flagged=False), hindi])
    assert own.numbers["locale"] == "hi"
    assert own.why.startswith("in hi: 4.0 -> 12.0 tickets a week since 2026-09-07")


def test_a_surge_is_an_alarm_about_what_is_not_known_to_be_stale() -> None:
    jumped = replace(ROW, flagged=False, surge=True, surge_q=0.02, articles=())
    (signal,) = surges([jumped])
    assert (signal.name, signal.topic) == ("surge", "refunds")
    assert "q 0.020" in signal.why
    assert list(surges([replace(jumped, flagged=True)])) == []
