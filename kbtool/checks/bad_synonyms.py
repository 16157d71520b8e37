"""A mistake in a file of synonyms."""

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
      search: {synonyms: search}
"""
RULE = Rule(
    id="bad-synonyms",
    severity="error",
    summary="A file of synonyms cannot be read, or a line of it does not start with a single word.",
    why="The search looks up one typed word at a time, so two words before the colon would never be found.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "search/synonyms.en.yml": "sign in: [login]\n",
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "search/synonyms.en.yml": "signin: [login]\n",
    },
    mend="Write `typed: [word, word]`, one word before the colon.",
)
