"""A small help center with a ticket file, for the examples of the rules on ticket files."""

from __future__ import annotations

from kbtool.checks.base import Files

ARTICLE = """\
---
title: Returns
description: How to send something back.
---

Use the old box.
"""
SETTINGS = """\
site_name: Help
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
      tickets: {path: counts.csv}
"""


def with_counts(*rows: str) -> Files:
    """The files of the help center; `rows` are the lines of its ticket file."""
    return {
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "counts.csv": "\n".join([*rows, ""]),
    }
