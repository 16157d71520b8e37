"""Old names of topics under their new ones: many to one are added, one to many is split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kbtool.model import TicketCount
from kbtool.tickets.fields import clean


def renamed(rows: Iterable[TicketCount], aliases: Mapping[str, Sequence[str]]) -> list[TicketCount]:
    """The rows under their new names, before anything is added up.

    An alias with several new names is split among them, in proportion to the tickets that they have
    of their own (equally when they have none). No ticket is lost or made.
    """
    rows = list(rows)
    names = {clean(old): tuple(dict.fromkeys(map(clean, new))) for old, new in aliases.items()}
    split = {old: new for old, new in names.items() if len(new) > 1}
    own: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        own[row.topic] += row.count
    shares = {old: _shares([own[name] for name in new]) for old, new in split.items()}
    owed = {old: [0.0] * len(new) for old, new in split.items()}
    found = []
    for row in sorted(rows, key=lambda row: row.start):
        new = names.get(row.topic)
        if not new:
            found.append(row)
        elif len(new) == 1:
            found.append(replace(row, topic=new[0]))
        else:
            parts = _parted(row.count, shares[row.topic], owed[row.topic])
            found += [replace(row, topic=name, count=part) for name, part in zip(new, parts, strict=True)]
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
