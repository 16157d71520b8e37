"""Judged queries asked: those that do not find their article among the first few."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kbtool.model import Finding
from kbtool.search.build import build_index
from kbtool.search.evaluate import written
from kbtool.search.judged import JudgedQuery
from kbtool.search.rank import search
from kbtool.search.synonyms import Synonyms
from kbtool.search.texts import Document

RULE = "fallen-query"
LOOKED_AT = 50  # places that are told; what comes later is as good as not found
NAMED = 2  # articles that come first, by name


def fallen(
    queries: Sequence[JudgedQuery],
    documents: Mapping[str, Sequence[Document]],
    synonyms: Mapping[str, Synonyms],
) -> Iterator[Finding]:
    """The queries that are not answered in the index of these public articles, by locale.

    The message of a finding does not depend on what is found instead, so that a baseline knows it again.
    """
    for locale in dict.fromkeys(query.lang for query in queries):
        listed = documents.get(locale, ())
        out = {document.id for document in listed}
        files = build_index(listed, locale, synonyms.get(locale))
        with tempfile.TemporaryDirectory() as name:
            index = written(files, Path(name) / "index")
            for query in (one for one in queries if one.lang == locale):
                if not any(hit.id in query.rel for hit in search(index, query.text, query.within)):
                    ids = [hit.id for hit in search(index, query.text, LOOKED_AT)]
                    yield _finding(query, ids, [id for id in query.rel if id in out])


def _finding(query: JudgedQuery, found: Sequence[str], out: Sequence[str]) -> Finding:
    first = "first" if query.within == 1 else f"among the first {query.within}"
    message = f"'{query.text}' does not find {_listed(query.rel, 'or')} {first} in {query.lang}"
    if not out:
        verb = "is" if len(query.rel) == 1 else "are"
        mend = "publish it again, or correct `rel`, or take the query out of this file"
        help = f"{_listed(query.rel, 'and')} {verb} not out for the public in {query.lang}: {mend}"
    else:
        command = f"kbtool search {shlex.quote(query.text)} --lang {query.lang} --explain"
        mend = "write such words into `aliases` of the article or into the synonyms, or correct `rel`"
        help = f"{_place(query, found)}; {mend}. The reasons: {command}"
    return Finding(RULE, "warning", query.where, message, help, query.line)


def _place(query: JudgedQuery, found: Sequence[str]) -> str:
    """Where the article is, and what comes before it."""
    if not found:
        return "it finds nothing at all"
    place = next((place for place, id in enumerate(found, 1) if id in query.rel), 0)
    before = _listed(found[: place - 1] if place else found, "and")
    if not place:
        return f"it finds {before} instead"
    return f"{found[place - 1]} is at place {place}, after {before}"


def _listed(ids: Sequence[str], word: str) -> str:
    """Some ids in words: the first by name, of the others how many."""
    named = list(ids[:NAMED])
    if more := len(ids) - NAMED:
        named += [f"{more} other{'s' if more > 1 else ''}"] if more > 0 else []
    return f" {word} ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
