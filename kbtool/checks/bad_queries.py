"""A mistake in the file of judged queries."""

from __future__ import annotations

from kbtool.checks.base import Rule

ARTICLE = """\
---
title: Returns
description: How to send something back.
---

Use the old box.
"""
SETTINGS = """\
site_name: Help
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
      search: {queries: search/queries.yml}
"""
RULE = Rule(
    id="bad-queries",
    severity="error",
    summary="The file of judged queries cannot be read, or an entry of it has an unknown key, a locale or "
    "an article that does not exist, or a query that stands there already.",
    why="Such an entry would not be asked, and nobody would notice when readers no longer find their answer.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "search/queries.yml": "- {lang: en, text: send it back, rel: [orders/return]}\n",
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": SETTINGS,
        "search/queries.yml": "- {lang: en, text: send it back, rel: [orders/returns]}\n",
    },
    mend="Write each query as `{lang: en, text: what readers type, rel: [ids of the articles that answer]}`.",
)
