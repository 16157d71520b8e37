"""Phrases, fields and boolean words, answered by Whoosh from a private index built on this machine.

The files of Whoosh hold pickles: who opens one runs what its author wants. So an index is opened from
memory only, either as it was just built or from a sealed file (`seal`) of which every bit was verified
first. One from a repository, another machine or another user never verifies; it is not opened, but built
again from the texts. It holds ids and the positions of stems, nothing that could be read back as text.
Imported only here.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from whoosh import __version__ as whoosh_version
from whoosh import fields, query
from whoosh.analysis import Analyzer, Token
from whoosh.filedb.filestore import RamStorage

from kbtool import __version__
from kbtool.lang.analyze import analyze, whole_words
from kbtool.search import seal
from kbtool.search.query import PHRASE_WORDS, Phrase, Prefix, Words

Texts = Iterable[dict[str, Any]]

GAP = "kbtoolgap"
LAYOUT = 2  # of our fields
TELLING = 12  # words that an article is compared by
KEPT = 64  # answers
DIGEST_BYTES = 8  # in the name of an index
TEXT_FIELDS = ("title", "headings", "body", "aliases", "tags")


class OurAnalyzer(Analyzer):  # type: ignore[misc]
    """Our analyzer as Whoosh wants it: the stems of a text with their positions, or the words themselves."""

    def __init__(self, locale: str, *, stems: bool) -> None:
        self.locale, self.stems = locale, stems

    def __call__(self, value: str, positions: bool = False, start_pos: int = 0, **_: Any) -> Iterator[Token]:
        """One token object, moved along the text, as is the custom there."""
        token = Token(positions=positions)
        for number, word in enumerate(analyze(value, self.locale)):
            token.text = token.original = word.stem if self.stems else word.surface
            token.boost, token.stopped = 1.0, False
            if positions:
                token.pos = start_pos + number
            yield token


class Memory(RamStorage):  # type: ignore[misc]
    """Files of Whoosh in memory alone; its own class puts some into a shared folder of known name."""

    def temp_storage(self, name: str | None = None) -> Memory:  # noqa: ARG002 - the name Whoosh gives
        """A place for files that are only needed while an index is made."""
        return Memory()


class Engine:
    """An opened index of Whoosh: which articles match a part of a query, and what is like an article."""

    def __init__(self, opened: Any, locale: str) -> None:
        self._searcher = opened.searcher()
        self._locale = locale
        self._known: dict[Words | Phrase | Prefix, set[str]] = {}

    def ids(self, leaf: Words | Phrase | Prefix) -> set[str]:
        """The ids of the articles that match. The last few answers are kept: agents ask on."""
        if leaf not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[leaf] = self._found(_query(leaf, self._locale))
        return set(self._known[leaf])

    def like(self, text: str) -> tuple[set[str], str]:
        """The ids of the articles that share the telling words of a text, and these words."""
        found = self._searcher.key_terms_from_text("text", text, numterms=TELLING)
        words = [word for word, _ in found if not word.startswith(GAP)]
        return self._found(query.Or([query.Term("text", word) for word in words])), " ".join(words)

    def _found(self, wanted: Any) -> set[str]:
        stored = self._searcher.stored_fields
        return {stored(number)["id"] for number in self._searcher.docs_for_query(wanted)}


def opened(locale: str, digest: str, texts: Callable[[], Texts], engine: Path) -> Engine:
    """The index of the texts of that digest.

    `texts` reads them, if an index has to be built; `engine` is the folder where sealed indexes are kept.
    """
    made_by = f"{LAYOUT} {__version__} {whoosh_version} {digest}".encode()
    name = f"{locale}-{blake2b(made_by, digest_size=DIGEST_BYTES).hexdigest()}.index"
    key = seal.secret()
    found = open_sealed(engine / name, key)
    if found is None:
        built = _built(locale, texts())
        if key and seal.keep(engine / name, seal.sealed(name, built.files, key)):
            _remove_others(engine, locale, name)
        found = built.open_index()
    return Engine(found, locale)


def open_sealed(path: Path, key: bytes | None) -> Any:
    """The index in a sealed file; None if there is none that we made ourselves."""
    files = seal.unsealed(path, key) if key else None
    if files is None:
        return None
    storage = Memory()
    storage.files = files
    return storage.open_index()


def _built(locale: str, texts: Texts) -> Memory:
    """A new index of the texts."""
    stems, words = OurAnalyzer(locale, stems=True), OurAnalyzer(locale, stems=False)
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=stems, phrase=True),
        text=fields.TEXT(analyzer=stems, phrase=True),
        title_words=fields.TEXT(analyzer=words, phrase=False),
        text_words=fields.TEXT(analyzer=words, phrase=False),
    )
    storage = Memory()
    writer = storage.create_index(schema).writer()
    for document in texts:
        parts = document["fields"]
        # A word that nobody types keeps a phrase from reaching over the end of a field.
        text = "".join(f"{parts.get(name, '')}\n{GAP}{name}\n" for name in TEXT_FIELDS)
        title = document["title"]
        writer.add_document(id=document["id"], title=title, text=text, title_words=title, text_words=text)
    writer.commit()
    return storage


def _remove_others(engine: Path, locale: str, name: str) -> None:
    """Remove the indexes of earlier builds, the folders of earlier versions among them."""
    # `pt-*` would take away those of pt-BR as well.
    # What a killed process was writing goes, too; one that still writes stores nothing then, and answers.
    digits = f"[0-9a-f]{{{2 * DIGEST_BYTES}}}"
    ours = re.compile(rf"\.?{re.escape(locale)}-{digits}(\.index(\.[0-9a-f]+\.new)?)?")
    with suppress(OSError):
        for old in engine.iterdir():
            if old.name == name or not ours.fullmatch(old.name):
                continue
            if old.is_dir() and not old.is_symlink():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.unlink(missing_ok=True)


def _query(leaf: Words | Phrase | Prefix, locale: str) -> Any:
    """A part of our query as one of Whoosh."""
    field = leaf.field or "text"
    if isinstance(leaf, Prefix):
        begun = whole_words(leaf.text, locale)
        return query.Prefix(f"{field}_words", begun[-1]) if begun else query.Every()
    stems = [token.stem for token in analyze(leaf.text, locale)]
    if not stems:
        return query.Every()
    if isinstance(leaf, Phrase) and len(stems) > 1:
        return query.Phrase(field, stems[:PHRASE_WORDS])
    return query.And([query.Term(field, stem) for stem in stems])
