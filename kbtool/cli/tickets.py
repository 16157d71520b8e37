"""`kbtool tickets`: from a help desk's export to counts."""

from __future__ import annotations

import click

from kbtool.cli.tickets_import import import_


@click.group()
def command() -> None:
    """Turn exports of a help desk into ticket counts; nothing personal is kept."""


command.add_command(import_)
