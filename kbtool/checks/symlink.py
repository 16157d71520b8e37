"""A symbolic link among the articles."""

from __future__ import annotations

from pathlib import PurePosixPath

from kbtool.checks.base import Rule

ARTICLE = """\
---
title: Returns
description: How to send something back.
---

Use the old box.
"""
RULE = Rule(
    id="symlink",
    severity="error",
    summary="The folder of articles holds a symbolic link.",
    why="What it points to could be any file of the machine.",
    bad={
        "articles/en/orders/returns.md": PurePosixPath("../../../drafts/returns.md"),
        "articles/en/orders/refunds.md": ARTICLE,
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/en/orders/refunds.md": ARTICLE,
    },
    mend="Put the file itself there.",
)
