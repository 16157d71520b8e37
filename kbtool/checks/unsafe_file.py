"""A picture that is a program as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kbtool.checks.base import Rule, Subject
from kbtool.content.svg import svg_problem
from kbtool.model import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Every SVG file that an article shows or links to, once."""
    seen: set[Path] = set()
    for view in subject.views:
        for article in view.articles:
            for found in view.found[article.locale, article.id]:
                path = view.resolver.asset(found.target.written, article)
                if path is None or path in seen:
                    continue
                seen.add(path)
                if path.suffix.lower() in (".svg", ".svgz") and (problem := _problem(path)):
                    yield problem


def _problem(path: Path) -> Finding | None:
    try:
        return svg_problem(path, path.read_bytes())
    except OSError:  # told by the rule on files that cannot be read
        return None


TEXT = "---\ntitle: Returns\ndescription: How to send something back.\n---\n\n![The label](label.svg)\n"
RULE = Rule(
    id="unsafe-file",
    severity="error",
    summary="An SVG file holds more than a picture: a script, an event handler, an address that runs "
    "something, HTML inside of it, or entities of its own. A compressed or broken SVG is one as well.",
    why="Opened by itself, an SVG file is a page of the site, and what it holds runs with the rights of the "
    "site.",
    bad={
        "articles/en/orders/returns.md": TEXT,
        "articles/en/orders/label.svg": '<svg xmlns="http://www.w3.org/2000/svg">\n'
        '<path d="M0 0h9" onclick="alert(1)"/>\n</svg>\n',
    },
    good={
        "articles/en/orders/returns.md": TEXT,
        "articles/en/orders/label.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>\n',
    },
    mend="Export the picture again as plain SVG, without text formatted as HTML; or as PNG.",
    check=check,
)
