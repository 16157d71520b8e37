"""Two articles that readers cannot tell apart in a list."""

from __future__ import annotations

from collections.abc import Iterator

from kbtool.checks.base import Rule, Subject
from kbtool.model import Article, Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Titles are compared without regard to case and spaces; archived articles are left out."""
    first: dict[tuple[str, str, str], Article] = {}
    for article in subject.library.articles:
        if article.status == "archived":
            continue
        title = " ".join(article.title.casefold().split())
        other = first.setdefault((article.locale, article.audience, title), article)
        if other is not article:
            where, line = subject.key_place(article, "title")
            message = f"{other.where.path} has the same title"
            yield RULE.finding(
                where, message, "say in the title what sets this one apart", line, other.where.path
            )


RULE = Rule(
    id="duplicate-title",
    severity="warning",
    summary="Two articles of one locale, for the same readers, have the same title.",
    why="In search results and lists nobody can tell which of the two is the right one.",
    bad={
        "articles/en/cards/fees.md": "---\ntitle: Fees\ndescription: Fees for cards.\n---\n\nA card "
        "costs 5.\n",
        "articles/en/loans/fees.md": "---\ntitle: Fees\ndescription: Fees for loans.\n---\n\nA loan "
        "costs 9.\n",
    },
    good={
        "articles/en/cards/fees.md": "---\ntitle: Fees for cards\ndescription: All fees.\n---\n\nA card "
        "costs 5.\n",
        "articles/en/loans/fees.md": "---\ntitle: Fees for loans\ndescription: All fees.\n---\n\nA loan "
        "costs 9.\n",
    },
    mend="Say in each title what sets the article apart, or make one article of the two.",
    check=check,
)
