"""All topics of a table, ranked by the evidence that they rose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

from kbtool.model import Library
from kbtool.stale.coverage import coverage
from kbtool.stale.model import Baseline, Evidence, Windows, compare, fit, series_of, shrunk, windows
from kbtool.stale.numeric import q_values
from kbtool.tickets.calendar import WeeklyTable, complete

MIN_RATIO = 1.15
MIN_EXCESS = 3.0


@dataclass(frozen=True)
class TopicRow:
    """One topic. Tickets are per week, shares between 0 and 1, `n` are the tickets it rests on.

    `not_enough` is '' or says in words why nothing is tested; the measured fields are None then.
    `lower` is the one-sided 90 % lower bound of `ratio` (observed / expected), `excess` the tickets
    of the last four weeks above the expected, `q` the false discovery rate at which the topic would
    be flagged. `articles` are ids, the topic's own first; `reviewed` is the last review of that one.
    """

    topic: str
    articles: tuple[str, ...]
    reviewed: date | None
    n: int
    before: float | None = None
    after: float | None = None
    share_before: float | None = None
    share_after: float | None = None
    ratio: float | None = None
    lower: float | None = None
    excess: float | None = None
    p: float | None = None
    q: float | None = None
    could_be_seasonal: bool = True
    flagged: bool = False
    not_enough: str = ""


def rank_topics(table: WeeklyTable, today: date, library: Library, *, fdr: float = 0.05) -> list[TopicRow]:
    """Every topic with a complete week of counts, the strongest evidence of a rise first.

    Flagged topics come first, then the others by p, then those without enough data by tickets.
    A library without articles will do. Weeks that are incomplete or later than `today` are not used.
    """
    table = complete(table, today)
    covered = coverage(library, today)
    prepared: list[tuple[str, Windows, Baseline]] = []
    untested: list[TopicRow] = []
    for topic in table.topics:
        reviewed = covered.reviewed.get(topic)
        two = windows(series_of(table, topic), reviewed)
        if isinstance(two, Windows):
            prepared.append((topic, two, fit(two.baseline)))
        else:
            ids = covered.articles.get(topic, ())
            note = f"not enough data yet: {two}"
            untested.append(TopicRow(topic, ids, reviewed, sum(table.counts[topic]), not_enough=note))
    pool = median(base.phi for _, _, base in prepared) if prepared else 1.0
    found = [compare(two, base, shrunk(base.phi, base.weeks, pool)) for _, two, base in prepared]
    rows = [
        _row(topic, covered.articles.get(topic, ()), covered.reviewed.get(topic), evidence, q, fdr)
        for (topic, _, _), evidence, q in zip(prepared, found, q_values([e.p for e in found]), strict=True)
    ]
    rows.sort(key=lambda row: (not row.flagged, row.p or 0.0, row.topic))
    return rows + sorted(untested, key=lambda row: (-row.n, row.topic))


def _row(
    topic: str, ids: tuple[str, ...], reviewed: date | None, evidence: Evidence, q: float, fdr: float
) -> TopicRow:
    return TopicRow(
        topic,
        ids,
        reviewed,
        evidence.n,
        evidence.before,
        evidence.after,
        evidence.share_before,
        evidence.share_after,
        evidence.ratio,
        evidence.lower,
        evidence.excess,
        evidence.p,
        q,
        evidence.could_be_seasonal,
        flagged=_is_flagged(evidence, q, fdr),
    )


def _is_flagged(evidence: Evidence, q: float, fdr: float) -> bool:
    """Sure, large and lasting enough, and not explained by last year where last year is known."""
    return (
        q <= fdr
        and evidence.lower >= MIN_RATIO
        and evidence.excess >= MIN_EXCESS
        and evidence.lasting
        and not (evidence.year_known and evidence.could_be_seasonal)
    )
