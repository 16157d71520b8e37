"""A title that comes from the heading."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="title-from-heading",
    severity="warning",
    summary="The article has no `title`, so that its first level-1 heading serves.",
    why="A heading can lose its place at the top when the text is edited; then the article has no "
    "title at all.",
    bad={
        "articles/en/orders/returns.md": """\
---
description: How to send something back.
---

# Returns

Use the old box.
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

Use the old box.
""",
    },
    mend="Add the title, or set `articles.title: heading` if that is how you write.",
)
