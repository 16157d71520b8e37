"""Two articles of one locale with the same id."""

from __future__ import annotations

from kbtool.checks.base import Rule

ARTICLE = """\
---
title: Returns
description: How to send something back.
id: returns
---

Use the old box.
"""
RULE = Rule(
    id="duplicate-id",
    severity="error",
    summary="Two articles of one locale have the same `id`.",
    why="The id says which articles are translations of each other; with two of one id, nobody can know.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/en/money/refund.md": """\
---
title: Refunds
id: returns
---

Seven days.
""",
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/en/money/refund.md": """\
---
title: Refunds
id: refunds
---

Seven days.
""",
    },
    mend="Change one of them, in all locales.",
)
