"""A day of review that has not come yet."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="future-review",
    severity="warning",
    summary="`reviewed` lies in the future.",
    why="Until that day the article is never called stale; most likely a digit slipped.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
reviewed: 2062-11-02
---

Use the old box.
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
reviewed: 2026-11-02
---

Use the old box.
""",
    },
    mend="Write the day of the last review.",
)
