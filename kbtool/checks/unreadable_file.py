"""A file that cannot be read as text."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="unreadable-file",
    severity="error",
    summary="A file is not UTF-8, holds control characters, is larger than 1 MiB, or may not be read.",
    why="Half of an article, or one with broken letters, must not be published.",
    bad={
        "articles/en/orders/returns.md": "---\ntitle: Returns\n---\n".encode("utf-16"),
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
    mend="Save it as UTF-8; split what is too large.",
)
