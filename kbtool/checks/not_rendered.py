"""An article that Markdown fails on."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="not-rendered",
    severity="error",
    summary="An article cannot be made into a page: it takes too much CPU time or memory, its lists are "
    "nested hundreds of levels deep, or a Markdown extension fails on it.",
    why="There is no page to publish. Every article is rendered under a limit of 1.8 seconds of "
    "CPU time and 1024 MiB of memory, which a plain one of 1 MiB or a table of 10,000 rows does not reach. "
    "One that fails keeps no other from being checked.",
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
    mend="Split it, or simplify the article; if it is a plain one, leave out the extension that you added "
    "last under `markdown_extensions`.",
)
