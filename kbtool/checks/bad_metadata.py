"""Front matter that cannot be read, or a value that is not of its kind."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="bad-metadata",
    severity="error",
    summary="The front matter cannot be read, or a value in it is not of its kind.",
    why="What cannot be read may have said that an article is for agents, or a draft. So nothing is "
    "published until it can be.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
topics: [returns
---

Use the old box.
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
topics: [returns]
---

Use the old box.
""",
    },
    mend="Do what the help says; the values of each key are in the reference of the front matter.",
)
