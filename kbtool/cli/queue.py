"""`kbtool queue`: what writers do this week."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool.cli.common import config_file, output_format, this_day, today_option, verbosity
from kbtool.cli.counted import counted, tickets_option
from kbtool.errors import Exit
from kbtool.report.queue import queue_json, queue_text
from kbtool.stale.measure import measure
from kbtool.stale.queue import queue
from kbtool.stale.topics import rank_topics
from kbtool.tickets.calendar import as_of


@click.command()
@tickets_option
@click.option("--owner", default="", help="Only the articles of this owner.")
@click.option(
    "--limit", type=click.IntRange(1), help="How many entries; the setting stale.queue if not given."
)
@today_option
@output_format
@config_file
@verbosity
def command(
    tickets: Path | None,
    owner: str,
    limit: int | None,
    today: date | None,
    format: str,
    settings: Path,
    verbose: bool,
    quiet: bool,
) -> int:
    """List the work of the week: one entry per article, the most tickets at stake first.

    All signals of `kbtool stale` but the alarms, each with its evidence and what to do about it.
    """
    known = counted(tickets, settings, verbose=verbose, quiet=quiet)
    day, values = this_day(today), known.settings
    ranking = rank_topics(known.table, day, known.library, fdr=values.fdr)
    signals = measure(
        known.table,
        known.library,
        day,
        fdr=values.fdr,
        review_every_days=values.review_every,
        ranking=ranking,
    )
    for broken in ranking.breaks if not quiet else ():
        click.echo(f"note: {broken}", err=True)
    entries = queue(signals, known.library, owner)
    when = as_of(known.table, day)
    click.echo(
        queue_json(entries, when)
        if format == "json"
        else queue_text(entries, known.library, limit or values.queue, when)
    )
    return Exit.CLEAN
