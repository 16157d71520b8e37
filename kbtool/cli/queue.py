"""`kbtool queue`: what writers do this week."""

from __future__ import annotations

import click

from kbtool.cli.counted import Asked, asks
from kbtool.errors import Exit
from kbtool.report.queue import queue_json, queue_text
from kbtool.stale.queue import queue
from kbtool.tickets.calendar import as_of


@click.command()
@click.option("--owner", default="", help="Only the articles of this owner.")
@click.option(
    "--limit", type=click.IntRange(1), help="How many entries; the setting stale.queue if not given."
)
@asks()
def command(asked: Asked, owner: str, limit: int | None) -> int:
    """List the work of the week: one entry per article, the most tickets at stake first.

    All signals of `kbtool stale` but the alarms, each with its evidence and what to do about it.
    """
    known = asked.counted()
    ranking, signals = known.signals(asked.today)
    for broken in ranking.breaks if not asked.quiet else ():
        click.echo(f"note: {broken}", err=True)
    entries = queue(signals, known.library, owner)
    when = as_of(known.table, asked.today)
    click.echo(
        queue_json(entries, when)
        if asked.format == "json"
        else queue_text(entries, known.library, limit or known.settings.queue, when)
    )
    return Exit.CLEAN
