"""Articles that were rendered before: taken from the store, and put there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from kbtool.model import Article, Rendered
from kbtool.render.pool import NotRendered, Pool
from kbtool.render.wire import Dialect, article_message, dialect_text, packed, unpacked
from kbtool.store import Store, digest_of

KIND = "rendered"


def render_kept(
    pool: Pool,
    dialect: Dialect,
    articles: Sequence[Article],
    store: Store,
    tools: str,
    done: Callable[[], None] = lambda: None,
) -> list[Rendered]:
    """Every article rendered, in their order: see `Pool.render`. `tools` tells what renders."""
    keys = [_key(article, dialect, tools) for article in articles]
    found = {key: unpacked(value) for key, value in store.get(keys).items()}
    for _ in found:
        done()
    missing = {key: article for key, article in zip(keys, articles, strict=True) if key not in found}
    made = pool.render(dialect, list(missing.values()), done) if missing else []
    for key, rendered in zip(missing, made, strict=True):
        found[key] = rendered
        if not isinstance(rendered, NotRendered):
            store.put(key, packed(rendered))
    return [found[key] for key in keys]


def _key(article: Article, dialect: Dialect, tools: str) -> bytes:
    said: Mapping[str, object] = article_message(article)
    text = json.dumps(said, ensure_ascii=False)
    return digest_of(KIND, tools, dialect_text(dialect, article.locale), text)
