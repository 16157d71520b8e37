"""A setting that is unknown or not of its kind."""

from __future__ import annotations

from kbtool.checks.base import Rule

ARTICLE = """\
---
title: Returns
description: How to send something back.
---

Use the old box.
"""
RULE = Rule(
    id="bad-settings",
    severity="error",
    summary="A setting is unknown, or its value is not of its kind. The exit code is 2.",
    why="A setting that does nothing is worse than none: you would believe that it holds.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": """\
site_name: Help
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
      identity: {color: teal}
""",
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": """\
site_name: Help
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
      identity: {colour: teal}
""",
    },
    mend="Correct it; the reference of the settings lists them all, and `kbtool schema config` helps "
    "editors to complete them.",
)
