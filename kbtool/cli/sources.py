"""What a query asks of the sources: which articles are stale today, and which are not out."""

from __future__ import annotations

from datetime import date
from functools import cache

import click

from kbtool import pipeline
from kbtool.config import Config
from kbtool.model import Article, Audience, Library
from kbtool.pipeline import facts_of
from kbtool.search.drafts import Draft
from kbtool.search.find import Sources
from kbtool.tickets.read import read_counts


def sources_of(config: Config, audience: Audience, today: date) -> Sources:
    """Articles whose tickets rise, as `kbtool stale` lists them; for agents also those that are not out."""
    content = pipeline.read(config)
    errors = sum(finding.severity == "error" for finding in content.findings)
    if errors:
        click.echo(f"note: {errors} errors in the articles: kbtool check", err=True)
    stale = cache(lambda: _stale(config, content.library, today))
    if audience == "public":
        return Sources(stale)
    sections = {section.path: section for section in content.library.sections}
    hidden = [article for article in content.library.articles if not article.is_live(today)]
    return Sources(
        stale,
        tuple(
            Draft(
                facts_of(
                    article,
                    "",
                    sections[article.section].title(article.locale) if article.section in sections else "",
                    sections,
                    config.settings.stale.review_every,
                    status=status(article, today),
                    file=article.where.path,
                ),
                "\n".join([article.description, article.body, *article.aliases, *article.tags]),
                article.locale,
            )
            for article in hidden
        ),
    )


def _stale(config: Config, library: Library, today: date) -> frozenset[str]:
    """Ids of articles whose tickets rise; measured only when a query asks for it."""
    from kbtool.stale.rises import stale
    from kbtool.stale.topics import rank_topics

    tickets = config.settings.tickets
    if not tickets.path:
        return frozenset()
    path = config.root / tickets.path
    table, findings = read_counts(path, tickets.aliases)
    if any(finding.severity == "error" for finding in findings):
        click.echo(
            f"note: {tickets.path} cannot be read: stale: goes by the dates of reviews alone", err=True
        )
        return frozenset()
    ranking = rank_topics(table, today, library, fdr=config.settings.stale.fdr)
    return frozenset(id for signal in stale(ranking.rows) for id in signal.articles)


def status(article: Article, today: date) -> str:
    """Why readers do not see it: draft, archived, waiting or expired."""
    if article.status != "published":
        return article.status
    return "waiting" if article.publish_at and article.publish_at > today else "expired"
