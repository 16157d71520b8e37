"""A translation whose headings have other ids than those of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.checks.base import Rule, Subject, View
from kbtool.content.scan import masked
from kbtool.model import Article, Finding, Location

HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<title>.+?)\s*$", re.MULTILINE)
SHOWN = 3


def check(subject: Subject) -> Iterator[Finding]:
    """One finding per translation; headings that it has beyond those of its source are no mistake."""
    for view in subject.views:
        versions = view.library.by_id()
        for article in view.articles:
            source = view.library.source_of(versions[article.id])
            if source.locale == article.locale:
                continue
            own, wanted = _ids(view, article), _ids(view, source)
            if missing := [id for id in wanted if id not in own]:
                yield _finding(article, source, own, wanted, missing)


def _ids(view: View, article: Article) -> list[str]:
    """The ids of the headings of the text itself; questions of the front matter have none of their own."""
    ids = [heading.id for heading in view.rendered[article.locale, article.id].headings]
    return ids[: len(ids) - len(article.questions)]


def _finding(
    article: Article, source: Article, own: list[str], wanted: list[str], missing: list[str]
) -> Finding:
    names = ", ".join("#" + id for id in missing[:SHOWN]) + (", …" if len(missing) > SHOWN else "")
    message = f"no heading of this has the id of one in the source: {names}"
    first = wanted.index(missing[0])
    headings = list(HEADING.finditer(masked(article.body)))
    help = f"give the headings the ids that they have in {source.where.path}"
    where, line = article.where, ""
    if len(own) == len(wanted) and len(headings) > first:
        at = headings[first].start()
        start = article.body.count("\n", 0, at)
        line = article.body.split("\n")[start]
        where = Location(article.where.path, article.body_line + start, 1)
        help = f"write {{ #{missing[0]} }} behind this heading, and likewise for the others"
    return RULE.finding(where, message, help, line, source.where.path)


SOURCE = """\
---
title: Returns
description: How to send something back.
---

## Pack it { #pack }

Use the old box.
"""
RULE = Rule(
    id="heading-ids-differ",
    severity="warning",
    summary="Headings of a translation have other ids than those of the source article.",
    why="A link to a heading, such as `returns.md#pack`, then works in one language only, and readers "
    "who switch "
    "the language land at the top of the page.",
    bad={
        "articles/en/orders/returns.md": SOURCE,
        "articles/hi/orders/returns.md": "---\ntitle: सामान लौटाना\ndescription: सामान कैसे लौटाएँ।\n---\n\n"
        "## पैक करें\n\nपुराने डिब्बे में रखें।\n",
    },
    good={
        "articles/en/orders/returns.md": SOURCE,
        "articles/hi/orders/returns.md": "---\ntitle: सामान लौटाना\ndescription: सामान कैसे लौटाएँ।\n---\n\n"
        "## पैक करें { #pack }\n\nपुराने डिब्बे में रखें।\n",
    },
    mend="Give the headings of all languages the same id: `## पैक करें { #pack }`.",
    check=check,
    needs_text=True,
)
