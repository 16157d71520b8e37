"""Text that seems to be meant for agents, and is not a block that is taken out of the public site."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="agents-block",
    severity="error",
    summary="Text seems to be meant for agents, but is not a block that kbtool takes out of the public site.",
    why="A misspelt `!!! agents`, an empty block, a last line without its indent, a box called `internal`, a "
    "quote or a class called `agents`, a tag with `hidden` or a comment without its end would show customers "
    "what only agents should read.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

!!! agent
    Refund up to 50 without asking.
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

!!! agents
    Refund up to 50 without asking.
""",
    },
    mend="Write `!!! agents` on a line of its own, and indent all of the text below it by four spaces. "
    "What goes on below the block stands behind an empty line.",
)
