"""A mistake in sections.yml."""

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
    id="bad-section",
    severity="error",
    summary="A key or value of `sections.yml` cannot be used, or a section has no article (a warning, "
    "unless it says who may read it), or the file is called otherwise or lies elsewhere.",
    why="A misspelt section would silently lose its title, or its protection.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/sections.yml": """\
orders:
  titel: {en: Orders}
""",
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/sections.yml": """\
orders:
  title: {en: Orders}
""",
    },
    mend="Correct the key or the name of the folder; the reference of the sections lists all keys.",
)
