"""A public file that holds what only agents, or nobody, may read."""

from __future__ import annotations

from kbtool.checks.base import Rule

RULE = Rule(
    id="protected-text",
    severity="error",
    summary="A file of the public site holds a word or a sentence of an article that is not for the public.",
    why="The public site is made from public articles alone; before it goes out, every byte of it is "
    "searched all the same for what stands in articles for agents, in drafts, and in archived articles, "
    "and in no public text. A Markdown extension that reads files, or a template with a copied sentence, "
    "can still bring it in.",
    bad={
        "articles/en/orders/goodwill.md": """\
---
title: Goodwill
description: How far you may go.
audience: agents
---

Up to twentyfive euros without asking.
""",
        "theme/templates/_footer.html": "<p>Up to twentyfive euros without asking.</p>\n",
        "mkdocs.yml": """\
site_name: Help
theme: {name: material, custom_dir: theme}
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
""",
    },
    good={
        "articles/en/orders/goodwill.md": """\
---
title: Goodwill
description: How far you may go.
---

Up to twentyfive euros without asking.
""",
    },
    mend="Find out how it got there; the message names both places. A word that everybody may read, such as "
    "a name in a template of your own, goes under `gate.allow` in the settings.",
)
