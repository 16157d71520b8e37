"""A key of the front matter that is nearly a known one."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="near-miss-key",
    severity="warning",
    summary="A key of the front matter is nearly a known one. It is an error if the known one decides "
    "who sees the article: `audience`, `status`, `publish_at`, `expires_at`.",
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
