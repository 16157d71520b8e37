"""A key of the front matter that is nearly a known one."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="near-miss-key",
    severity="warning",
    summary="A key of the front matter is nearly a known one. It is an error if it may decide who sees the "
    "article: a slip in `audience`, `status`, `publish_at` or `expires_at`, or what other systems have for "
    "them, such as `draft`, `groups`, `valid_until` or `search: {exclude: true}`.",
    why="The line would do nothing; a misspelt `audience: agents` would publish the article.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
audiance: agents
---

Use the old box.
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
audience: agents
---

Use the old box.
""",
    },
    mend="Correct the key, or name it under `articles.fields` if it belongs to another system.",
)
