"""Words and questions of readers that an article answers and does not contain: what could be its aliases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kbtool.lang.analyze import analyze, whole_words
from kbtool.search.light import light_words
from kbtool.search.synonyms import Synonyms
from kbtool.search.texts import Document

# So many tickets must say a thing before it is proposed: what one person wrote is nobody else's business.
LEAST_TICKETS = 5
QUESTIONS, WORDS = 3, 3  # proposals for an article in a locale
OWN_SHARE = 0.6  # of the tickets with a word must be about the article
SPREAD = 0.05  # of the articles; a word in the tickets on more of them tells nothing about any
FEW = 3  # articles in which any word may be
MOST_WORDS = 9  # of a question
LONGEST_WORD = 24


@dataclass(frozen=True)
class Proposal:
    """What could be an alias of an article in a locale, and how many tickets say it."""

    id: str
    locale: str
    text: str
    tickets: int


def proposals(
    subjects: Iterable[tuple[str, str, int]],
    documents: Mapping[str, Iterable[Document]],
    synonyms: Mapping[str, Synonyms],
    tongue: Callable[[str], str],
    is_personal: Callable[[str], bool],
) -> list[Proposal]:
    """Proposals by article and locale, the most frequent first.

    `subjects` are (text, id of the article that answers it or '', tickets). `tongue` tells the locale of a
    text; what `is_personal` is left out.
    """
    known = {
        (one.id, locale): _Known(one, locale, synonyms)
        for locale, listed in documents.items()
        for one in listed
    }
    asked: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    said: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    about: defaultdict[str, set[str]] = defaultdict(set)
    everywhere: Counter[str] = Counter()
    first: dict[str, str] = {}
    chunks = _Chunks()
    for text, id, tickets in subjects:
        words = list(dict.fromkeys(word for chunk in text.split() for word in chunks.words(chunk)))
        for word in words:
            everywhere[word] += tickets
        if not id:
            continue
        locale = tongue(text) or next(iter(documents))
        if (id, locale) not in known:
            locale = next((other for other in documents if (id, other) in known), "")
        if not locale:
            continue
        own = said[id, locale]
        for word in words:
            own[word] += tickets
            about[word].add(id)
        if 1 < len(words) <= MOST_WORDS:
            question = " ".join(words)
            asked[id, locale][question] += tickets
            # Without what one customer alone may have written: addresses, numbers.
            first.setdefault(question, " ".join(chunk for chunk in text.split() if chunks.words(chunk)))
    most = max(FEW, SPREAD * len({id for id, _ in known}))
    common = {word for word, ids in about.items() if len(ids) > most}
    found: list[Proposal] = []
    for key in sorted(known):
        article, new, taken = known[key], list[Proposal](), set[str]()
        for question, tickets in _most_frequent(asked[key]):
            unknown = {word for word in question.split() if article.lacks(word)} - taken - common
            if unknown and len(new) < QUESTIONS and not is_personal(first[question]):
                new.append(Proposal(*key, first[question], tickets))
                taken |= unknown
        told = common | taken
        telling = [
            Proposal(*key, word, tickets)
            for word, tickets in _most_frequent(said[key])
            if tickets >= OWN_SHARE * everywhere[word] and word not in told and article.lacks(word)
        ]
        found += sorted([*new, *telling[:WORDS]], key=lambda one: (-one.tickets, one.text))
    return found


def _most_frequent(counts: Counter[str]) -> list[tuple[str, int]]:
    """What enough tickets say, the most frequent first."""
    enough = [pair for pair in counts.items() if pair[1] >= LEAST_TICKETS]
    return sorted(enough, key=lambda pair: (-pair[1], pair[0]))


class _Chunks:
    """The words of what stands between spaces, without addresses and numbers: those are nobody's words."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, ...]] = {}

    def words(self, chunk: str) -> tuple[str, ...]:
        """The words; none of an address or a number."""
        known = self._known.get(chunk)
        if known is None:
            private = "@" in chunk or "/" in chunk or any(map(str.isdigit, chunk))
            known = self._known[chunk] = () if private else tuple(whole_words(chunk, ""))
        return known


class _Known:
    """What an article says in a locale."""

    def __init__(self, document: Document, locale: str, synonyms: Mapping[str, Synonyms]) -> None:
        self._locale = locale
        self._light = light_words(locale)
        self._synonyms = synonyms.get(locale, {})
        self._text = "\n".join([document.title, *document.fields.values()])

    def lacks(self, word: str) -> bool:
        """Whether it is a word that tells something, and is not in the article in any form."""
        if word in self._light or len(word) < 3 or len(word) > LONGEST_WORD or any(map(str.isdigit, word)):
            return False
        if word in self._synonyms:
            return False
        tokens = analyze(word, self._locale)
        return all(self._forms.isdisjoint((token.stem, token.surface)) for token in tokens)

    @cached_property
    def _forms(self) -> set[str]:
        tokens = analyze(self._text, self._locale)
        return {token.stem for token in tokens} | {token.surface for token in tokens}
