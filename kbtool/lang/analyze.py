"""Words and stems: how a text is cut for the search index and for queries."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.lang.arabic import light_stem
from kbtool.lang.chars import CJK, CLASS, HANGUL, MARK, NOT_A_WORD, SEA
from kbtool.lang.forms import irregular_forms
from kbtool.lang.locales import primary
from kbtool.lang.normalise import normalise

if TYPE_CHECKING:
    import Stemmer

_NAMES = """
ar:arabic hy:armenian eu:basque ca:catalan cs:czech da:danish nl:dutch en:english eo:esperanto et:estonian
fi:finnish fr:french de:german el:greek hi:hindi hu:hungarian id:indonesian ga:irish it:italian
lt:lithuanian ne:nepali nb:norwegian nn:norwegian no:norwegian fa:persian pl:polish pt:portuguese
ro:romanian ru:russian sr:serbian es:spanish sv:swedish ta:tamil tr:turkish yi:yiddish
"""
ALGORITHMS = {code: name for code, _, name in (pair.partition(":") for pair in _NAMES.split())}
# Languages that never use Latin letters themselves: Latin words are loanwords and product names.
LOANWORDS = frozenset(
    {"ar", "bn", "el", "fa", "gu", "he", "hi", "ja", "kn", "ko", "ml", "mr", "ne", "pa", "ru", "ta"}
    | {"te", "th", "uk", "ur", "zh"}
)
# After an apostrophe these write an ending that is not part of the word.
ENDINGS = frozenset({"en", "tr"})

SEA_GRAM = 4
CACHED = 1 << 16  # words in each cache
LONGEST_CACHED = 64  # characters; longer chunks hardly ever come back
ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
ACCENT = re.compile("[\u0300-\u036f]")
ALIKE = str.maketrans({"đ": "d", "ı": "i", "ß": "ss", "ς": "σ"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is looked up: its folded surface, and the folded stem that forms share."""

    surface: str
    stem: str


def is_cut_up(word: str) -> bool:
    """Whether the word is a piece of a script that is written without spaces, and no word of its own."""
    return CLASS[ord(word[0])] in {CJK, SEA}


def is_cjk(word: str) -> bool:
    """Whether the word is Chinese or Japanese: a character, or two that are neighbours."""
    return CLASS[ord(word[0])] == CJK


def is_hangul(word: str) -> bool:
    """Whether the word is Korean."""
    return CLASS[ord(word[0])] == HANGUL


def fold(word: str) -> str:
    """The normalised word without accents (U+0300-U+036F only, never the marks of other scripts)."""
    if word.isascii():
        return word
    bare = ACCENT.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", bare).translate(ALIKE)


def runs(text: str) -> list[tuple[int, str]]:
    """The words of a normalised text with their class, cut where the class changes.

    A mark after a separator belongs to the separator. An apostrophe between two characters of
    one class stays, except in scripts that are written without spaces.
    """
    if text.isascii():
        return [(CLASS[ord("a")], word) for word in ASCII_WORD.findall(text)]
    found: list[tuple[int, str]] = []
    start, current = 0, NOT_A_WORD
    for i, char in enumerate(text + " "):
        kind = max(CLASS[ord(char)], NOT_A_WORD)
        if kind == MARK or (char == "'" and _inside(text, i, current)):
            continue
        if kind != current:
            if current != NOT_A_WORD:
                found.append((current, text[start:i]))
            start, current = i, kind
    return found


def _inside(text: str, i: int, current: int) -> bool:
    """Whether the apostrophe at `i` stands inside a word of class `current`."""
    follows = i + 1 < len(text) and CLASS[ord(text[i + 1])] == current
    return follows and current not in {NOT_A_WORD, CJK, SEA}


