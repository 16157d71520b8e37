"""A ticket file that cannot be used as a whole."""

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
    id="bad-ticket-file",
    severity="error",
    summary="The ticket file as a whole cannot be used: a column is missing, it is not text, or it is "
    "damaged.",
    why="A ranking of stale articles on half of the counts would send writers to the wrong ones.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "counts.csv": """\
tpic,date,count
returns,2026-03-04,5
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
    mend="Name the columns `topic`, `date` and `count`; the guide on ticket counts describes the file.",
)
