"""The subjects of tickets to topics: the postings of the search, asked many thousand times, with a doubt.

The scores are those of the first half of the ranking (`rank.py`), added up from one array per word. They
become odds: the best topic against all others and against none of them. What is not sure stays unmatched.
"""

from __future__ import annotations

import math
import weakref
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import numpy as np
from numpy.typing import NDArray

from kbtool.search.build import build_index
from kbtool.search.evaluate import written
from kbtool.search.format import index_dir
from kbtool.search.light import asked_words
from kbtool.search.postings import STEP
from kbtool.search.question import MOST_CHARACTERS, MOST_WORDS, question_of
from kbtool.search.reader import Index
from kbtool.search.synonyms import Synonyms
from kbtool.search.texts import Document
from kbtool.search.weights import SEARCHED

# One point of the score multiplies the odds by e; that nothing answers is as likely as a topic with NOTHING
# points. Measured: bench/ticket_topics.py.
NOTHING = 4.0
FEWEST = 25  # articles, as many as which a smaller library counts
LEAST_CONFIDENCE = 0.92
# Of many texts, the most frequent words that no article has are guessed at, and so many of them.
GUESSED = 1000

LONG_NUMBER = 5  # digits: of an order, a phone, a card; they are no words

Vector = tuple[NDArray[np.intp], NDArray[np.float64]]


@dataclass(frozen=True)
class Match:
    """The topic that a text is about, and how sure that is (0 to 1); the article and locale that say so."""

    topic: str
    confidence: float
    id: str
    locale: str


class Subjects:
    """Knows the articles of all locales, and finds the topic of a short text in any of their languages."""

    def __init__(
        self,
        documents: Mapping[str, Sequence[Document]],
        topics: Mapping[str, str],
        synonyms: Mapping[str, Synonyms] | None = None,
    ) -> None:
        """`documents` are by locale, `topics` by id; articles without one compete and are never matched."""
        ids = {document.id for listed in documents.values() for document in listed}
        self._ids = sorted(ids, key=lambda name: (topics.get(name, ""), name))
        of = [topics.get(id, "") for id in self._ids]
        self._topics = of
        # Each topic counts with its best article; articles without a topic are rivals of all others.
        self._starts = [n for n in range(len(of)) if not n or not of[n] or of[n] != of[n - 1]]
        self._shared = len(self._starts) < len(of)
        self._locales = tuple(documents)
        place = {id: n for n, id in enumerate(self._ids)}
        folder = Path(mkdtemp(prefix="kbtool-"))
        weakref.finalize(self, rmtree, folder, ignore_errors=True)
        # In a small library no word is rare; what people write about is as manifold as elsewhere.
        self._share = max(1.0, _rarity(FEWEST) / _rarity(len(ids))) / STEP
        self._indexes: list[Index] = []
        self._places: list[dict[int, int]] = []
        for number, (locale, listed) in enumerate(documents.items()):
            others = [other for other in documents if other != locale]
            files = build_index(listed, locale, (synonyms or {}).get(locale), others)
            index = written(files, folder / index_dir(locale))
            first = number * len(ids)
            self._indexes.append(index)
            self._places.append({slot: first + place[id] for slot, id in index.slot_ids.items()})
        self._answers: dict[frozenset[str], Match] = {}
        self._guessed: frozenset[str] | None = None
        self._words: dict[str, tuple[str, ...]] = {}
        self._vectors: dict[str, Vector | None] = {}

    def match(self, text: str) -> Match | None:
        """The topic of the text; None when it may be another, or none."""
        best = self.best(text)
        return best if best and best.topic and best.confidence >= LEAST_CONFIDENCE else None

    def matches(self, texts: Sequence[str]) -> list[Match | None]:
        """The topic of each text. Rare misspellings are left alone where there are very many."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(self._words_in(text))
        unknown = [
            word for word in counts if not any(index.dictionary.knows(word) for index in self._indexes)
        ]
        unknown.sort(key=lambda word: (-counts[word], word))
        self._guessed = frozenset(unknown[:GUESSED])
        try:
            return [self.match(text) for text in texts]
        finally:
            self._guessed = None

    def best(self, text: str) -> Match | None:
        """The likeliest topic, however sure; None when no article has a word of the text."""
        vectors = {word: vector for word in self._words_in(text) if (vector := self._vector(word))}
        if not vectors:
            return None
        # Subjects mostly differ in words that no article has.
        asked = frozenset(vectors)
        if asked not in self._answers:
            self._answers[asked] = self._best(vectors.values())
        return self._answers[asked]

    def _best(self, vectors: Iterable[Vector]) -> Match:
        scores = np.zeros(len(self._locales) * len(self._ids))
        for places, points in vectors:
            scores[places] += points
        by_locale = scores.reshape(len(self._locales), -1)
        articles = by_locale.max(axis=0)
        article = int(articles.argmax())
        best = float(articles[article])
        rivals = np.maximum.reduceat(articles, self._starts) if self._shared else articles
        odds = float(np.exp(rivals - best).sum()) + math.exp(NOTHING - best)
        locale = self._locales[int(by_locale[:, article].argmax())]
        return Match(self._topics[article], 1 / odds, self._ids[article], locale)

    def _words_in(self, text: str) -> list[str]:
        """The distinct words of a text."""
        chunks = text[:MOST_CHARACTERS].split()
        return list(dict.fromkeys(word for chunk in chunks for word in self._words_of(chunk)))[:MOST_WORDS]

    def _words_of(self, chunk: str) -> tuple[str, ...]:
        """What lies between white space, as words of any of the locales."""
        known = self._words.get(chunk)
        if known is None:
            if sum(map(str.isdigit, chunk)) >= LONG_NUMBER:
                return ()
            found: dict[str, None] = {}
            for index in self._indexes:
                found |= dict.fromkeys(word for word, _ in asked_words(chunk, index.locale, frozenset()))
            known = self._words[chunk] = tuple(found)
        return known

    def _vector(self, word: str) -> Vector | None:
        """The points that a word gives to each article in each locale."""
        if word not in self._vectors:
            known = any(index.dictionary.knows(word) for index in self._indexes)
            if not known and self._guessed is not None and word not in self._guessed:
                return None
            points: dict[int, float] = {}
            for index, places in zip(self._indexes, self._places, strict=True):
                question = question_of(word, index.locale, index.dictionary, index.corpus.idf)
                for asked in question.words[:1]:
                    best: dict[int, float] = {}
                    for sense in asked.senses[:SEARCHED]:
                        for slot, impact in index.postings(sense.stem):
                            best[slot] = max(best.get(slot, 0.0), sense.weight * self._share * impact)
                    points |= {places[slot]: value for slot, value in best.items()}
            self._vectors[word] = (
                (np.fromiter(points, np.intp, len(points)), np.fromiter(points.values(), float, len(points)))
                if points
                else None
            )
        return self._vectors[word]


def _rarity(articles: int) -> float:
    """The inverse document frequency of a word that one of so many articles has."""
    return math.log(1 + (articles - 0.5) / 1.5) if articles else 1.0
