"""An article that does not say who may read it."""

from __future__ import annotations

from kbtool.checks.base import Rule

SETTINGS = """\
site_name: Help
plugins:
  - kbtool:
      locales: {en: English}
"""
RULE = Rule(
    id="missing-audience",
    severity="error",
    summary="Nothing says who may read the article.",
    why="kbtool does not guess: a wrong guess would show customers what only agents should read.",
    bad={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
---

Use the old box.
""",
        "mkdocs.yml": SETTINGS,
    },
    good={
        "articles/en/orders/returns.md": """\
---
title: Returns
description: How to send something back.
audience: public
---

Use the old box.
""",
        "mkdocs.yml": SETTINGS,
    },
    mend="Set `audience` in the article, its section, or `articles.defaults`.",
)
