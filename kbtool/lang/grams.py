"""Character n-grams of a word: what two spellings of it have in common."""

from __future__ import annotations


def grams(word: str, n: int) -> tuple[str, ...]:
    """The n-grams of `_word_` in order, by code points; the whole padded word if it is shorter."""
    padded = f"_{word}_"
    return tuple(padded[i : i + n] for i in range(max(1, len(padded) - n + 1)))
