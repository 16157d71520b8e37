"""An article that Markdown fails on."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="not-rendered",
    severity="error",
    summary="Markdown, or one of its extensions, fails on an article: lists are nested hundreds of "
    "levels deep, or the extension has a mistake.",
    why="There is no page to publish.",
    bad={
        "articles/en/orders/returns.md": "---\ntitle: Returns\ndescription: How to send something "
        "back.\n---\n\n" + "- " * 1500 + "Box\n",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

- Box
""",
    },
    mend="Simplify the article; if it is a plain one, leave out the extension that you added last "
    "under `markdown_extensions`.",
)
