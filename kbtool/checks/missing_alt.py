"""An image without words for those who cannot see it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from kbtool.checks.base import Rule, Subject
from kbtool.content.scan import Found, place
from kbtool.model import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Every image of every article; `<img alt="">` says that it is only decoration, and is fine."""
    for view in subject.views:
        for article in view.articles:
            for found in view.found[article.locale, article.id]:
                if message := _wrong(found):
                    where, line = place(article, found.at)
                    yield RULE.finding(where, message, "write into the brackets what the image shows", line)


def _wrong(found: Found) -> str:
    if found.alt is None:
        return ""
    if not found.alt:
        return f"the image {found.target.written} has no words for those who cannot see it"
    name = posixpath.basename(found.target.written)
    if found.alt.lower() in (name.lower(), posixpath.splitext(name)[0].lower()) and "." in name:
        return f"the words of the image {found.target.written} are only the name of its file"
    return ""


IMAGE = '<svg xmlns="http://www.w3.org/2000/svg"/>\n'
RULE = Rule(
    id="missing-alt",
    severity="warning",
    summary="An image has no alternative words.",
    why="Who cannot see it, or whose connection is too slow, learns nothing of it; nor does the search.",
    bad={
        "articles/en/orders/returns.md": "---\ntitle: Returns\ndescription: "
        "Returns.\n---\n\n![](label.svg)\n",
        "articles/en/orders/label.svg": IMAGE,
    },
    good={
        "articles/en/orders/returns.md": "---\ntitle: Returns\ndescription: Returns.\n---\n\n"
        "![The label stands below the address](label.svg)\n",
        "articles/en/orders/label.svg": IMAGE,
    },
    mend='Say in a few words what the image shows. One that only decorates is written as HTML with `alt=""`.',
    check=check,
)
