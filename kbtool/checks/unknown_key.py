"""A key of the front matter that nobody knows."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="unknown-key",
    severity="warning",
    summary="A key of the front matter is not known, and none is near it.",
    why="It does nothing, which its writer may not know.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
reading_time: 3
---

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
    mend="Remove it; or set it to `null` under `articles.fields` to have it ignored in every article.",
)
