"""An article without a title."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="missing-title",
    severity="error",
    summary="The article has neither `title` nor a level-1 heading at its start. With `articles.title: "
    "heading` it is a warning, and the article is shown by the name of its file.",
    why="Without a title it cannot be listed, found or linked by a name.",
    bad={
        "articles/en/orders/returns.md": """\
---
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
    mend="Add `title`, or start the text with `# Title`.",
)
