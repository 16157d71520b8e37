"""Words of readers that an import found, and that their article still lacks -> `words` signals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kbtool.model import Article, Library, Signal
from kbtool.stale.coverage import topics_of
from kbtool.tickets.export.account import Words


def waiting(words: Iterable[Words], library: Library) -> dict[tuple[str, str], list[Words]]:
    """By article and locale, what is no alias yet."""
    versions = library.by_id()
    found: dict[tuple[str, str], list[Words]] = {}
    for one in words:
        article = versions.get(one.id, {}).get(one.locale)
        if article and not _has(article, one.text):
            found.setdefault((one.id, one.locale), []).append(one)
    return found


def _has(article: Article, text: str) -> bool:
    return text.casefold() in {alias.casefold() for alias in article.aliases}


def unknown_words(words: Iterable[Words], library: Library) -> Iterator[Signal]:
    """Articles whose readers use other words. `value` is how many tickets do."""
    versions = library.by_id()
    for (id, locale), listed in waiting(words, library).items():
        tickets = sum(one.tickets for one in listed)
        topics = topics_of(versions[id][locale])
        said = ", ".join(f"“{one.text}” ({one.tickets:,})" for one in listed)
        numbers: dict[str, float | int | str] = {"tickets": tickets, "n": len(listed), "locale": locale}
        why = f"readers write what the article does not say: {said} tickets"
        yield Signal("words", topics[0] if topics else "", float(tickets), why, (id,), numbers)
