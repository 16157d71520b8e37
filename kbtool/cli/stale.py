"""`kbtool stale`: which articles and topics to look at, by what tickets say of them."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from kbtool.cli.counted import Asked, asks
from kbtool.cli.stale_effect import effect
from kbtool.cli.stale_explain import explain
from kbtool.content.files import shown
from kbtool.errors import Exit, KbError, UsageError
from kbtool.report.stale import StaleReport, stale_json, stale_text
from kbtool.stale.coverage import coverage
from kbtool.stale.no_deflection import NEWS, verdicts
from kbtool.targets.disk import write_over
from kbtool.tickets.calendar import as_of, complete


@click.group(invoke_without_command=True)
@click.option(
    "--limit",
    type=click.IntRange(1),
    help="How many entries of each list; the setting stale.queue if not given.",
)
@click.option("--all", is_flag=True, help="Rank every topic, also those that do not rise.")
@click.option(
    "--lang", default="en", show_default=True, metavar="LOCALE", help="The language of html and markdown."
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="A file to write instead of stdout."
)
@click.pass_context
@asks("text", "json", "html", "markdown", "csv", "github")
def command(
    ctx: click.Context, asked: Asked, limit: int | None, all: bool, lang: str, out: Path | None
) -> int:
    """Rank articles and topics by how far their share of the tickets rose since the last review.

    Lists stale articles with the evidence in numbers, alarms, reviews without effect, topics that
    have tickets and no article, translations behind their source, overdue reviews weighted by
    demand, and articles that nobody asks about. Without a settings file, topics are ranked as
    topics. `kbtool stale explain ID` shows everything behind one answer. `--format html` makes one page
    to forward and to print, with charts and what the last reviews did.
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
    covered = coverage(known.library, asked.today)
    recent = asked.today - NEWS
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
        table=whole,
        effects=[one for one in verdicts(whole, known.library, covered) if one[2] >= recent],
        fdr=known.settings.fdr,
        known=known.account.coverage,
        site=known.site,
    )
    text = _text(report, asked.format, limit or known.settings.queue, lang, everything=all)
    if out is None:
        click.echo(text)
        return Exit.CLEAN
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_over(out, f"{text}\n".encode(), 0o644)
    except OSError as error:
        raise KbError(f"{out}: {error.strerror or error}", "check your rights there") from error
    click.echo(f"{out}: {len(report.signals)} signals", err=True)
    return Exit.CLEAN


def _text(report: StaleReport, format: str, limit: int, lang: str, *, everything: bool) -> str:
    """The report in a format; what a format needs is imported with it."""
    if format == "html":
        from kbtool.report.stale_html import stale_html

        return stale_html(report, limit, lang)
    if format == "markdown":
        from kbtool.report.stale_markdown import stale_markdown

        return stale_markdown(report, limit, lang)
    if format == "csv":
        from kbtool.report.stale_csv import stale_csv

        return stale_csv(report)
    if format == "github":
        from kbtool.report.stale_github import stale_github

        return stale_github(report, limit)
    return stale_json(report) if format == "json" else stale_text(report, limit, everything=everything)


command.add_command(explain)
command.add_command(effect)
