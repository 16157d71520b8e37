"""A row of the ticket file that cannot be read."""

from __future__ import annotations

from kbtool.checks.base import Rule

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
RULE = Rule(
    id="bad-ticket-row",
    severity="error",
    summary="A row of the ticket file cannot be read. At most 50 of a kind are listed, the others are "
    "counted.",
    why="A date or a count that is guessed wrong changes which topics seem to rise.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "counts.csv": """\
topic,date,count
returns,03/04/2026,5
""",
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "counts.csv": """\
topic,date,count
returns,2026-04-03,5
""",
    },
    mend="Export dates as `2026-04-03` and counts as whole numbers.",
)
