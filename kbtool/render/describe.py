"""A description for an article that has none: its first sentence."""

from __future__ import annotations

import re

from kbtool.model import QUIET

LONGEST = 160
TOO_SHORT = 12  # characters; "Yes." alone says nothing, so the next sentence is taken as well
SENTENCE_END = re.compile(r"(?<=[.!?।॥؟۔。！？])\s+|(?<=[。！？])")


def first_sentence(text: str) -> str:
    """The first sentence of the first prose that has some words; cut at a word after 160 characters."""
    lines = text.split("\n")
    prose = [line for line in lines if not line.startswith(QUIET)] or [lines[0].strip()]
    line = next((line for line in prose if len(line) > 20), prose[0])
    ends = (match.start() for match in SENTENCE_END.finditer(line))
    sentence = line[: next((end for end in ends if end > TOO_SHORT), len(line))].strip()
    if len(sentence) <= LONGEST:
        return sentence
    cut = sentence[:LONGEST].rpartition(" ")[0] or sentence[:LONGEST]
    return cut.rstrip(" ,;:-") + "…"
