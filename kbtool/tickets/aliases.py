"""Old names of topics under their new ones: many to one are added, one to many is split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kbtool.tickets.calendar import Pair, Series
from kbtool.tickets.fields import clean


def renamed(series: Mapping[Pair, Series], aliases: Mapping[str, Sequence[str]]) -> dict[Pair, Series]:
    """The series under their new names, before anything is added up.

    An alias with several new names is split among them, in proportion to the tickets that they have
    of their own (equally when they have none). No ticket is lost or made.
    """
    if not aliases:
        return dict(series)
    names = {clean(old): tuple(dict.fromkeys(map(clean, new))) for old, new in aliases.items()}
    own: defaultdict[str, int] = defaultdict(int)
    for (topic, _), (_, counts) in series.items():
        own[topic] += sum(counts)
    found: dict[Pair, Series] = {}
    for (topic, locale), (weeks, counts) in series.items():
        new = names.get(topic) or (topic,)
        shares = _shares([own[name] for name in new])
        owed = [0.0] * len(new)
        for week, count in sorted(zip(weeks, counts, strict=True)):
            parts = [count] if len(new) == 1 else _parted(count, shares, owed)
            for name, part in zip(new, parts, strict=True):
                into = found.setdefault((name, locale), ([], []))
                into[0].append(week)
                into[1].append(part)
    return found


def _shares(tickets: Sequence[int]) -> list[float]:
    total = sum(tickets)
    return [each / total if total else 1 / len(tickets) for each in tickets]


def _parted(count: int, shares: Sequence[float], owed: list[float]) -> list[int]:
    """Whole numbers in proportion that add up to `count`; what is owed to each is carried on."""
    exact = [count * share + debt for share, debt in zip(shares, owed, strict=True)]
    parts = [max(0, int(value)) for value in exact]
    while sum(parts) > count:
        parts[max(range(len(parts)), key=lambda i: (parts[i] - exact[i], parts[i]))] -= 1
    while sum(parts) < count:
        parts[max(range(len(parts)), key=lambda i: exact[i] - parts[i])] += 1
    owed[:] = [value - part for value, part in zip(exact, parts, strict=True)]
    return parts
