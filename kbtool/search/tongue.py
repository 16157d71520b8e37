"""In which of a site's languages somebody writes: by script, and by the small words that tell Hinglish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from kbtool.lang.analyze import whole_words
from kbtool.lang.locales import autonym
from kbtool.lang.roman import roman_key
from kbtool.search.light import light_words

LATIN_SCRIPT, OWN_SCRIPT, SMALL_WORD = 0.5, 1.0, 2.0
NASAL = re.compile("[\u0901\u0902]")
LATIN_ENDS = "\u024f"
SHORTEST_KEY = 2  # consonants by which a word is known again


class Tongue:
    """Tells the locale of short texts; the first locale where nothing speaks for any.

    `texts` are some of each locale: what is no word of a locale in Latin letters, but sounds like one of
    another, was typed in that language.
    """

    def __init__(self, locales: Sequence[str], texts: Mapping[str, Iterable[str]] | None = None) -> None:
        self._locales = tuple(locales)
        self._scripts = [_script(autonym(locale)) for locale in locales]
        self._light = [light_words(locale) for locale in locales]
        words = {
            locale: {word for text in listed for word in whole_words(text, locale)}
            for locale, listed in (texts or {}).items()
        }
        self._latin = {word for listed in words.values() for word in listed if word.isascii()}
        self._sounds = [
            {key for word in words.get(locale, ()) if not word.isascii() for key in _keys(word)}
            for locale in locales
        ]
        self._by_letter: dict[str, str] = {}
        self._votes: dict[str, list[tuple[int, float]]] = {}

    def of(self, text: str) -> str:
        """The locale of a text; '' where there are none to choose from."""
        if len(self._locales) < 2:
            return ""
        if not text.isascii() and (own := self._by_script(text)):
            return own
        totals = [0.0] * len(self._locales)
        for chunk in text.split():
            votes = self._votes.get(chunk)
            if votes is None:
                if any(map(str.isdigit, chunk)):
                    continue
                votes = self._votes[chunk] = self._voted(chunk)
            for n, vote in votes:
                totals[n] += vote
        return self._locales[max(range(len(totals)), key=lambda n: (totals[n], n if totals[n] else -n))]

    def _by_script(self, text: str) -> str:
        """The locale that alone is written in the script of the first letter that is not Latin."""
        first = next((char for char in text if char > LATIN_ENDS and char.isalpha()), "")
        if first not in self._by_letter:
            script = _script(first)
            own = [
                locale for locale, other in zip(self._locales, self._scripts, strict=True) if other == script
            ]
            self._by_letter[first] = own[0] if len(own) == 1 and first else ""
        return self._by_letter[first]

    def _voted(self, chunk: str) -> list[tuple[int, float]]:
        """The locales that a word speaks for, by number, and how much."""
        votes = [0.0] * len(self._locales)
        for word in whole_words(chunk, ""):
            script = _script(word)
            owners = [n for n, light in enumerate(self._light) if word in light]
            for n, own in enumerate(self._scripts):
                if script == own:
                    votes[n] += LATIN_SCRIPT if word.isascii() else OWN_SCRIPT
                if owners == [n]:
                    votes[n] += SMALL_WORD
            if word.isascii() and not owners and word not in self._latin:
                key = roman_key(word)
                heard = [n for n, keys in enumerate(self._sounds) if len(key) >= SHORTEST_KEY and key in keys]
                if len(heard) == 1:
                    votes[heard[0]] += SMALL_WORD
        return [(n, vote) for n, vote in enumerate(votes) if vote]


def _keys(word: str) -> set[str]:
    """How a word sounds, also to those who leave its nasal out: `nahi`, `pahucha`."""
    return {key for one in (word, NASAL.sub("", word)) if (key := roman_key(one))}


def _script(text: str) -> str:
    """The script of the first letter: LATIN, DEVANAGARI, ...; '' for a text without letters."""
    first = next((char for char in text if char.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0] if first else ""
