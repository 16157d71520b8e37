"""`kbtool stale`: which articles and topics to look at, by what tickets say of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool.cli.common import config_file, output_format, this_day, today_option, verbosity
from kbtool.cli.counted import counted, tickets_option
from kbtool.cli.stale_effect import effect
from kbtool.cli.stale_explain import explain
from kbtool.content.files import shown
from kbtool.errors import Exit
from kbtool.report.stale import StaleReport, stale_json, stale_text
from kbtool.stale.measure import measure
from kbtool.stale.topics import rank_topics
from kbtool.tickets.calendar import as_of, complete


@click.group(invoke_without_command=True)
@tickets_option
@click.option(
    "--limit",
    type=click.IntRange(1),
    help="How many entries of each list; the setting stale.queue if not given.",
)
@click.option("--all", is_flag=True, help="Rank every topic, also those that do not rise.")
@today_option
@output_format
@config_file
@verbosity
@click.pass_context
def command(
    ctx: click.Context,
    tickets: Path | None,
    limit: int | None,
    all: bool,
    today: date | None,
    format: str,
    settings: Path,
    verbose: bool,
    quiet: bool,
) -> int:
    """Rank articles and topics by how far their share of the tickets rose since the last review.

    Lists stale articles with the evidence in numbers, alarms, reviews without effect, topics that
    have tickets and no article, translations behind their source, overdue reviews weighted by
    demand, and articles that nobody asks about. Without a settings file, topics are ranked as
    topics. `kbtool stale explain ID` shows everything behind one answer.
    """
    if ctx.invoked_subcommand:
        return Exit.CLEAN
    known = counted(tickets, settings, verbose=verbose, quiet=quiet)
    day, fdr = this_day(today), known.settings.fdr
    ranking = rank_topics(known.table, day, known.library, fdr=fdr)
    whole = complete(known.table, day)
    report = StaleReport(
        source=shown(known.path),
        as_of=as_of(known.table, day),
        weeks=len(whole.weeks),
        tickets=sum(whole.totals),
        signals=measure(
            known.table,
            known.library,
            day,
            fdr=fdr,
            review_every_days=known.settings.review_every,
            ranking=ranking,
        ),
        topics=ranking.rows,
        notes=[str(each) for each in ranking.breaks],
        library=known.library,
        today=day,
    )
    click.echo(
        stale_json(report)
        if format == "json"
        else stale_text(report, limit or known.settings.queue, everything=all)
    )
    return Exit.CLEAN


command.add_command(explain)
command.add_command(effect)
