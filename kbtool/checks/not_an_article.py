"""A file of Markdown that is not published."""

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
    id="not-an-article",
    severity="warning",
    summary="A file of Markdown has another suffix than `.md`, so it is not published. Of severity "
    "`info` for a file that the setting `articles.exclude` names; an error for an article that a pattern "
    "there nearly names.",
    why="Its writer most likely believes that it is.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/en/orders/refunds.markdown": ARTICLE,
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/en/orders/refunds.md": ARTICLE,
    },
    mend="Rename it to end in `.md`.",
)
