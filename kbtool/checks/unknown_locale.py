"""Articles outside of the folders of the locales."""

from __future__ import annotations

from kbtool.checks.base import Rule

ARTICLE = """\
---
title: Returns
description: How to send something back.
---

Use the old box.
"""
RULE = Rule(
    id="unknown-locale",
    severity="error",
    summary="Articles lie outside of the folders of the locales. It is a warning for files beside the "
    "folders that `articles.layout` names, such as a `README.md` above `{locale}/docs/`.",
    why="Nobody can say in which language they are.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/de/orders/returns.md": ARTICLE,
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "articles/hi/orders/returns.md": ARTICLE,
    },
    mend="Move or rename the folder, or add the locale to the settings.",
)
