"""`kbtool stale`: which articles and topics to look at, by what tickets say of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool import pipeline
from kbtool.cli.common import config_file, output_format, settings_of, show, this_day, today_option, verbosity
from kbtool.config import Config, StaleSettings
from kbtool.content.files import shown
from kbtool.errors import Exit, KbError, UsageError
from kbtool.model import Library
from kbtool.report.stale import StaleReport, stale_json, stale_text
from kbtool.report.text import summary
from kbtool.stale.measure import measure
from kbtool.stale.topics import rank_topics
from kbtool.tickets.calendar import as_of, complete, weekly
from kbtool.tickets.read import read_counts


@click.command()
@click.option(
    "--tickets", type=click.Path(path_type=Path, dir_okay=False), help="Counts: topic,date,count (.gz too)."
)
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
def command(
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

    Lists stale articles with the evidence in numbers, topics that have tickets and no article, and
    overdue reviews weighted by demand. Without a settings file, topics are ranked as topics.
    """
    config = settings_of(settings) if settings.is_file() or tickets is None else None
    path = tickets or _configured(config)
    day = this_day(today)
    if not path.is_file():
        raise UsageError(f"there is no ticket file {path}", "check the path, or the setting tickets.path")
    counts, findings = read_counts(path, config.settings.tickets.aliases if config else None)
    errors = [finding for finding in findings if finding.severity == "error"]
    show(errors)
    if not quiet:
        show(
            (f for f in findings if f.severity == "warning" or (verbose and f.severity == "info")),
            brief=not verbose,
        )
    if errors:
        raise BadTickets(path, summary(errors))
    library = _library(config, verbose=verbose)
    table = weekly(counts)
    values = config.settings.stale if config else StaleSettings()
    known = complete(table, day)
    report = StaleReport(
        source=shown(path),
        as_of=as_of(table, day),
        weeks=len(known.weeks),
        tickets=sum(known.totals),
        signals=measure(table, library, day, fdr=values.fdr, review_every_days=values.review_every),
        topics=rank_topics(table, day, library, fdr=values.fdr),
        library=library,
        today=day,
    )
    click.echo(
        stale_json(report) if format == "json" else stale_text(report, limit or values.queue, everything=all)
    )
    return Exit.CLEAN


class BadTickets(KbError):
    """A ticket file has errors, so that a ranking would rest on wrong counts."""

    exit_code = Exit.FINDINGS

    def __init__(self, path: Path, errors: str) -> None:
        super().__init__(f"{path}: {errors}; nothing was ranked", "correct the rows above")


def _configured(config: Config | None) -> Path:
    if config is None or not config.settings.tickets.path:
        raise UsageError(
            "no ticket counts are given",
            "use --tickets FILE, or set tickets.path in the settings (topic,date,count)",
        )
    return Path(config.root / config.settings.tickets.path)


def _library(config: Config | None, *, verbose: bool) -> Library:
    """The articles; those that cannot be read are left out and counted on stderr."""
    if config is None:
        return Library(("en",))
    content = pipeline.read(config)
    errors = [finding for finding in content.findings if finding.severity == "error"]
    if errors:
        show(errors, brief=not verbose)
        click.echo("note: articles with errors are left out of the ranking", err=True)
    return content.library
