"""How good the search is: the queries of a task asked, and what share of them finds its document."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbtool.search.build import build_index
from kbtool.search.format import index_dir
from kbtool.search.rank import search
from kbtool.search.reader import Index
from kbtool.search.tasks import Query
from kbtool.search.texts import Document

LIMIT = 10  # documents a query; what comes after is not looked at

# The files of an index by their names, by locale.
Indexes = Mapping[str, Mapping[str, bytes]]
# The ids of the documents that were found, best first, by the id of the query.
Run = dict[str, list[str]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Figures:
    """The queries of one kind in numbers, all but `n` between 0 and 1.

    `mrr10` is the mean of 1 ÷ rank of the first document that answers, 0 where it is not among the first
    10; `r1`, `r5` and `r10` are the shares of queries that have one among as many; `zero` is the share
    that found nothing at all.
    """

    kind: str
    n: int
    mrr10: float
    r1: float
    r5: float
    r10: float
    zero: float


def figures(queries: Iterable[Query], run: Mapping[str, Sequence[str]]) -> list[Figures]:
    """The figures of every kind, in order. A query that is not in the run has found nothing."""
    kinds: dict[str, list[tuple[int, bool]]] = {}
    for query in queries:
        found = run.get(query.id, ())
        kinds.setdefault(query.kind, []).append((_rank(found, query.rel), not found))
    return [_figures(kind, answers) for kind, answers in sorted(kinds.items())]


def _rank(found: Sequence[str], relevant: frozenset[str]) -> int:
    """The place of the first document that answers, from 1; 0 when it is too far down or absent."""
    distinct = list(dict.fromkeys(found))[:LIMIT]
    return next((place for place, id in enumerate(distinct, 1) if id in relevant), 0)


def _figures(kind: str, answers: Sequence[tuple[int, bool]]) -> Figures:
    n = len(answers)

    def among(first: int) -> float:
        return sum(0 < rank <= first for rank, _ in answers) / n

    return Figures(
        kind=kind,
        n=n,
        mrr10=sum(1 / rank for rank, _ in answers if rank) / n,
        r1=among(1),
        r5=among(5),
        r10=among(LIMIT),
        zero=sum(empty for _, empty in answers) / n,
    )


def index_all(documents: Mapping[str, Sequence[Document]]) -> Indexes:
    """An index for the documents of every locale."""
    return {locale: build_index(listed, locale) for locale, listed in documents.items()}


def ask_python(indexes: Indexes, queries: Sequence[Query], progress: Progress | None = None) -> Run:
    """What `kbtool search` finds. A query in a language without an index finds nothing."""
    run: Run = {}
    with tempfile.TemporaryDirectory() as name:
        opened = {locale: written(files, Path(name) / index_dir(locale)) for locale, files in indexes.items()}
        for number, query in enumerate(queries, 1):
            index = opened.get(query.lang)
            run[query.id] = [hit.id for hit in search(index, query.text, LIMIT)] if index else []
            if progress:
                progress(number, len(queries))
    return run


def written(files: Mapping[str, bytes], folder: Path) -> Index:
    """The index as it lies in a site, opened."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return Index(folder)
