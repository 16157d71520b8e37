"""A judged query that no longer finds its article near the top."""

from __future__ import annotations

from kbtool.checks.base import Rule

SETTINGS = """\
site_name: Help
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
      search: {queries: search/queries.yml}
"""
QUERY = "- {lang: en, text: wrong colour, rel: [orders/returns]}\n"


def _article(aliases: str = "") -> str:
    return (
        f"---\ntitle: Returns\ndescription: How to send something back.\n{aliases}---\n\nUse the old box.\n"
    )


RULE = Rule(
    id="fallen-query",
    severity="warning",
    summary="A query of `search.queries` does not find one of its articles among the first three, or as "
    "many as its `within` says.",
    why="Somebody wrote down that readers ask like this, and what answers them. An edit of any article, of "
    "titles, aliases or synonyms can move the answer down to where nobody looks. With a baseline only those "
    "are told that fell since. A quick run does not ask, nor does one in which an article cannot be read.",
    bad={
        "articles/en/orders/returns.md": _article(),
        "mkdocs.yml": SETTINGS,
        "search/queries.yml": QUERY,
    },
    good={
        "articles/en/orders/returns.md": _article("aliases: [wrong colour]\n"),
        "mkdocs.yml": SETTINGS,
        "search/queries.yml": QUERY,
    },
    mend="Write the readers' words into `aliases` of the article, or into the synonyms; `kbtool search … "
    "--explain` says what each word found. Correct `rel` where another article answers as well.",
)
