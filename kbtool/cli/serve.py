"""`kbtool serve`: the writer's preview."""

from __future__ import annotations

import os
import threading
import traceback
import webbrowser
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from kbtool.cli.common import config_file, show, this_day, today_option, verbosity
from kbtool.content.files import shown
from kbtool.errors import Exit
from kbtool.model import Finding
from kbtool.report.text import summary
from kbtool.serve.builder import Builder, Built
from kbtool.serve.run import run
from kbtool.serve.server import PreviewServer


@click.command()
@config_file
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 takes any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; any but this machine's own shows drafts to others.",
)
@click.option("--open", "open_page", is_flag=True, help="Open the preview in the browser.")
@today_option
@verbosity
def command(
    settings: Path,
    port: int,
    host: str,
    open_page: bool,
    today: date | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Preview the help center while you write: pages reload when a file is saved.

    Shows drafts and what is for agents, too, and says so. A save with mistakes shows them in the page,
    which stays as it was until they are mended. Nothing is written.
    """
    server = PreviewServer(host, port)
    builder = Builder(settings, os.environ, lambda: this_day(today))
    talk = Talk(builder, server, verbose=verbose, quiet=quiet, open_page=open_page)
    try:
        run(builder, server, talk.tell, threading.Event())
    except KeyboardInterrupt:
        click.echo("", err=True)  # the terminal shows ^C: what comes next starts on a line of its own
    return Exit.CLEAN


class Talk:
    """What the terminal is told of each build; knows which findings it has told already."""

    def __init__(
        self, builder: Builder, server: PreviewServer, *, verbose: bool, quiet: bool, open_page: bool
    ) -> None:
        self._builder = builder
        self._server = server
        self._verbose = verbose
        self._quiet = quiet
        self._open = open_page
        self._told: set[Finding] = set()

    def tell(self, built: Built, saved: Sequence[Path], seconds: float) -> None:
        """One line for a build, below the findings that are new."""
        if not saved and built.edition:
            self._greet()
        self._findings(built)
        if built.error and saved:
            click.echo(f"error: {built.problems[0].message}\nhelp: {built.problems[0].help}\n", err=True)
            if self._verbose:
                click.echo("".join(traceback.format_exception(built.error)), err=True)
        if self._quiet:
            return
        what = f"{_names(saved)}: " if saved else ""
        if built.edition:
            count = summary(f for f in built.findings if self._verbose or f.severity != "info")
            click.echo(f"{what}{built.pages} pages, {seconds:.1f} s, {count}")
        elif saved:
            click.echo(f"{what}{_mistakes(built)}; the pages stay as they were")

    def _greet(self) -> None:
        """Where the preview is, and what it looks at."""
        server = self._server
        if not server.on_loopback:
            click.echo(
                "warning: others can reach this preview, and read drafts and what is for agents", err=True
            )
        if not self._quiet:
            root = self._builder.settings.resolve().parent
            watched = self._builder.places()
            own = [shown(path) for path in watched if path.resolve().is_relative_to(root)]
            click.echo(f"preview: {server.url} (Ctrl+C ends it)")
            click.echo(f"watching {', '.join(own)}")
        if self._open:
            webbrowser.open(server.url)

    def _findings(self, built: Built) -> None:
        """Errors in full, every time; anything else once, in one line."""
        errors = [f for f in built.findings if f.severity == "error"]
        show(errors)
        others = [
            f for f in built.findings if f.severity == "warning" or (self._verbose and f.severity == "info")
        ]
        if not self._quiet:
            show((f for f in others if f not in self._told), brief=not self._verbose)
        if others:
            self._told = set(others)


def _names(saved: Sequence[Path]) -> str:
    return shown(saved[0]) if len(saved) == 1 else f"{shown(saved[0])} and {len(saved) - 1} more"


def _mistakes(built: Built) -> str:
    return summary(f for f in built.findings if f.severity == "error") if built.findings else "an error"
