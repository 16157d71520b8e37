"""Words that mean the same in everyday and support language (`search/thesaurus.<language>.txt`)."""

from __future__ import annotations

from functools import cache

from kbtool.lang.analyze import Token, analyze
from kbtool.lang.locales import primary
from kbtool.resources import resource_dir


@cache
def thesaurus(locale: str) -> tuple[tuple[Token, ...], ...]:
    """Groups of words that may stand for each other, analysed; none for a language without a list."""
    path = resource_dir("search") / f"thesaurus.{primary(locale)}.txt"
    if not path.is_file():
        return ()
    lines = (line.partition("#")[0].split() for line in path.read_text(encoding="utf-8").splitlines())
    groups = (dict.fromkeys(_whole(word, locale) for word in line) for line in lines)
    return tuple(tuple(filter(None, group)) for group in groups if len(group) > 1)


def _whole(word: str, locale: str) -> Token | None:
    """The word as it is looked up. Of one in a script without spaces that is its longest part."""
    tokens = analyze(word, locale)
    return max(tokens, key=lambda token: len(token.surface)) if tokens else None
