"""A link that looks like a path and leads to another site."""

from __future__ import annotations

from kbtool.checks.base import Rule, of_targets

RULE = Rule(
    id="unclear-address",
    severity="warning",
    summary="The address of a link starts with two slashes, or with a backslash.",
    why="It looks like a path of this site, but browsers go to the site that is named behind the slashes. "
    "The words stay, the link is left out.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

See [the courier](//courier.example/labels).
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

See [the courier](https://courier.example/labels).
""",
    },
    mend="Write the address in full, with https://.",
    check=of_targets("unclear-address"),
)
