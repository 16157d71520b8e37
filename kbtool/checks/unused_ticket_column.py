"""Columns of the ticket file that nothing reads."""

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
    id="unused-ticket-column",
    severity="info",
    summary="The ticket file has columns that nothing reads.",
    why="They may hold what is personal, and that has no place in the file.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "counts.csv": """\
topic,date,count,agent
returns,2026-03-04,5,Kim
""",
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "counts.csv": """\
topic,date,count
returns,2026-03-04,5
""",
    },
    mend="None is needed. Leave out what is personal.",
)
