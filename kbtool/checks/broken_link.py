"""A link to an article that is not there."""

from __future__ import annotations

from kbtool.checks.base import Rule, of_targets

ARTICLE = """\
---
title: Returns
description: How to send something back.
---

See [how to pack](packing.md).
"""
RULE = Rule(
    id="broken-link",
    severity="warning",
    summary="A link points to an article that does not exist, or that these readers cannot see, or nowhere.",
    why="Readers see its words without a link. A link from a public article to one for agents, or to "
    "a draft, is broken for customers.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/en/orders/packing.md": """\
---
title: Pack it
description: How to pack.
---

Use the old box.
""",
    },
    mend="Correct the path: it is relative to the file and ends in `.md`. A link to an agents' "
    "article belongs into an `!!! agents` block.",
    check=of_targets("broken-link"),
)
