"""Question and function words: they count little in a query, and are never dropped."""

from __future__ import annotations

from functools import cache

from kbtool.lang.analyze import surfaces
from kbtool.lang.locales import primary
from kbtool.resources import resource_dir


@cache
def light_words(locale: str) -> frozenset[str]:
    """The words of `search/light.<language>.txt`, analysed; none for a language without a list."""
    path = resource_dir("search") / f"light.{primary(locale)}.txt"
    if not path.is_file():
        return frozenset()
    text = path.read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in surfaces(line, locale))
