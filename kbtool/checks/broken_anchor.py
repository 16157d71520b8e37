"""A link to a heading that is not there: in the same article, in another one, in another locale."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from kbtool.checks.base import Rule, Subject, View
from kbtool.content.scan import Found, place
from kbtool.model import Article, Finding, Rendered
from kbtool.nearest import nearest

ID = re.compile(r' (?:id|name)="([^"]*)"')
ALWAYS = ("", "top")  # what every browser knows
SHOWN = 5


def check(subject: Subject) -> Iterator[Finding]:
    """Every link with a # is followed to the text that its readers get."""
    for view in subject.views:
        known: dict[str, set[str]] = {}
        for article in view.articles:
            for found in view.found[article.locale, article.id]:
                if found.target.kind == "link" and "#" in found.target.written:
                    yield from _followed(found, article, view, known)


def _followed(found: Found, article: Article, view: View, known: dict[str, set[str]]) -> Iterator[Finding]:
    written, _, fragment = found.target.written.partition("#")
    wanted = unquote(fragment)
    target = article
    if written:
        reached = view.resolver.article(found.target.written, article)
        if reached is None:
            return
        versions = {a.locale: a for a in view.library.articles if a.id == reached[0]}
        target = versions.get(reached[1]) or view.library.source_of(versions)
    if target.where.path not in known:
        known[target.where.path] = _ids(view.rendered[target.locale, target.id])
    ids = known[target.where.path]
    if wanted in ids or wanted in ALWAYS:
        return
    where, line = place(article, found.at)
    name = "this article" if target is article else target.where.path
    about = "" if target is article else target.where.path
    yield RULE.finding(
        where, f"there is no heading #{wanted} in {name}", _help(wanted, view, target), line, about
    )


def _ids(rendered: Rendered) -> set[str]:
    return {html.unescape(match) for match in ID.findall(rendered.html)}


def _help(wanted: str, view: View, target: Article) -> str:
    there = [heading.id for heading in view.rendered[target.locale, target.id].headings]
    if near := nearest(wanted, there) or next((id for id in there if wanted in id or id in wanted), None):
        return f"did you mean #{near}?"
    if not there:
        return "take the # and what follows out of the link: that text has no headings"
    more = ", …" if len(there) > SHOWN else ""
    return f"the headings there: {', '.join('#' + id for id in there[:SHOWN])}{more}"


RULE = Rule(
    id="broken-anchor",
    severity="warning",
    summary="A link leads to a heading that is not there.",
    why="The link opens the page, but at its top: readers have to look for what they were promised. Headings "
    "without an id of their own get one from their words, so it changes when the words do, and is "
    "another one "
    "in every language.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

See [how to pack](#packing).

## Pack it well

Use the old box.
"""
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

See [how to pack](#packing).

## Pack it well { #packing }

Use the old box.
"""
    },
    mend="Write the id that the heading has, or give the heading the id of the link: `## Pack it well { "
    "#packing }`. "
    "Use the same id in every language.",
    check=check,
    needs_text=True,
)
