"""Related articles: for each document of one locale those that are about the same things, computed once.

Documents are compared by their telling words, as "more like this" of a search engine does: the words of
the title, the description, the names, the headings and the opening weigh by how rare they are (BM25's
saturation and inverse document frequency), and so do the topics, tags, products and sections that two
articles share. The likeness is the cosine between them. A word that many documents have says nothing, and
of the others only those documents are looked at in which it weighs most, so that the work grows with the
number of documents and not with its square.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kbtool.model import with_parents
from kbtool.search.analysis import Analysis, analysis_of
from kbtool.search.texts import Document

MOST = 4  # related articles
LEAST = 0.07  # likeness below which two articles are not related
BESIDE_BEST = 0.5  # of the likeness of the nearest: what is further off is left out
TELLING = 32  # words of a document by which others are looked for
LISTED = 60  # documents in which a word weighs most
MANY = 100  # documents from which a word of one alone says that it is about something else
FEW = 5  # documents from which a word that most of them have says nothing

TOPIC, TAG, PRODUCT, SECTION = 2.0, 1.5, 1.0, 0.6


def related(
    documents: Iterable[Document], locale: str, analysis: Callable[[Document, str], Analysis] = analysis_of
) -> dict[str, tuple[str, ...]]:
    """Id -> ids of the related documents, the nearest first; the same for the same documents in any order."""
    listed = sorted(documents, key=lambda document: document.id)
    weights = _weighted([_terms(document, analysis(document, locale).about) for document in listed])
    champions = _champions(weights)
    return {document.id: tuple(_nearest(n, listed, weights, champions)) for n, document in enumerate(listed)}


def _terms(document: Document, about: Mapping[str, float]) -> dict[str, float]:
    """Term -> how much of the document it is. Facts are terms with a colon, which no word has."""
    found = {term: amount / (amount + 2.0) for term, amount in about.items()}
    facts = document.known
    shared = [("topic", facts.topics, TOPIC), ("tag", facts.tags, TAG), ("product", facts.product, PRODUCT)]
    shared.append(("section", tuple(with_parents(facts.section)), SECTION))
    for kind, values, weight in shared:
        found.update({f"{kind}:{value}": weight for value in values})
    return found


def _weighted(terms: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """The terms of each document with their rarity in, of length 1."""
    count = len(terms)
    frequency: Counter[str] = Counter(term for document in terms for term in document)
    idf = {
        term: math.log(count / n)
        for term, n in frequency.items()
        if n > 1 and (n <= count / 2 or count < FEW)
    }
    weighted = []
    for document in terms:
        row = {term: amount * idf[term] for term, amount in document.items() if term in idf}
        # A word of this document alone likens it to none; among few documents that says little.
        alone = math.log(count) * count / (count + MANY) if count > 1 else 0.0
        others = sum((amount * alone) ** 2 for term, amount in document.items() if frequency[term] == 1)
        length = math.sqrt(sum(weight * weight for weight in row.values()) + others)
        weighted.append({term: weight / length for term, weight in row.items()} if length else {})
    return weighted


def _champions(weights: Sequence[Mapping[str, float]]) -> dict[str, list[tuple[float, int]]]:
    """Term -> the documents in which it weighs most."""
    found: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for number, row in enumerate(weights):
        for term, weight in row.items():
            found[term].append((weight, -number))
    return {term: heapq.nlargest(LISTED, rows) for term, rows in found.items()}


def _nearest(
    number: int,
    listed: Sequence[Document],
    weights: Sequence[Mapping[str, float]],
    champions: Mapping[str, Sequence[tuple[float, int]]],
) -> Iterator[str]:
    mine = weights[number]
    telling = heapq.nlargest(TELLING, ((weight, term) for term, weight in mine.items()))
    met: defaultdict[int, float] = defaultdict(float)
    for weight, term in telling:
        for theirs, other in champions[term]:
            met[-other] += weight * theirs
    met.pop(number, None)
    best = heapq.nlargest(MOST, ((likeness, -other) for other, likeness in met.items()))
    for likeness, other in best:
        if likeness >= max(LEAST, BESIDE_BEST * best[0][0]):
            yield listed[-other].id
