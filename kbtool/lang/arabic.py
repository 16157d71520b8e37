"""Light stems of Arabic: what stands before and after a word is taken off, its root is left alone.

After the idea of light stemming (Larkey, Ballesteros and Connell 2002), for words that `normalise` has
levelled.
"""

from __future__ import annotations

ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "ال", "لل")
SUFFIXES = ("هما", "كما", "هم", "هن", "كم", "نا", "ها", "ات", "ان", "ون", "ين", "وا", "يه", "ته", "ه", "ي")
LONGEST_SUFFIXES = 2  # as many endings come off, one after the other
KEPT = 3  # letters that stay at least


def light_stem(word: str) -> str:
    """The word without `and`, article and endings; the word itself where little would be left."""
    stem = word
    if stem.startswith("و") and len(stem) > KEPT + 1:
        stem = stem[1:]
    for article in ARTICLES:
        if stem.startswith(article) and len(stem) >= len(article) + KEPT - 1:
            stem = stem[len(article) :]
            break
    for _ in range(LONGEST_SUFFIXES):
        for suffix in SUFFIXES:
            if stem.endswith(suffix) and len(stem) >= len(suffix) + KEPT:
                stem = stem[: -len(suffix)]
                break
        else:
            break
    return stem
