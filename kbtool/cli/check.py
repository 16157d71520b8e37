"""`kbtool check`: everything that is wrong with a help center, before it is published."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from kbtool import pipeline
from kbtool.checks.registry import rules
from kbtool.cli.changed import changed_files, concerned
from kbtool.cli.common import SettingsError, config_file, progress_line, this_day, today_option, verbosity
from kbtool.config import Config, load
from kbtool.content.files import shown
from kbtool.errors import Exit, NoArticles, UsageError
from kbtool.model import SEVERITIES, Finding, Library
from kbtool.report.checked import Checked, Reported, baseline_of, baseline_text, fingerprinted
from kbtool.report.github import github_text
from kbtool.report.json import findings_json
from kbtool.report.sarif import sarif_text
from kbtool.report.text import check_text, counted
from kbtool.tickets.read import read_counts

FORMATS = ("text", "json", "github", "sarif")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, annotations for GitHub, SARIF for code hosts and editors.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="The least severity for which the exit code is 1.",
)
@click.option(
    "--quick", is_flag=True, help="Leave out what needs rendered pages: headings, readability, queries."
)
@click.option(
    "--changed-since", metavar="REF", help="Only what concerns files changed since that commit of git."
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Leave out the findings listed in this file.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all findings into this file, to leave them out later.",
)
@today_option
@config_file
@verbosity
def command(
    paths: tuple[Path, ...],
    format: str,
    fail_on: str,
    quick: bool,
    changed_since: str | None,
    baseline: Path | None,
    write_baseline: Path | None,
    today: date | None,
    settings: Path,
    verbose: bool,
    quiet: bool,
) -> int:
    """Check articles, links, images, translations and settings; write nothing.

    PATHS narrow what is listed to these files and folders. Everything is read all the same, since a
    link can lead anywhere.
    """
    if write_baseline and (paths or changed_since is not None):
        raise UsageError("a baseline is of the whole help center", "leave out PATHS and --changed-since")
    config, problems = load(settings, os.environ)
    if config is None:
        reported = fingerprinted(problems, shown(settings.parent))
        _print(Checked(tuple(reported)), format, verbose=verbose, quiet=quiet)
        raise SettingsError(f"{settings} cannot be used", "correct the settings above")
    known = _known(baseline) if baseline else set()
    content = pipeline.read(config)
    if not content.library.articles and not content.findings:
        raise NoArticles(shown(config.docs_dir))
    progress = progress_line("reading articles")
    findings = pipeline.check(config, content, today=this_day(today), quick=quick, progress=progress)
    findings += _tickets(config)
    reported = fingerprinted(sorted(findings, key=lambda finding: finding.order), shown(config.root))
    if write_baseline:
        write_baseline.write_text(baseline_text(reported), encoding="utf-8")
        click.echo(f"{write_baseline}: {len(reported)} findings are left out from now on, with --baseline")
        return Exit.CLEAN
    wanted = _wanted(findings, paths, changed_since, content.library, config)
    listed = [one for one in reported if one.finding in wanted]
    kept = tuple(one for one in listed if one.fingerprint not in known)
    checked = Checked(kept, len(content.library.articles), len(listed) - len(kept))
    _print(checked, format, verbose=verbose or fail_on == "info", quiet=quiet)
    return Exit.FINDINGS if format != "sarif" and _fails(checked, fail_on) else Exit.CLEAN


def _known(path: Path) -> set[str]:
    """The fingerprints of a baseline."""
    if not path.is_file():
        raise UsageError(
            f"there is no baseline {path}", f"write it with: kbtool check --write-baseline {path}"
        )
    try:
        return baseline_of(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{path} is no baseline", "write it anew with --write-baseline") from error


def _tickets(config: Config) -> list[Finding]:
    """What is wrong with the ticket counts of the settings, if they lie here."""
    path = config.root / config.settings.tickets.path
    if not config.settings.tickets.path or not path.is_file():
        return []
    return read_counts(Path(shown(path)), config.settings.tickets.aliases)[1]


def _wanted(
    findings: list[Finding], paths: tuple[Path, ...], since: str | None, library: Library, config: Config
) -> set[Finding]:
    """Those in the paths, if there are some, and those that the changes concern, if they were asked for."""
    wanted = (
        concerned(findings, changed_files(config.root, since), library, config)
        if since is not None
        else findings
    )
    below = [path.resolve() for path in paths]
    return {
        finding
        for finding in wanted
        if not below or any(Path(finding.where.path).resolve().is_relative_to(path) for path in below)
    }


def _fails(checked: Checked, fail_on: str) -> bool:
    severities = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    return any(finding.severity in severities for finding in checked.findings)


def _print(checked: Checked, format: str, *, verbose: bool, quiet: bool) -> None:
    """The result on stdout, in the format that was asked for."""
    if format == "text":
        text = check_text(checked, verbose=verbose, quiet=quiet)
    elif format == "json":
        text = findings_json(checked)
    else:
        checked = replace(checked, reported=tuple(_from_checkout(one) for one in checked.reported))
        text = github_text(checked, verbose=verbose) if format == "github" else sarif_text(checked, rules())
    if text:
        click.echo(text)
    if format == "github" and not quiet:
        click.echo(counted(checked), err=True)


def _from_checkout(one: Reported) -> Reported:
    """The same with a path from the top of the checkout, which is what GitHub wants, if it runs there."""
    top = os.environ.get("GITHUB_WORKSPACE", "")
    path = Path(one.finding.where.path).absolute()
    if not top or not path.is_relative_to(top):
        return one
    where = replace(one.finding.where, path=os.path.relpath(path, top))
    return replace(one, finding=replace(one.finding, where=where))
