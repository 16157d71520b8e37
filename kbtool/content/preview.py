"""What a writer's preview shows: everything that was read, and why readers do not see some of it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from kbtool.model import Article, Library

State = Literal["", "draft", "archived", "waiting", "expired"]


def for_preview(library: Library) -> Library:
    """All articles of every audience, status and date, blocks for agents included: never for a build."""
    return library.narrowed(library.articles)


def state_of(article: Article, today: date) -> State:
    """Why only its writers see the article on that day: its status, or its dates; '' when it is out."""
    if article.status != "published":
        return article.status
    if article.is_live(today):
        return ""
    return "waiting" if article.publish_at and article.publish_at > today else "expired"
