"""Two rows that count the same."""

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
    id="duplicate-ticket-row",
    severity="error",
    summary="Two rows count the same topic, date, locale and channel.",
    why="Most repeated rows were exported twice, so adding them up would double the tickets of that day.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "counts.csv": """\
topic,date,count
returns,2026-03-04,1
returns,2026-03-04,1
""",
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "counts.csv": """\
topic,date,count
returns,2026-03-04,2
""",
    },
    mend="Remove one of the rows, or add them up.",
)
