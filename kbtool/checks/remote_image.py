"""An image or a file on another site."""

from __future__ import annotations

from kbtool.checks.base import Rule, of_targets

RULE = Rule(
    id="remote-image",
    severity="warning",
    summary="An image or a file lies on another site.",
    why="A page never fetches anything from elsewhere, for the privacy of its readers: an image is "
    "shown as a link, anything else is left out.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

![The label](https://img.example/label.png)
""",
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

![The label](label.svg)
""",
        "articles/en/orders/label.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    },
    mend="Put a copy beside the article.",
    check=of_targets("remote-image"),
)
