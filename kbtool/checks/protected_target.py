"""Something public that points to an article for agents, a draft or an archived one."""

from __future__ import annotations

from kbtool.checks.base import Rule, of_targets

LIMITS = """\
---
title: Refund limits
audience: agents
---

Ask no questions below 50.
"""
RULE = Rule(
    id="protected-target",
    severity="error",
    summary="Something public points to an article that is for agents, a draft or archived: a link or an "
    "address, a line that asks for its file, `related`, `redirect_from`, a translation, or a picture or link "
    "of the settings. So does what names `sections.yml`, or a file of a folder that is never published.",
    why="The public page would show the path of what it must not show. Where only a day has to pass "
    "(`publish_at`, `expires_at`), it is a `broken-link`, and the link is dropped.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

See [how much](limits.md).
""",
        "articles/en/orders/limits.md": LIMITS,
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

Use the old box.

!!! agents
    See [how much](limits.md).
""",
        "articles/en/orders/limits.md": LIMITS,
    },
    mend="Publish the other article too, or take out what points to it. What only agents may see belongs "
    "into a block `!!! agents`.",
    check=of_targets("protected-target"),
)
