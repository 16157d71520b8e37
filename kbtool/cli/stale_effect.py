"""`kbtool stale effect`: did the tickets fall after the last review."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from kbtool.cli.counted import Asked, asks
from kbtool.errors import Exit, UsageError
from kbtool.nearest import did_you_mean
from kbtool.stale.coverage import coverage, topics_of
from kbtool.stale.deflection import AFTER
from kbtool.stale.no_deflection import in_words, verdicts
from kbtool.tickets.calendar import complete


@click.command()
@click.argument("id")
@asks()
def effect(asked: Asked, id: str) -> int:
    """Say whether the tickets of an article fell in the eight weeks after its last review.

    The answer is "fell", "did not fall", "rose" or "no evidence", each with what it rests on.
    """
    known = asked.counted()
    versions = known.library.by_id()
    if id not in versions:
        raise UsageError(
            f"there is no article with the id '{id}'", did_you_mean(id, versions) or "check its path"
        )
    topics = {topic for article in versions[id].values() for topic in topics_of(article)}
    table, covered = complete(known.table, asked.today), coverage(known.library, asked.today)
    found = [each for each in verdicts(table, known.library, covered) if each[0] in topics]
    if asked.format == "json":
        values = [
            {"topic": topic, "locale": locale, "reviewed": review.isoformat(), **asdict(verdict)}
            for topic, locale, review, verdict in found
        ]
        click.echo(json.dumps({"version": 1, "id": id, "effects": values}, ensure_ascii=False, indent=2))
        return Exit.CLEAN
    for topic, locale, review, verdict in found:
        where = f" in {locale}" if locale else ""
        click.echo(f"{topic}{where}: {in_words(verdict, review)}")
    if not found:
        reviews = [article.reviewed for article in versions[id].values() if article.reviewed]
        what = f"reviewed {max(reviews).isoformat()}" if reviews else "never reviewed"
        click.echo(f"not known yet: {what}; {AFTER} whole weeks after a review and 8 before it are needed")
    return Exit.CLEAN
