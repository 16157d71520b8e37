"""`kbtool stale explain`: the weeks, the model and the test behind one answer."""

from __future__ import annotations

import click

from kbtool.cli.counted import Asked, asks
from kbtool.errors import Exit, UsageError
from kbtool.nearest import did_you_mean
from kbtool.report.why import why_json, why_text
from kbtool.stale.coverage import topics_of
from kbtool.stale.why import why
from kbtool.tickets.calendar import as_of
from kbtool.tickets.fields import clean


@click.command()
@click.argument("id")
@asks()
def explain(asked: Asked, id: str) -> int:
    """Show everything behind the answer on one article or topic: its weeks, the model, each test."""
    known = asked.counted()
    versions = known.library.by_id()
    if id in versions:
        topics = frozenset(topic for article in versions[id].values() for topic in topics_of(article))
        title = known.library.source_of(versions[id]).title
        paths = [article.where.path for article in versions[id].values()]
        if not topics:
            raise UsageError(f"the article '{id}' names no topics", "write `topics:` into its front matter")
    else:
        topics, title, paths = frozenset({clean(id)}), clean(id), []
    ranking, found = why(known.table, known.library, asked.today, topics, fdr=known.settings.fdr)
    if not found:
        names = [*versions, *(row.topic for row in ranking.rows)]
        hint = did_you_mean(id, names) or "kbtool stale --all lists every topic"
        if paths:
            hint = "check the names in the ticket file, or add them under tickets.aliases"
            raise UsageError(f"no ticket names a topic of '{id}' ({', '.join(sorted(topics))})", hint)
        raise UsageError(f"there is no article and no topic '{id}'", hint)
    when = as_of(known.table, asked.today)
    click.echo(why_json(id, found, when) if asked.format == "json" else why_text(title, paths, found, when))
    return Exit.CLEAN
