"""A line as it looks: letters, signs and spaces that seem to be ASCII, as ASCII.

Only for finding what a writer may have meant. What is rendered stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata

# Letters of other scripts that look like those of the words that guard a text.
LETTERS = str.maketrans(
    {
        **dict.fromkeys("аαΑАɑ", "a"),
        **dict.fromkeys("сϲСϹ", "c"),
        **dict.fromkeys("ԁ", "d"),
        **dict.fromkeys("еεєΕЕ", "e"),
        **dict.fromkeys("ɡԍԌ", "g"),
        **dict.fromkeys("іιıΙІ", "i"),
        **dict.fromkeys("ոηпΝ", "n"),
        **dict.fromkeys("оοОΟ", "o"),
        **dict.fromkeys("рρРΡ", "p"),
        **dict.fromkeys("ѕЅꜱ", "s"),
        **dict.fromkeys("тτТΤ", "t"),
        **dict.fromkeys("υս", "u"),
        **dict.fromkeys("ǃ", "!"),
    }
)
UNSEEN = re.compile(
    "[\xad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)


def folded(text: str) -> str:
    """The text without what cannot be seen, with look-alikes replaced. Lines stay lines."""
    if text.isascii():
        return text
    return UNSEEN.sub("", unicodedata.normalize("NFKD", text)).translate(LETTERS)
