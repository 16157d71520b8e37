"""An image that is not there."""

from __future__ import annotations

from kbtool.checks.base import Rule, of_targets

ARTICLE = """\
---
title: Returns
description: How to send something back.
---

![The label](label.svg)
"""
RULE = Rule(
    id="missing-image",
    severity="warning",
    summary="An image of the text, or the logo or icon of the settings, does not exist.",
    why="Readers see its alternative words instead, if it has any.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/en/orders/label.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    },
    mend="Put the image beside the article or into `_assets/`, or correct the path.",
    check=of_targets("missing-image"),
)
