"""`kbtool build`: articles to the public site and the agents' tree, where anything has changed."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import click

from kbtool.cli.common import Talk, config_file, settings_of, show, this_day, today_option, verbosity
from kbtool.config import Config
from kbtool.errors import Exit
from kbtool.model import Audience
from kbtool.targets.directory import check_target
from kbtool.targets.swap import Workshop, tree_name
from kbtool.targets.unchanged import SECONDS, Last, inputs_of, outputs_of, read_last, write_last
from kbtool.targets.workshop import open_workshop


@click.command()
@config_file
@click.option(
    "--site-dir", type=click.Path(path_type=Path, file_okay=False), help="Write the public site here."
)
@click.option(
    "--audience",
    type=click.Choice(["public", "all"]),
    default="all",
    show_default=True,
    help="`public` builds the public site alone, without the agents' tree.",
)
@today_option
@verbosity
def command(
    settings: Path, site_dir: Path | None, audience: str, today: date | None, verbose: bool, quiet: bool
) -> int:
    """Build the help center: the public site, and the tree for agents.

    If any article has an error, nothing is written and the last good site stays as it is.
    """
    config = settings_of(settings)
    target = site_dir or config.site_dir
    check_target(target, config.docs_dir, config.own_paths)
    audiences: tuple[Audience, ...] = ("public",) if audience == "public" else ("public", "agents")
    with open_workshop(config, target) as workshop:
        return _build(config, target, workshop, audiences, this_day(today), Talk(verbose, quiet))


def _build(
    config: Config, target: Path, workshop: Workshop, audiences: tuple[Audience, ...], day: date, talk: Talk
) -> int:
    """Build, if anything has changed since the last build; the exit code."""
    started = time.monotonic()
    for name in config.other_plugins:
        click.echo(
            f"note: kbtool renders the pages itself; the plugin '{name}' has no effect on them", err=True
        )
    inputs, names = inputs_of(config, target, audiences, day), [tree_name(one) for one in audiences]
    last = read_last(config)
    if last and inputs and last.inputs == inputs and last.outputs == outputs_of(config, workshop, names):
        _say(last, talk, time.monotonic() - started)
        return Exit.CLEAN
    from kbtool.cli.building import Job, made  # with all that makes pages: most builds find nothing to do

    done = made(Job(config, target, workshop, audiences, day, talk))
    if done is None:
        return Exit.FINDINGS
    findings, lines, news = done
    last = Last(inputs, outputs_of(config, workshop, names) if inputs else "", tuple(findings), tuple(lines))
    write_last(config, last)
    _say(last, talk, time.monotonic() - started)
    if news and not talk.quiet:
        click.echo(news)
    return Exit.CLEAN


def _say(last: Last, talk: Talk, seconds: float) -> None:
    """What a build says at its end."""
    if talk.quiet:
        return
    told = [f for f in last.findings if talk.verbose or f.severity != "info"]
    show(told, brief=not talk.verbose)
    if told and not talk.verbose:
        click.echo("How to mend them: kbtool build -v", err=True)
    for line in last.lines:
        click.echo(line.replace(SECONDS, f"{seconds:.1f} s"))
