"""Ticket counts x Library -> every signal, the most urgent kinds first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kbtool.model import Library, Signal
from kbtool.stale.aliases import unknown_words
from kbtool.stale.by_hand import asked_for, flags
from kbtool.stale.coverage import coverage
from kbtool.stale.gaps import gaps
from kbtool.stale.no_deflection import no_deflection
from kbtool.stale.overdue import overdue
from kbtool.stale.quiet import quiet
from kbtool.stale.rises import stale, surges
from kbtool.stale.topics import Ranking, rank_topics
from kbtool.stale.translations import behind
from kbtool.tickets.calendar import WeeklyTable, complete
from kbtool.tickets.export.account import Words
from kbtool.tickets.notes import Note


def measure(
    table: WeeklyTable,
    library: Library,
    today: date,
    *,
    fdr: float = 0.05,
    review_every_days: int = 180,
    ranking: Ranking | None = None,
    notes: Sequence[Note] = (),
    words: Sequence[Words] = (),
) -> list[Signal]:
    """All signals of the newest complete week not after `today`, in the order of `SignalName`.

    Signals of one name are ordered, the most urgent first. `fdr` bounds the expected share of false
    `stale` and `surge` signals; `review_every_days` holds for articles that set no interval of
    their own. `notes` are what agents said by hand, `words` those of readers that an import found.
    `ranking` saves measuring the topics twice. `numbers["locale"]` names the version
    that is meant where a signal is about one; `articles` of a `gap` in one locale are those that
    wait for a translation.
    """
    known = complete(table, today)
    covered = coverage(library, today)
    rows = (ranking or rank_topics(table, today, library, fdr=fdr)).rows
    return [
        *stale(rows),
        *_ranked(surges(rows)),
        *_ranked(flags(notes, library, today)),
        *_ranked(no_deflection(known, library, covered, today, fdr)),
        *_ranked([*gaps(known, library, covered), *asked_for(notes, library)]),
        *_ranked(behind(known, library, today)),
        *_ranked(overdue(known, library, today, review_every_days)),
        *_ranked(unknown_words(words, library)),
        *_ranked(quiet(known, library, today)),
    ]


def _ranked(signals: Iterable[Signal]) -> list[Signal]:
    return sorted(signals, key=lambda signal: (-signal.value, signal.topic, signal.articles, signal.why))
