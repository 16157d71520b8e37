"""Question and function words: they count little in a query, and are never dropped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kbtool.lang.analyze import SEA_GRAM, is_cjk, is_cut_up, surfaces, whole_words
from kbtool.lang.locales import primary
from kbtool.resources import resource_dir


@cache
def light_words(locale: str) -> frozenset[str]:
    """The words of `search/light.<language>.txt`, folded; none for a language without a list.

    Those of scripts without spaces are whole, not in the pieces by which they are looked up.
    """
    path = resource_dir("search") / f"light.{primary(locale)}.txt"
    if not path.is_file():
        return frozenset()
    lines = (line.partition("#")[0] for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(word for line in lines for word in whole_words(line, locale))


def foreign_words(locale: str, others: Iterable[str]) -> frozenset[str]:
    """The light words of other locales in Latin letters that are none in this one."""
    found = {word for other in others for word in light_words(other) if word.isascii()}
    return frozenset(found) - light_words(locale)


def marked(run: str, light: frozenset[str]) -> list[tuple[str, bool]]:
    """A run of a script without spaces, cut at its light words of two characters and more.

    Each part with whether it is such a word; of several that begin at one place the longest counts.
    """
    longest = max(map(len, light), default=0)
    parts: list[tuple[str, bool]] = []
    start = at = 0
    while at < len(run):
        size = next((n for n in range(min(longest, len(run) - at), 1, -1) if run[at : at + n] in light), 0)
        if size:
            parts += [(run[start:at], False), (run[at : at + size], True)]
            at += size
            start = at
        else:
            at += 1
    return [part for part in (*parts, (run[start:], False)) if part[0]]


def asked_words(text: str, locale: str, light: frozenset[str]) -> list[tuple[str, bool]]:
    """The words of a query as they are looked up, in order, each with whether it counts little."""
    found: list[tuple[str, bool]] = []
    for word in whole_words(text, locale):
        if not is_cut_up(word):
            found.append((word, word in light))
        elif is_cjk(word):
            for part, is_light in marked(word, light):
                found += [(piece, is_light or piece in light) for piece in surfaces(part, locale)]
        else:
            # Every part of four characters is a word there: to cut them would lose some.
            parts = marked(word, light)
            inside = [is_light for part, is_light in parts for _ in part]
            pieces = surfaces(word, locale)
            found += [(piece, all(inside[at : at + len(piece)])) for at, piece in enumerate(pieces)]
            # What is left between light words may be a word shorter than that.
            left = (part for part, is_light in parts if not is_light)
            found += [(part, False) for part in left if 1 < len(part) < SEA_GRAM and part != word]
    return found
