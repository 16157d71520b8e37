"""Did you mean: the edit distance between words, and the nearest of a few."""

from __future__ import annotations

from collections.abc import Iterable


def distance(a: str, b: str) -> int:
    """Optimal string alignment: insertions, deletions, replacements and swaps of neighbours."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` is a misspelling of: one edit up to 5 letters, else two.

    Of equally near words, one that starts like `word` is taken: the first letter is rarely wrong.
    """
    found: tuple[int, bool, str] | None = None
    for candidate in known:
        limit = 1 if len(candidate) <= 5 else 2
        if abs(len(candidate) - len(word)) > limit:
            continue
        edits = distance(word.lower(), candidate.lower())
        rank = (edits, candidate[:1].lower() != word[:1].lower(), candidate)
        if edits <= limit and edits < len(candidate) and (found is None or rank < found):
            found = rank
    return found[2] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'owner'?`, or '' when nothing is near."""
    match = nearest(word, known)
    return f"did you mean '{match}'?" if match else ""
