"""`kbtool gap`: say that an article is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool.cli.common import config_file, settings_of, this_day, today_option
from kbtool.content.files import shown
from kbtool.errors import Exit, UsageError
from kbtool.tickets.notes import Note, add_note


@click.command()
@click.argument("question")
@click.option("--ticket", default="", metavar="NUMBER", help="The ticket that shows it.")
@today_option
@config_file
def command(question: str, ticket: str, today: date | None, settings: Path) -> int:
    """Note what customers ask and no article answers; `kbtool queue` lists it.

    It is done when an article has it among its `topics`, or when its line in notes.jsonl is deleted.
    """
    config = settings_of(settings)
    text = " ".join(question.split())
    if not text:
        raise UsageError("the question is empty", 'write it in quotes: kbtool gap "how to change the UPI id"')
    add_note(config.notes_path, Note("gap", this_day(today), text, ticket=ticket))
    click.echo(f"{shown(config.notes_path)}: noted “{text}”")
    return Exit.CLEAN
