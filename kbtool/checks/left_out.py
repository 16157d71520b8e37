"""A Markdown extension that is not used."""

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
    id="left-out",
    severity="warning",
    summary="The settings name a Markdown extension that includes files from the disk. It is not used.",
    why="It could put any file of the machine into a public page, articles for agents among them.",
    bad={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": """\
markdown_extensions: [pymdownx.snippets]
site_name: Help
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
""",
    },
    good={
        "articles/en/orders/returns.md": ARTICLE,
        "mkdocs.yml": """\
markdown_extensions: [pymdownx.smartsymbols]
site_name: Help
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
""",
    },
    mend="Copy the text into the articles, and remove the extension from `markdown_extensions`.",
)
