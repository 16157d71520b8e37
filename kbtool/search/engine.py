"""Phrases, fields and boolean words, answered by Whoosh from a private index built on this machine.

The index holds ids and the positions of stems, nothing that could be read back as text. It is derived
data: keyed by the texts that it is made of, made when a query first needs it, and only opened from a
directory that belongs to this user and nobody else may write. Imported only here.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import Analyzer, Token

from kbtool import __version__
from kbtool.errors import KbError, NoIndex
from kbtool.lang.analyze import analyze
from kbtool.search.query import Both, Node, Phrase, Without, Words

DONE = "complete"
GAP = "kbtoolgap"
DIGEST_BYTES = 8  # in the name of an index's folder
TEXT_FIELDS = ("title", "headings", "body", "aliases", "tags")


class StemAnalyzer(Analyzer):  # type: ignore[misc]
    """Our analyzer as Whoosh wants it: the stems of a text with their positions."""

    def __init__(self, locale: str) -> None:
        self.locale = locale

    def __call__(self, value: str, positions: bool = False, start_pos: int = 0, **_: Any) -> Iterator[Token]:
        """One token object, moved along the text, as is the custom there."""
        token = Token(positions=positions)
        for number, word in enumerate(analyze(value, self.locale)):
            token.text = token.original = word.stem
            token.boost, token.stopped = 1.0, False
            if positions:
                token.pos = start_pos + number
            yield token


def matching_ids(node: Node, locale: str, texts: Path, engine: Path) -> set[str]:
    """The ids of the articles that match; `texts` is the file of plain texts, `engine` holds the indexes."""
    try:
        data = texts.read_bytes()
    except FileNotFoundError:
        raise NoIndex(str(texts.parent)) from None
    # Not by the published index: that one stays the same when words only change places.
    made_of = blake2b(__version__.encode() + data, digest_size=DIGEST_BYTES)
    folder = engine / f"{locale}-{made_of.hexdigest()}"
    opened = index.open_dir(folder) if _is_ours(folder) else _built(locale, texts, data, folder)
    try:
        with opened.searcher() as searcher:
            wanted = _query(node, locale)
            return {searcher.stored_fields(number)["id"] for number in searcher.docs_for_query(wanted)}
    finally:
        opened.close()


def _is_ours(folder: Path) -> bool:
    """Whether an index is complete, belongs to this user, and no other may write to it."""
    if not (folder / DONE).is_file():
        return False
    status = folder.stat()
    return status.st_mode & 0o022 == 0 and (not hasattr(os, "getuid") or status.st_uid == os.getuid())


def _built(locale: str, texts: Path, data: bytes, folder: Path) -> Any:
    """A new index of the texts in `data`; those of earlier builds are removed."""
    try:
        documents = json.loads(data)
    except ValueError as error:
        raise KbError(f"the texts in {texts} are damaged", "build again: kbtool build") from error
    # `pt-*` would take away those of pt-BR as well.
    for old in folder.parent.glob(f"{locale}-" + "[0-9a-f]" * 2 * DIGEST_BYTES):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    analyzer = StemAnalyzer(locale)
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=analyzer, phrase=True),
        text=fields.TEXT(analyzer=analyzer, phrase=True),
    )
    made = index.create_in(folder, schema)
    writer = made.writer()
    for document in documents:
        parts = document["fields"]
        # A word that nobody types keeps a phrase from reaching over the end of a field.
        text = "".join(f"{parts.get(name, '')}\n{GAP}{name}\n" for name in TEXT_FIELDS)
        writer.add_document(id=document["id"], title=document["title"], text=text)
    writer.commit()
    (folder / DONE).touch()
    return made


def _query(node: Node, locale: str) -> Any:
    """Our tree as a Whoosh query."""
    if isinstance(node, Words | Phrase):
        stems = [token.stem for token in analyze(node.text, locale)]
        field = node.field or "text"
        if not stems:
            return query.Every()
        if isinstance(node, Phrase) and len(stems) > 1:
            return query.Phrase(field, stems)
        return query.And([query.Term(field, stem) for stem in stems])
    if isinstance(node, Without):
        return query.And([query.Every(), query.Not(_query(node.part, locale))])
    parts = [_query(part, locale) for part in node.parts]
    return query.And(parts) if isinstance(node, Both) else query.Or(parts)
