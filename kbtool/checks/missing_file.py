"""A video, a sound or another file that is not there."""

from __future__ import annotations

from kbtool.checks.base import Rule, of_targets

ARTICLE = """\
---
title: Returns
description: How to send something back.
---

<video src="pack.mp4" controls></video>
"""
RULE = Rule(
    id="missing-file",
    severity="warning",
    summary="A video, a sound or another file of the text does not exist.",
    why="It is left out, and readers do not learn that there should be one.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/en/orders/pack.mp4": "film\n",
    },
    mend="Put the file beside the article or into `_assets/`, or correct the path.",
    check=of_targets("missing-file"),
)
