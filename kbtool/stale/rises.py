"""Topics whose tickets rose -> `stale` (it lasts) and `surge` (it just began) signals, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kbtool.model import Signal
from kbtool.stale.topics import TopicRow

NUMBERS = (
    "before",
    "after",
    "expected",
    "share_before",
    "share_after",
    "ratio",
    "lower",
    "excess",
    "odds",
    "q",
    "surge_q",
)


def explain(row: TopicRow) -> str:
    """The evidence of one topic in a line, also of one that is not flagged."""
    if row.not_enough:
        return row.not_enough
    return _evidence(row, row.q)


def _evidence(row: TopicRow, q: float | None) -> str:
    since = row.since.isoformat() if row.since else ""
    review = "not reviewed yet" if row.reviewed is None else f"last reviewed {row.reviewed.isoformat()}"
    return (
        f"{row.before or 0:.1f} -> {row.after or 0:.1f} tickets a week since {since} "
        f"(share {100 * (row.share_before or 0):.1f} -> {100 * (row.share_after or 0):.1f} %), "
        f"{row.expected or 0:.1f} expected, ratio {row.ratio or 0:.1f} (at least {row.lower or 0:.1f}), "
        f"q {small(q or 0)}, {row.n:,} tickets; "
        + (f"{review}; " if row.articles else "no article; ")
        + f"could be seasonal: {'yes' if row.could_be_seasonal else 'no'}"
        + ("; the names of topics changed as it began" if row.moved else "")
    )


def small(q: float) -> str:
    """A q value, short."""
    return f"{q:.3f}" if q >= 0.001 else "< 0.001"


def stale(rows: Iterable[TopicRow]) -> list[Signal]:
    """One signal per article whose topics keep more tickets than its last review left: the worst topic's.

    A topic that rises everywhere is named once; one that rises in one locale only names the locale.
    """
    flagged = [row for row in rows if row.flagged and row.articles]
    everywhere = {row.topic for row in flagged if not row.locale}
    chosen = [row for row in flagged if not row.locale or row.topic not in everywhere]
    groups: dict[tuple[str, str], list[TopicRow]] = {}
    for row in chosen:
        groups.setdefault((row.articles[0], row.locale), []).append(row)
    found = [_article(group) for group in groups.values()]
    return sorted(found, key=lambda signal: (-signal.value, signal.topic, signal.articles))


def _article(rows: Sequence[TopicRow]) -> Signal:
    """The signal of an article from its topics: sure that one of them rose, and the worst in numbers."""
    first, *others = sorted(rows, key=lambda row: (-(row.odds or 0), row.topic))
    signal = _signal("stale", first, first.odds or 0.0, first.q)
    if not others:
        return signal
    articles = tuple(dict.fromkeys(id for row in (first, *others) for id in row.articles))
    also = ", ".join(f"{row.topic} (ratio {row.ratio or 0:.1f})" for row in others)
    return replace(signal, articles=articles, why=f"{signal.why}; also rises: {also}")


def surges(rows: Iterable[TopicRow]) -> Iterator[Signal]:
    """Topics that jumped within the last weeks and are not known to be stale: an alarm, no review."""
    rows = list(rows)
    stale = {row.topic for row in rows if row.flagged}
    everywhere = {row.topic for row in rows if row.surge and not row.locale}
    for row in rows:
        if row.surge and row.topic not in stale and (not row.locale or row.topic not in everywhere):
            yield _signal("surge", row, -(row.surge_q or 0.0), row.surge_q)


def _signal(name: str, row: TopicRow, value: float, q: float | None) -> Signal:
    numbers: dict[str, float | int | str] = {"n": row.n, "could_be_seasonal": int(row.could_be_seasonal)}
    for each in NUMBERS:
        numbers[each] = getattr(row, each)
    if row.since:
        numbers["since"] = row.since.isoformat()
    if row.reviewed:
        numbers["reviewed"] = row.reviewed.isoformat()
    if row.locale:
        numbers["locale"] = row.locale
    where = f"in {row.locale}: " if row.locale else ""
    return Signal(
        "stale" if name == "stale" else "surge",
        row.topic,
        value,
        where + _evidence(row, q),
        row.articles,
        numbers,
    )
