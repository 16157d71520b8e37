"""What the verbs about tickets read: settings, counts and articles, with every problem shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from kbtool import pipeline
from kbtool.cli.common import (
    config_file,
    format_of,
    settings_of,
    show,
    this_day,
    today_option,
    verbosity,
)
from kbtool.config import Config, StaleSettings
from kbtool.errors import Exit, KbError, UsageError
from kbtool.model import Library, Signal
from kbtool.report.text import summary
from kbtool.stale.measure import measure
from kbtool.stale.topics import Ranking, rank_topics
from kbtool.tickets.calendar import WeeklyTable
from kbtool.tickets.export.account import Account, read_account
from kbtool.tickets.notes import Note, read_notes
from kbtool.tickets.read import read_counts

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Counted:
    """Counts by week, the articles, and the settings that hold for both."""

    path: Path
    table: WeeklyTable
    library: Library
    settings: StaleSettings
    notes: Sequence[Note] = ()
    account: Account = Account()
    site: str = ""

    def signals(self, today: date) -> tuple[Ranking, list[Signal]]:
        """The topics ranked, and what follows for the articles."""
        values = self.settings
        ranking = rank_topics(self.table, today, self.library, fdr=values.fdr)
        found = measure(
            self.table,
            self.library,
            today,
            fdr=values.fdr,
            review_every_days=values.review_every,
            ranking=ranking,
            notes=self.notes,
            words=self.account.words,
        )
        return ranking, found


@dataclass(frozen=True)
class Asked:
    """The options that all verbs about tickets share."""

    tickets: Path | None
    settings: Path
    today: date
    format: str
    verbose: bool
    quiet: bool

    def counted(self) -> Counted:
        """Read everything, and show every problem."""
        return counted(self.tickets, self.settings, verbose=self.verbose, quiet=self.quiet)


def asks(*formats: str) -> Callable[[F], F]:
    """The shared options, given to the verb as its first argument, `asked`."""
    return lambda function: _asking(function, formats or ("text", "json"))


def _asking(function: F, formats: tuple[str, ...]) -> F:
    @wraps(function)
    def verb(
        *arguments: Any,
        tickets: Path | None,
        settings: Path,
        today: date | None,
        format: str,
        verbose: bool,
        quiet: bool,
        **others: Any,
    ) -> Any:
        return function(
            *arguments, Asked(tickets, settings, this_day(today), format, verbose, quiet), **others
        )

    option = click.option(
        "--tickets",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Counts: topic,date,count (.gz too).",
    )
    return cast(F, option(today_option(format_of(*formats)(config_file(verbosity(verb))))))


def counted(tickets: Path | None, settings: Path, *, verbose: bool, quiet: bool) -> Counted:
    """Read everything. Without a settings file there are no articles, only topics."""
    config = settings_of(settings) if settings.is_file() or tickets is None else None
    path = tickets or _configured(config)
    if not path.is_file():
        raise UsageError(f"there is no ticket file {path}", "check the path, or the setting tickets.path")
    table, findings = read_counts(path, config.settings.tickets.aliases if config else None)
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
    if config is None:
        return Counted(path, table, library, StaleSettings())
    notes, account = read_notes(config.notes_path), read_account(path) or Account()
    return Counted(path, table, library, config.settings.stale, notes, account, config.site.site_name)


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