def _pieces(kind: int, word: str, locale: str) -> tuple[str, ...]:
    """What one run is looked up by: the word, or its parts in scripts without spaces; not folded."""
    if kind == CJK:
        pairs = (a + b for a, b in itertools.pairwise(word))
        both = itertools.zip_longest(word, pairs, fillvalue="")
        return tuple(piece for piece in itertools.chain.from_iterable(both) if piece)
    if kind == SEA:
        return tuple(word[i : i + SEA_GRAM] for i in range(max(1, len(word) - SEA_GRAM + 1)))
    return (word.partition("'")[0] if primary(locale) in ENDINGS else word,)


@functools.lru_cache(maxsize=CACHED)
def _surface(piece: str) -> str:
    return fold(piece).replace("'", "")


def _surfaces(chunk: str, locale: str) -> tuple[str, ...]:
    words = runs(normalise(chunk, locale))
    found = (_surface(piece) for kind, word in words for piece in _pieces(kind, word, locale))
    return tuple(filter(None, found))


def _tokens(chunk: str, locale: str) -> tuple[Token, ...]:
    found: list[Token] = []
    for kind, word in runs(normalise(chunk, locale)):
        cut_up = kind in {CJK, SEA}
        pieces = filter(_surface, _pieces(kind, word, locale))
        found += [_cut(one) if cut_up else Token(_surface(one), stem(one, locale)) for one in pieces]
    return tuple(found)


@functools.lru_cache(maxsize=CACHED)
def _cut(piece: str) -> Token:
    """A piece of a script without spaces; there are few of them, and they come again and again."""
    return Token(_surface(piece), _surface(piece))


_cached_surfaces = functools.lru_cache(maxsize=CACHED)(_surfaces)
_cached_tokens = functools.lru_cache(maxsize=CACHED)(_tokens)


def surfaces(text: str, locale: str) -> list[str]:
    """The folded words of the text in order; none is empty.

    Runs of Chinese or Japanese give each character and each pair of neighbours; runs of Thai,
    Lao, Khmer or Myanmar give all their four-character parts (the whole run if it is shorter).
    """
    found: list[str] = []
    # Nothing composes across white space, so each chunk stands for itself.
    for chunk in text.split():
        found += (_cached_surfaces if len(chunk) <= LONGEST_CACHED else _surfaces)(chunk, locale)
    return found


def whole_words(text: str, locale: str) -> list[str]:
    """The folded words of the text in order; runs of scripts without spaces are not cut up."""
    found: list[str] = []
    for kind, word in runs(normalise(text, locale)):
        pieces = (word,) if kind in {CJK, SEA} else _pieces(kind, word, locale)
        found += filter(None, map(_surface, pieces))
    return found


def analyze(text: str, locale: str) -> list[Token]:
    """The same words as `surfaces`, each with its stem."""
    found: list[Token] = []
    for chunk in text.split():
        found += tokens(chunk, locale)
    return found


def tokens(chunk: str, locale: str) -> tuple[Token, ...]:
    """The words of what lies between white space, each with its stem."""
    return (_cached_tokens if len(chunk) <= LONGEST_CACHED else _tokens)(chunk, locale)


@functools.lru_cache(maxsize=64)
def _stemmer(algorithm: str) -> Stemmer.Stemmer | None:
    import Stemmer

    # `stem` keeps its own results.
    return Stemmer.Stemmer(algorithm, 0) if algorithm in Stemmer.algorithms() else None


@functools.lru_cache(maxsize=CACHED)
def stem(surface: str, locale: str) -> str:
    """The folded Snowball stem of one normalised word, or the folded word if there is no stemmer.

    Give it the word with its accents: the algorithms need them, so folding comes after stemming.
    """
    language = primary(locale)
    if language == "ar" and not surface.isascii():
        return _surface(light_stem(surface)) or _surface(surface)
    surface = irregular_forms(language).get(surface, surface)
    algorithm = "english" if surface.isascii() and language in LOANWORDS else ALGORITHMS.get(language)
    stemmer = _stemmer(algorithm) if algorithm else None
    stemmed: str = stemmer.stemWord(surface) if stemmer else surface
    return _surface(stemmed) or _surface(surface)
