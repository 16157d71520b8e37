"""Did you mean: the query with words of the index instead of those that are misspelt.

The search finds what was meant anyway; this says so. `theme/source/understand.js` gives the same.
"""

from __future__ import annotations

import re

from kbtool.lang.analyze import is_cut_up
from kbtool.nearest import distance
from kbtool.search.light import asked_words
from kbtool.search.question import MOST_CHARACTERS
from kbtool.search.reader import Index

SPACES = re.compile(r"[ \t\n\r\f\v]+")
SHORTEST, SHORT, LONG = 4, 5, 9  # characters of a word with two letters swapped, with one slip, with two
ENDING, SIGNED_ENDING = 1, 2  # characters that inflect a word, and where vowels are signs
TYPED = re.compile(r"[^ \t\n\r\f\v!-&(-/:-@[-`{-~।॥]+")  # between spaces and punctuation; an apostrophe stays


def suggestion(query: str, index: Index) -> str:
    """The query as it was probably meant; '' when nothing in it is surely misspelt."""
    meant = TYPED.sub(lambda match: _meant(match[0], index), query[:MOST_CHARACTERS])
    return "" if meant == query[:MOST_CHARACTERS] else SPACES.sub(" ", meant).strip(" ")


def _meant(typed: str, index: Index) -> str:
    """The word of the index that was meant, or what was typed."""
    dictionary = index.dictionary
    asked = asked_words(typed, index.locale, dictionary.words.light)
    if len(asked) != 1 or asked[0][1]:
        return typed
    word = asked[0][0]
    if len(word) < SHORTEST or is_cut_up(word) or dictionary.knows(word):
        return typed
    meaning = dictionary.meaning(word)
    surface = meaning.surface
    if surface < 0 or meaning.stems[:1] == () or meaning.stems[0][0] != dictionary.words.stems[surface]:
        return typed
    likely = dictionary.words.surfaces[surface]
    return likely if _is_misspelt(word, likely) else typed


def _is_misspelt(word: str, likely: str) -> bool:
    """Whether the first is the second with a slip, and neither an inflection nor the beginning of it."""
    shorter = min(len(word), len(likely))
    same = next((n for n in range(shorter) if word[n] != likely[n]), shorter)
    ending = ENDING if word.isascii() else SIGNED_ENDING
    if sorted(word) == sorted(likely):
        return distance(word, likely) == 1
    if len(word) < SHORT or same == len(word) or max(len(word), len(likely)) - same <= ending:
        return False
    return distance(word, likely) <= (2 if len(word) >= LONG and same else 1)
