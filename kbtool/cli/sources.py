"""What a query asks of the sources: which articles are stale today, and which are not out."""

from __future__ import annotations

from datetime import date

import click

from kbtool import pipeline
from kbtool.config import Config
from kbtool.model import Article, Audience
from kbtool.pipeline import facts_of
from kbtool.search.drafts import Draft
from kbtool.search.find import Sources
from kbtool.stale.measure import measure
from kbtool.tickets.calendar import weekly
from kbtool.tickets.read import read_counts


def sources_of(config: Config, audience: Audience, today: date) -> Sources:
    """Articles whose tickets rise, as `kbtool stale` lists them; for agents also those that are not out."""
    content = pipeline.read(config)
    errors = sum(finding.severity == "error" for finding in content.findings)
    if errors:
        click.echo(f"note: {errors} errors in the articles: kbtool check", err=True)
    values, tickets = config.settings.stale, config.settings.tickets
    table = weekly([])
    if tickets.path:
        path = config.root / tickets.path
        counts, findings = read_counts(path, tickets.aliases) if path.is_file() else ([], [])
        if not path.is_file() or any(finding.severity == "error" for finding in findings):
            click.echo(
                f"note: {tickets.path} cannot be read: stale: goes by the dates of reviews alone", err=True
            )
        else:
            table = weekly(counts)
    signals = measure(table, content.library, today, fdr=values.fdr, review_every_days=values.review_every)
    stale = frozenset(id for signal in signals if signal.name == "stale" for id in signal.articles)
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
                    values.review_every,
                    status=status(article, today),
                    file=article.where.path,
                ),
                "\n".join([article.description, article.body, *article.aliases, *article.tags]),
                article.locale,
            )
            for article in hidden
        ),
    )


def status(article: Article, today: date) -> str:
    """Why readers do not see it: draft, archived, waiting or expired."""
    if article.status != "published":
        return article.status
    return "waiting" if article.publish_at and article.publish_at > today else "expired"
