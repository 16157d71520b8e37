"""A name that Windows cannot hold."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="bad-name",
    severity="error",
    summary="Windows cannot hold a file or folder of this name: a device such as `con`, a full stop or space "
    "at the end, or a colon. It is a warning for `<`, `>`, `|`, `?`, `*`, a double quote and a backslash.",
    why="Nobody can check out the folder of articles there, and the site may not unpack.",
    bad={
        "articles/en/orders/aux.md": """\
---
title: Returns
description: How to send something back.
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
    mend="Rename it.",
)
