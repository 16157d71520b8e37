"""What the search works out of a document by itself: its sentences, its words, and what it is about.

It depends on nothing but the texts of the document and its locale, so whoever has it need not do it again.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbtool.lang.analyze import tokens
from kbtool.model import QUIET
from kbtool.search.light import light_words
from kbtool.search.passages import aliases_of, sentences_of
from kbtool.search.texts import Document

OPENING = 2_000  # characters of the text that tell what it is about
TITLE, NAMES, DESCRIPTION, BODY = 3.0, 2.0, 1.5, 1.0
Texts = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document in sentences and words.

    `stems` is the stem of each surface, `counts` how often each occurs by field, `lengths` how many words
    each field has, `spoken` how many sentences there are with words. `about` are the stems that tell what
    it is about, each with how much (see related.py).
    """

    sentences: tuple[str, ...]
    aliases: tuple[str, ...]
    stems: Mapping[str, str]
    counts: Mapping[str, Mapping[str, int]]
    lengths: Mapping[str, int]
    spoken: int
    about: Mapping[str, float]


def texts_of(document: Document) -> Texts:
    """All that the analysis of a document depends on, beside its locale."""
    fields = document.fields
    names = fields.get("aliases", ""), fields.get("tags", "")
    return document.title, document.description, fields.get("body", ""), *names


def analysis_of(document: Document, locale: str) -> Analysis:
    """Analyse a document."""
    sentences, names = sentences_of(document), aliases_of(document)
    stems: dict[str, str] = {}
    counts: dict[str, dict[str, int]] = {}
    lengths: dict[str, int] = {}
    spoken = 0
    for field, texts in (("body", sentences), ("title", (document.title,)), ("aliases", names)):
        counts[field], with_words = _counted(texts, locale, stems)
        lengths[field] = sum(counts[field].values())
        spoken += with_words
    return Analysis(sentences, names, stems, counts, lengths, spoken, _about(document, locale))


def packed(analysis: Analysis) -> bytes:
    """An analysis as bytes."""
    values = (getattr(analysis, name) for name in Analysis.__slots__)
    return json.dumps(list(values), ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Analysis:
    """An analysis from its bytes."""
    sentences, aliases, *others = json.loads(data.decode("utf-8", "surrogatepass"))
    return Analysis(tuple(sentences), tuple(aliases), *others)


def _counted(texts: Sequence[str], locale: str, stems: dict[str, str]) -> tuple[dict[str, int], int]:
    """How often each surface occurs, and how many of the texts have a word; new surfaces go into `stems`.

    A surface has one stem, the first that was seen: résumé and resume are the same word to look up.
    """
    chunks: Counter[str] = Counter()
    with_words = 0
    for text in texts:
        parts = text.split()
        chunks.update(parts)
        with_words += any(tokens(part, locale) for part in parts)
    found: defaultdict[str, int] = defaultdict(int)
    for chunk, times in chunks.items():
        for token in tokens(chunk, locale):
            found[token.surface] += times
            stems.setdefault(token.surface, token.stem)
    return dict(found), with_words


def _about(document: Document, locale: str) -> dict[str, float]:
    """How much of the document each stem is that says something."""
    light = light_words(locale)
    body = "\n".join(line for line in document.fields["body"].split("\n") if not line.startswith(QUIET))
    parts: Iterable[tuple[str, float]] = (
        (document.title, TITLE),
        (document.fields.get("aliases", ""), NAMES),
        (document.description, DESCRIPTION),
        (body[:OPENING], BODY),
    )
    found: defaultdict[str, float] = defaultdict(float)
    for text, weight in parts:
        for chunk, times in Counter(text.split()).items():
            for token in tokens(chunk, locale):
                if token.surface not in light and not token.surface.isdigit():
                    found[token.stem] += weight * times
    return dict(found)
