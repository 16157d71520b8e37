"""What must not stand in the public site: words and phrases of protected texts that no public text holds."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from hashlib import blake2b
from urllib.parse import unquote

from kbtool.config import Config
from kbtool.content.files import shown
from kbtool.gate.forms import INLINE, TAG
from kbtool.gate.generated import generated, own_theme, stems
from kbtool.gate.sources import SMALLEST_FILE, Attachment, Piece, attachments, of_attachments, pieces
from kbtool.gate.words import (
    CUT,
    UNSPACED,
    WINDOW,
    is_telling,
    joined,
    needles,
    phrases,
    telling_words,
    windows,
    words,
)
from kbtool.model import Location
from kbtool.pipeline import Content

VERSION = 3  # of the way in which all of this is found and looked for
# What is in the source and not in the page: targets of links, attributes, tags, marks of notes.
MARKUP = re.compile(r"\]\([^()\n]{0,500}\)|\]\[[^\[\]\n]{0,99}\]|\{[^{}\n]{0,500}\}|\[\^[^\[\]\n]{0,99}\]")
PARAGRAPH = re.compile(r"\n(?=\s*(?:\n|[-*+|>#]|\d+[.)]))")
EMPHASIS = re.compile(r"[\[\]*`~^=]+|(?<!\w)_+|_+(?!\w)")
# How the index says that a word stands in one article: any number of those may be there.
POSTING = re.compile(r"0[1-9][0-9]*[a-z]")
ESCAPE = re.compile(r"\\(?=[^\w\s])")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where a protected text stands, and why it is protected."""

    where: Location
    why: str


@dataclass(frozen=True)
class Secrets:
    """Protected words and phrases, with the place where each stands first."""

    words: Mapping[str, Source] = field(default_factory=dict)
    phrases: Mapping[Phrase, Source] = field(default_factory=dict)


