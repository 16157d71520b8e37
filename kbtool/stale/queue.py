"""All signals as one list of work: what to do first, by the tickets that it could save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kbtool.model import Library, Signal
from kbtool.tickets.fields import clean

# What part of the tickets of a week a piece of work can save, as a rule of thumb: a helpful update
# saves a quarter to two thirds; a late review finds something to mend in one article of ten.
UPDATE, REVIEW = 0.25, 0.1
WEEKS = 13


@dataclass(frozen=True)
class Entry:
    """One piece of work on an article (`id`), or on a topic without one (`id` is '').

    `stake` are tickets a week that are at stake, by the strongest of `signals`, which stands first.
    `todo` says what to do about it.
    """

    id: str
    topic: str
    stake: float
    todo: str
    signals: tuple[Signal, ...]


def queue(signals: Iterable[Signal], library: Library, owner: str = "") -> list[Entry]:
    """One entry per article or missing article, the most at stake first; an alarm is no work.

    `owner` leaves the articles of one owner; what has no article has no owner.
    """
    groups: dict[tuple[str, str], list[Signal]] = {}
    for signal in signals:
        if signal.name in STAKES:
            groups.setdefault(_work(signal), []).append(signal)
    versions = library.by_id()
    entries = []
    for (id, _), group in groups.items():
        if owner and owner.casefold() not in {
            article.owner.casefold() for article in versions.get(id, {}).values()
        }:
            continue
        first, *others = sorted(group, key=lambda signal: -STAKES[signal.name](signal.numbers))
        stake = STAKES[first.name](first.numbers)
        entries.append(Entry(id, first.topic, stake, _todo(first), (first, *others)))
    return sorted(entries, key=lambda entry: (-entry.stake, entry.id, entry.topic))


def _work(signal: Signal) -> tuple[str, str]:
    """The article to work on; for one that is missing, the topic and the locale."""
    if signal.name == "gap":
        return "", f"{signal.topic} {signal.numbers.get('locale', '')}"
    return signal.articles[0], ""


Numbers = Mapping[str, float | int | str]


def _stale(numbers: Numbers) -> float:
    """The tickets a week beyond the expected that are certain."""
    return max(0.0, float(numbers["lower"]) - 1) * float(numbers["expected"])


def _no_deflection(numbers: Numbers) -> float:
    return UPDATE * float(numbers["after"])


def _gap(numbers: Numbers) -> float:
    return float(numbers["lower"]) or UPDATE * float(numbers["tickets"])


def _behind(numbers: Numbers) -> float:
    changed = float(numbers["changed"]) + float(numbers["new"]) + float(numbers["gone"])
    return UPDATE * float(numbers["tickets"]) / WEEKS * min(1.0, changed / max(1.0, float(numbers["parts"])))


def _overdue(numbers: Numbers) -> float:
    late = min(1.0, float(numbers["days_late"]) / float(numbers["review_every"]))
    return REVIEW * float(numbers["tickets"]) / WEEKS * late


def _flag(numbers: Numbers) -> float:
    """An agent who takes the time to say so stands for the tickets of a week."""
    return float(numbers["n"])


def _words(numbers: Numbers) -> float:
    """Of those who write these words, some would have found the article by itself."""
    return UPDATE * float(numbers["tickets"]) / 52


def _quiet(numbers: Numbers) -> float:  # noqa: ARG001 - the same shape as the others
    return 0.0


STAKES: dict[str, Callable[[Numbers], float]] = {
    "stale": _stale,
    "flag": _flag,
    "no-deflection": _no_deflection,
    "gap": _gap,
    "translation-behind": _behind,
    "overdue": _overdue,
    "words": _words,
    "quiet": _quiet,
}


def _todo(signal: Signal) -> str:
    id = signal.articles[0] if signal.articles else ""
    locale = signal.numbers.get("locale", "")
    only = f" --lang {locale}" if locale else ""
    if signal.name == "gap":
        if id:
            return f"translate it: kbtool new article --translates {id} --lang {locale} --title …"
        if not signal.numbers.get("weeks"):
            return f"write it, with `topics: [{clean(signal.topic)}]`: kbtool new article --title …"
        return f"write it, with `topics: [{signal.topic}]`: kbtool new article --title …"
    return {
        "stale": f"read it as a customer would, correct it, then: kbtool review mark {id}{only}",
        "flag": f"correct what was said, then: kbtool review mark {id}{only}",
        "words": f"add them as aliases: kbtool aliases accept {id}{only}",
        "no-deflection": "look again: is the answer easy to find, and does it end the problem?",
        "translation-behind": f"translate these parts, then: kbtool translate mark {id}{only}",
        "overdue": f"check it, then: kbtool review mark {id}{only}",
        "quiet": "retire it (`status: archived`), or merge it into another",
    }[signal.name]
