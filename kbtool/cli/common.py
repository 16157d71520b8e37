"""What several verbs share: the settings file, the day, the talk on stderr."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kbtool.errors import UsageError
from kbtool.targets.day import build_day

if TYPE_CHECKING:
    from kbtool.config import Config
    from kbtool.model import Finding

F = TypeVar("F", bound=Callable[..., Any])
DEFAULT_SETTINGS = "mkdocs.yml"
STEP = 0.1  # seconds between two updates of the progress line


class SettingsError(UsageError):
    """The settings cannot be used; the findings are already on stderr."""


def config_file(function: F) -> F:
    """`-f/--config-file`."""
    return click.option(
        "-f",
        "--config-file",
        "settings",
        type=click.Path(path_type=Path, dir_okay=False),
        default=DEFAULT_SETTINGS,
        show_default=True,
        help="The settings file.",
    )(function)


def output_format(function: F) -> F:
    """`--format text|json`."""
    return format_of("text", "json")(function)


def format_of(*formats: str) -> Callable[[F], F]:
    """`--format` with these choices, the first if none is given."""
    return click.option(
        "--format",
        type=click.Choice(formats),
        default=formats[0],
        help="Text for people, JSON for programs." if len(formats) == 2 else "How it is written.",
    )


def verbosity(function: F) -> F:
    """`-v/--verbose` and `-q/--quiet`."""
    function = click.option("-q", "--quiet", is_flag=True, help="Print errors only.")(function)
    return click.option(
        "-v", "--verbose", is_flag=True, help="Print every finding in full, and details of errors."
    )(function)


class Day(click.ParamType[date]):
    """A date on the command line: year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it, or say how it is written."""
        from kbtool.typed import read_date

        day = value if isinstance(value, date) else read_date(str(value))
        if day is None:
            self.fail(f"'{value}' is not a date; write it as year-month-day, such as 2026-03-04", param, ctx)
        return day


def today_option(function: F) -> F:
    """`--today`."""
    return click.option("--today", type=Day(), default=None, help="The day to work for, instead of today.")(
        function
    )


def this_day(given: date | None) -> date:
    """The day that was asked for, else that of SOURCE_DATE_EPOCH, else today."""
    return given or build_day(os.environ)


def settings_of(path: Path) -> Config:
    """The settings; when they cannot be used, all their problems go to stderr and the command ends."""
    from kbtool.config import load

    config, problems = load(path, os.environ)
    if config is None:
        show(problems)
        raise SettingsError(f"{path} cannot be used", "correct the settings above; nothing was changed")
    return config


def show(findings: Iterable[Finding], *, brief: bool = False) -> None:
    """Print findings to stderr, in order; `brief` gives one line each."""
    from kbtool.report.text import finding_text

    for finding in sorted(findings, key=lambda f: f.order):
        text = finding_text(finding)
        click.echo(text.partition("\n")[0] if brief else text + "\n", err=True)


def progress_line(what: str) -> Callable[[int, int], None] | None:
    """A line on the terminal that counts up; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        return None
    shown = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if done == total:
            click.echo("\r\033[K", nl=False, err=True)
        elif now - shown >= STEP:
            shown = now
            click.echo(f"\r\033[K{what}: {done} of {total}", nl=False, err=True)

    return tell


def checked_locale(config: Config, locale: str | None) -> str:
    """The locale that was asked for, or the source locale; one that the site lacks is an error."""
    from kbtool.nearest import did_you_mean

    if locale is None:
        return config.locales[0]
    if locale not in config.locales:
        known = ", ".join(config.locales)
        raise UsageError(
            f"this help center has no locale '{locale}'",
            did_you_mean(locale, config.locales) or f"it has {known}",
        )
    return locale


@dataclass(frozen=True)
class Talk:
    """How much is said."""

    verbose: bool
    quiet: bool
