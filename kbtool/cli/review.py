"""`kbtool review`: record that an article was looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool import pipeline
from kbtool.cli.common import checked_locale, config_file, settings_of, this_day, today_option
from kbtool.content.edit import with_key
from kbtool.content.files import shown
from kbtool.errors import Exit, KbError, UsageError
from kbtool.nearest import did_you_mean
from kbtool.tickets.export.scrub import scrubbed
from kbtool.tickets.notes import Note, add_note


@click.group()
def command() -> None:
    """Record reviews: what rose before a review no longer counts against an article."""


@command.command()
@click.argument("id")
@click.option("--lang", metavar="LOCALE", help="One version only; all versions if not given.")
@click.option("--note", default="", metavar="TEXT", help="What the review found; kept in notes.jsonl.")
@today_option
@config_file
def mark(id: str, lang: str | None, note: str, today: date | None, settings: Path) -> int:
    """Say that an article was reviewed today: sets `reviewed` in its front matter.

    The article leaves the list of `kbtool stale`, and comes back only if its tickets rise beyond
    the level of today. Flags on it are done. Commit the change as any other.
    """
    config = settings_of(settings)
    day = this_day(today)
    versions = pipeline.read(config).library.by_id()
    if id not in versions:
        raise UsageError(
            f"there is no article with the id '{id}'", did_you_mean(id, versions) or "check its path"
        )
    found = versions[id]
    if lang:
        tag = checked_locale(config, lang)
        if tag not in found:
            raise UsageError(f"'{id}' has no version in {tag}", f"it has {', '.join(found)}")
        found = {tag: found[tag]}
    for article in found.values():
        path = Path(article.where.path)
        try:
            old = path.read_bytes().decode("utf-8")
            new = with_key(old, "reviewed", [f"reviewed: {day.isoformat()}"])
            if new != old:
                path.write_bytes(new.encode("utf-8"))
        except OSError as error:
            raise KbError(f"{path}: {error.strerror or error}", "check the rights of the file") from error
        before = f", before {article.reviewed.isoformat()}" if article.reviewed else ""
        click.echo(f"{path}: reviewed {day.isoformat()}{before}")
    if note.strip():
        add_note(config.notes_path, Note("review", day, note, id, lang or ""))
        click.echo(f"{shown(config.notes_path)}: {scrubbed(note)}")
    return Exit.CLEAN