@dataclass(frozen=True)
class Protected:
    """What to look for: words and phrases, and whole files by the digest of their bytes.

    `digest` names everything that it follows from, '' where nothing is protected. Words and phrases are
    found out when they are first asked for: a site that has passed before needs none.
    """

    files: Mapping[str, Source] = field(default_factory=dict)
    digest: str = ""
    find: Callable[[], Secrets] = field(default=Secrets, compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.digest

    @cached_property
    def _secrets(self) -> Secrets:
        return self.find()

    @cached_property
    def rare(self) -> frozenset[str]:
        """Words one of which is in every phrase."""
        return telling_words(self.phrases)

    @cached_property
    def has_unspaced(self) -> bool:
        """Whether a word is of a script without spaces, and may be a piece of a longer one."""
        return any(map(UNSPACED.fullmatch, self.words))

    @property
    def words(self) -> Mapping[str, Source]:
        """The words, in their levelled form."""
        return self._secrets.words

    @property
    def phrases(self) -> Mapping[Phrase, Source]:
        """The runs of six words."""
        return self._secrets.phrases


def protect(config: Config, content: Content, *, today: date) -> Protected:
    """Everything of a help center that the public must not see on that day."""
    attached = list(attachments(config, content, today))
    found = [*pieces(config, content, today), *of_attachments(attached)]
    if not any(piece.why for piece in found):
        return Protected()
    hidden = [piece for piece in found if piece.why]
    public = [(piece.text, piece.locale) for piece in found if not piece.why]
    program = [*generated(config), *config.settings.gate.allow]
    # Their words may be read by all, but a sentence that was copied into them may not.
    open_words = [*own_theme(config), *(file.text for file in attached if not file.why)]
    files = _files(attached)
    digest = _digest(hidden, [*(text for text, _ in public), "", *program, "", *open_words], files)
    return Protected(files, digest, partial(_secrets, hidden, public, program, open_words, config.locales))


def content_digest(data: bytes) -> str:
    """What names the bytes of a file."""
    return blake2b(data, digest_size=16).hexdigest()


def _secrets(
    hidden: Iterable[Piece],
    public: Sequence[tuple[str, str]],
    program: Iterable[str],
    open_words: Iterable[str],
    locales: Iterable[str],
) -> Secrets:
    """What of the hidden texts stands in no other. `public` are texts, each with its locale."""
    secret_words, secret_phrases = _of_hidden(hidden)
    known: set[str] = set()
    rare = telling_words(secret_phrases)
    for listed in (*map(words, program), *(listed for text, _ in public for listed in _readings(text))):
        known.update(listed)
        if not rare.isdisjoint(listed):
            for phrase in secret_phrases.keys() & phrases(listed):
                del secret_phrases[phrase]
    shown = [(_as_shown(text), locale) for text, locale in public]
    for text in (*open_words, *stems([*public, *shown], locales)):
        known.update(words(text))
    known.update(filter(POSTING.fullmatch, secret_words))
    for word in (secret_words.keys() & known) | (secret_words.keys() & windows(known)):
        del secret_words[word]
    for word in _short_unspaced(secret_words, known):
        del secret_words[word]
    return Secrets(secret_words, secret_phrases)


def _of_hidden(hidden: Iterable[Piece]) -> tuple[dict[str, Source], dict[Phrase, Source]]:
    """The words and phrases of protected texts, each with the first place where it stands."""
    secret_words: dict[str, Source] = {}
    secret_phrases: dict[Phrase, Source] = {}
    for piece in hidden:
        for number, line in _lines(piece):
            source = Source(Location(piece.where.path, number), piece.why)
            for word in needles([*words(line), *joined(line)]):
                secret_words.setdefault(word, source)
        at = piece.where.line
        for paragraph in PARAGRAPH.split(_as_shown(piece.text)):
            above = len(paragraph) - len(paragraph.lstrip("\n")) if at else 0
            source = Source(Location(piece.where.path, at + above), piece.why)
            for phrase in filter(is_telling, phrases(words(paragraph))):
                secret_phrases.setdefault(phrase, source)
            at += paragraph.count("\n") + 1 if at else 0
    return secret_words, secret_phrases


def _short_unspaced(secret_words: Iterable[str], known: Iterable[str]) -> list[str]:
    """Pieces of text without spaces that are a part of a public one: a tag or the index may cut it there."""
    short = [word for word in secret_words if len(word) <= WINDOW and UNSPACED.fullmatch(word)]
    lengths = {len(word) for word in short}
    public = [word for word in known if not word.isascii() and UNSPACED.fullmatch(word)] if short else []
    parts = {
        word[at : at + length]
        for word in public
        for length in lengths
        for at in range(len(word) - length + 1)
    }
    return [word for word in short if word in parts]


def _as_shown(text: str) -> str:
    """A text without what the page does not show."""
    bare = EMPHASIS.sub("", ESCAPE.sub("", MARKUP.sub("", TAG.sub(" ", INLINE.sub("", text)))))
    return html.unescape(bare) if "&" in bare else bare


def _readings(text: str) -> Iterator[list[str]]:
    """The words of a public text as it is written, as a page shows it, and as they stand in the index."""
    as_shown = _as_shown(text)
    yield words(text)
    yield words(as_shown)
    yield joined(as_shown)
    if "%" in text:
        yield words(unquote(text))
    if "&" in text:  # what a writer has spelt in references is as public as the rest
        yield words(html.unescape(as_shown))
    if ".md" in text:  # addresses of pages are without it
        yield words(CUT.join(line.replace(".md", "") for line in text.split("\n") if ".md" in line))


def _lines(piece: Piece) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers; 0 for a text that is no file."""
    if not piece.where.line:
        yield 0, piece.text
        return
    yield from enumerate(piece.text.split("\n"), piece.where.line)


def _files(attached: Sequence[Attachment]) -> dict[str, Source]:
    """Files that no public article shows, by their digest, but for copies of those that one shows."""
    hidden = [file for file in attached if file.why and file.path.stat().st_size >= SMALLEST_FILE]
    sizes = {file.path.stat().st_size for file in hidden}
    same = [file for file in attached if not file.why and file.path.stat().st_size in sizes]
    public = {content_digest(file.path.read_bytes()) for file in same}
    found = {
        content_digest(file.path.read_bytes()): Source(Location(shown(file.path)), file.why)
        for file in hidden
    }
    return {digest: source for digest, source in found.items() if digest not in public}


def _digest(hidden: Iterable[Piece], others: Iterable[str], files: Iterable[str]) -> str:
    made = blake2b(f"{VERSION}".encode(), digest_size=16)
    for piece in hidden:
        made.update(f"{piece.where}{CUT}{piece.why}{CUT}{piece.text}{CUT}".encode(errors="surrogatepass"))
    for text in (CUT, *others, CUT, *files):
        made.update(f"{text}{CUT}".encode(errors="surrogatepass"))
    return made.hexdigest()
