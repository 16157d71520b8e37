"""A line that asks for another file to be included."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="not-included",
    severity="warning",
    summary="A line asks for another file to be included, in the way of another system: `{* file *}`, "
    '`{! file !}`, `{% include file %}` or `--8<-- "file"`.',
    why="kbtool includes no files; readers see the line as it is written.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

{* ../../src/returns.py *}
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

Run `returns.py`.
""",
    },
    mend="Copy the text into the article.",
)
