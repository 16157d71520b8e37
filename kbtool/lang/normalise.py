"""Normalisation: one spelling for all ways of writing the same word (rules N1-N11).

`theme/source/analyze.js` holds the same rules.
"""

from __future__ import annotations

import re
import unicodedata

from kbtool.lang.chars import FOLD, INVISIBLE, assigned
from kbtool.lang.locales import primary

# N3 invisible characters and tatweel; N4 nukta; N8 Arabic vowel signs.
DELETED = dict.fromkeys((*INVISIBLE, 0x0640, 0x093C, *range(0x064B, 0x0660), 0x0670))

RULES: dict[int, int | str] = {
    **str.maketrans("\u0929\u0931\u0934", "नरळ"),  # N4: the letters that contain a nukta
    **str.maketrans("\u0901", "\u0902"),  # N5
    **str.maketrans("\u0945\u0949ऑ।॥", "\u0947\u094bओ  "),  # N7
    **str.maketrans("\u06c0\u06c2\u06d3", "\u06d5\u06c1\u06d2"),  # N8: the letters that contain a hamza
    **str.maketrans("أإآٱ", "اااا"),  # N9
    **str.maketrans("ىئیؤةک", "يييوهك"),
    **str.maketrans("ё’ʼ", "е''"),  # N10
    **str.maketrans("०१२३४५६७८९", "0123456789"),  # N11
}
MAPPED = {**RULES, **{code: folded.translate(RULES) for code, folded in FOLD.items()}}

NASAL = re.compile("[ङञणनम]्(?=[क-म])")  # N6
# One pass settles every word anybody writes; a bound keeps hostile heaps of marks cheap.
PASSES = 4
DOTLESS = str.maketrans({"İ": "i", "I": "ı"})  # N1


def normalise(text: str, locale: str) -> str:
    """The text with case, composition and the variants of each script levelled.

    Gives NFC text; applying it twice changes nothing (except where a letter carries the same
    mark more than four times). Characters that the tables do not know, lone surrogates among
    them, become spaces. Punctuation stays.
    """
    dotless = primary(locale) == "tr"
    if text.isascii():
        return (text.replace("I", "ı") if dotless else text).lower()
    text = assigned(text)
    for _ in range(PASSES):
        text = unicodedata.normalize("NFKC", text).translate(DELETED)
        # What was deleted may have stood between two characters that compose.
        text = unicodedata.normalize("NFC", text)
        if dotless:
            text = text.translate(DOTLESS)
        mapped = NASAL.sub("ं", text.translate(MAPPED))
        text = unicodedata.normalize("NFC", mapped)
        # Composing may make a letter that a rule above replaces (ё with two more dots): again.
        if text == mapped:
            break
    return text
