"""`kbtool stale`: which articles and topics to look at, by what tickets say of them."""

from __future__ import annotations

import click
from click.core import ParameterSource

from kbtool.cli.counted import Asked, asks
from kbtool.cli.stale_effect import effect
from kbtool.cli.stale_explain import explain
from kbtool.content.files import shown
from kbtool.errors import Exit, UsageError
from kbtool.report.stale import StaleReport, stale_json, stale_text
from kbtool.tickets.calendar import as_of, complete


@click.group(invoke_without_command=True)
@click.option(
    "--limit",
    type=click.IntRange(1),
    help="How many entries of each list; the setting stale.queue if not given.",
)
@click.option("--all", is_flag=True, help="Rank every topic, also those that do not rise.")
@click.pass_context
@asks
def command(ctx: click.Context, asked: Asked, limit: int | None, all: bool) -> int:
    """Rank articles and topics by how far their share of the tickets rose since the last review.

    Lists stale articles with the evidence in numbers, alarms, reviews without effect, topics that
    have tickets and no article, translations behind their source, overdue reviews weighted by
    demand, and articles that nobody asks about. Without a settings file, topics are ranked as
    topics. `kbtool stale explain ID` shows everything behind one answer.
    """
    if ctx.invoked_subcommand:
        for name in ctx.params:
            if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                where = f"kbtool stale {ctx.invoked_subcommand} … --{name.replace('_', '-')}"
                raise UsageError(f"--{name} stands before '{ctx.invoked_subcommand}'", f"write {where}")
        return Exit.CLEAN
    known = asked.counted()
    ranking, signals = known.signals(asked.today)
    whole = complete(known.table, asked.today)
    report = StaleReport(
        source=shown(known.path),
        as_of=as_of(known.table, asked.today),
        weeks=len(whole.weeks),
        tickets=sum(whole.totals),
        signals=signals,
        topics=ranking.rows,
        notes=[str(each) for each in ranking.breaks],
        library=known.library,
        today=asked.today,
    )
    click.echo(
        stale_json(report)
        if asked.format == "json"
        else stale_text(report, limit or known.settings.queue, everything=all)
    )
    return Exit.CLEAN


command.add_command(explain)
command.add_command(effect)
