"""An article that search results have to describe by its first sentence."""

from __future__ import annotations

from collections.abc import Iterator

from kbtool.checks.base import Rule, Subject
from kbtool.model import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Every article that is not archived."""
    for article in subject.library.articles:
        if not article.description and article.status != "archived":
            where, line = subject.key_place(article, "title")
            help = "add `description:` with one sentence that says what readers find here"
            yield RULE.finding(where, "this article has no description", help, line)


RULE = Rule(
    id="missing-description",
    severity="warning",
    summary="An article has no `description`.",
    why="Search results, cards and search engines then show its first sentence, which was written for "
    "readers "
    "who are already there.",
    bad={"articles/en/orders/returns.md": "---\ntitle: Returns\n---\n\nUse the old box.\n"},
    good={
        "articles/en/orders/returns.md": "---\ntitle: Returns\ndescription: How to send something "
        "back.\n---\n\n"
        "Use the old box.\n"
    },
    mend="Write one sentence in the words of the readers who look for it.",
    check=check,
)
