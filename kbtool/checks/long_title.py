"""A title that lists and search results cut off."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from kbtool.checks.base import Rule, Subject
from kbtool.model import Finding

LONGEST = 60  # letters as readers see them; about what a line of search results holds


def letters(text: str) -> int:
    """How long a text looks: its characters without marks, joiners and other signs that take no room."""
    return sum(unicodedata.category(char) not in ("Mn", "Mc", "Me", "Cf") for char in text)


def check(subject: Subject) -> Iterator[Finding]:
    """Every article that is not archived."""
    for article in subject.library.articles:
        length = letters(article.title)
        if length > LONGEST and article.status != "archived":
            where, line = subject.key_place(article, "title")
            message = f"this title has {length} letters, more than {LONGEST}"
            yield RULE.finding(where, message, "shorten it; the description has room for the rest", line)


RULE = Rule(
    id="long-title",
    severity="info",
    summary=f"A title is longer than {LONGEST} letters.",
    why="Phones, lists and search engines cut it off, often before the word that matters. Letters are "
    "counted as "
    "readers see them: vowel signs and other marks of Hindi do not count.",
    bad={
        "articles/en/orders/returns.md": "---\ntitle: Everything that you need to know before you send "
        "a parcel "
        "back\ndescription: Returns.\n---\n\nUse the old box.\n"
    },
    good={
        "articles/en/orders/returns.md": "---\ntitle: Send a parcel back\ndescription: Returns.\n---\n\n"
        "Use the old box.\n"
    },
    mend="Put the word that readers look for first, and move the rest into the description.",
    check=check,
)
