"""`kbtool flag`: say that an article is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool import pipeline
from kbtool.cli.common import checked_locale, config_file, settings_of, this_day, today_option
from kbtool.content.files import shown
from kbtool.errors import Exit, UsageError
from kbtool.nearest import did_you_mean
from kbtool.tickets.notes import Note, add_note


@click.command()
@click.argument("id")
@click.option("--reason", required=True, metavar="TEXT", help="What is wrong.")
@click.option("--lang", metavar="LOCALE", help="One version only; all versions if not given.")
@click.option("--ticket", default="", metavar="NUMBER", help="The ticket that shows it.")
@today_option
@config_file
def command(id: str, reason: str, lang: str | None, ticket: str, today: date | None, settings: Path) -> int:
    """Flag an article: it stands in `kbtool queue` until it is reviewed.

    Writes a line into notes.jsonl beside the ticket counts; commit it as any other change. Addresses
    and numbers of customers are taken out of the reason.
    """
    config = settings_of(settings)
    versions = pipeline.read(config).library.by_id()
    if id not in versions:
        raise UsageError(
            f"there is no article with the id '{id}'", did_you_mean(id, versions) or "check its path"
        )
    tag = checked_locale(config, lang) if lang else ""
    if tag and tag not in versions[id]:
        raise UsageError(f"'{id}' has no version in {tag}", f"it has {', '.join(versions[id])}")
    add_note(config.notes_path, Note("flag", this_day(today), reason, id, tag, ticket))
    click.echo(f"{shown(config.notes_path)}: flagged {id}{f' in {tag}' if tag else ''}")
    return Exit.CLEAN
