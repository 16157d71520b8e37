"""What the search has worked out already: a second tree, or the next build, does not do it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from kbtool.search.analysis import Analysis, Texts, analysis_of, packed, texts_of, unpacked
from kbtool.search.build import build_index
from kbtool.search.related import related
from kbtool.search.synonyms import Synonyms
from kbtool.search.texts import Document
from kbtool.store import Store, digest_of

KIND = "analysis"
INDEXES = 2  # per locale: of the public, and of the agents


class Memory:
    """Analyses by the texts they were made of; indexes and likenesses by the documents."""

    def __init__(self, store: Store | None = None, tools: str = "") -> None:
        """`store` holds analyses of earlier builds, by keys that hold `tools`: what analyses."""
        self._store, self._tools = store or Store(), tools
        self._analyses: dict[tuple[str, Texts], Analysis] = {}
        self._related: dict[str, list[tuple[Sequence[Document], dict[str, tuple[str, ...]]]]] = {}
        self._indexes: dict[str, list[tuple[object, dict[str, bytes]]]] = {}

    def analysis(self, document: Document, locale: str) -> Analysis:
        """The analysis of a document."""
        key = locale, texts_of(document)
        known = self._analyses.get(key)
        if known is None:
            known = self._analyses[key] = self._kept(document, locale, key[1])
        return known

    def _kept(self, document: Document, locale: str, texts: Texts) -> Analysis:
        """The analysis from the store, or a new one, which is put there."""
        row = digest_of(KIND, self._tools, locale, *texts)
        if (value := self._store.get([row]).get(row)) is not None:
            return unpacked(value)
        made = analysis_of(document, locale)
        self._store.put(row, packed(made))
        return made

    def related(self, documents: Sequence[Document], locale: str) -> dict[str, tuple[str, ...]]:
        """Which documents are about the same things: see related.py."""
        known = self._related.setdefault(locale, [])
        for before, found in known:
            if before == documents:
                return found
        found = related(documents, locale, self.analysis)
        known[:] = [(documents, found), *known[: INDEXES - 1]]
        return found

    def index(
        self,
        documents: Sequence[Document],
        locale: str,
        synonyms: Synonyms | None = None,
        others: Collection[str] = (),
    ) -> dict[str, bytes]:
        """The files of an index: see build.py."""
        asked = (tuple(documents), synonyms, tuple(others))
        known = self._indexes.setdefault(locale, [])
        for before, files in known:
            if before == asked:
                return files
        files = build_index(documents, locale, synonyms, others, self.analysis)
        known[:] = [(asked, files), *known[: INDEXES - 1]]
        return files

    def forget(self, trees: Iterable[Mapping[str, Iterable[Document]]]) -> None:
        """Keep only the analyses of these documents, by locale in each tree."""
        used = {
            (locale, texts_of(document))
            for documents in trees
            for locale, listed in documents.items()
            for document in listed
        }
        self._analyses = {key: one for key, one in self._analyses.items() if key in used}
