"""Two pages with one address."""

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
    id="duplicate-url",
    severity="error",
    summary="Two pages would get the same address: two articles, or an article and a section.",
    why="One of them would overwrite the other.",
    bad={
        "articles/en/orders/card-fees.md": ARTICLE,
        "articles/en/orders/Card fees.md": ARTICLE,
    },
    good={
        "articles/en/orders/card-fees.md": ARTICLE,
        "articles/en/orders/loan-fees.md": ARTICLE,
    },
    mend="Rename one of them. What a section says of itself goes into its `index.md`.",
)
