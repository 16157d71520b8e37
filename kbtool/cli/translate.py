"""`kbtool translate`: keep translations in step with what they were made from."""

from __future__ import annotations

from pathlib import Path

import click

from kbtool import pipeline
from kbtool.cli.common import checked_locale, config_file, settings_of
from kbtool.content.mark import marked
from kbtool.content.parts import digests
from kbtool.errors import Exit, KbError, UsageError
from kbtool.nearest import did_you_mean


@click.group()
def command() -> None:
    """Record what a translation was made from, so that a later change of it is noticed."""


@command.command()
@click.argument("id")
@click.option("--lang", required=True, metavar="LOCALE", help="The locale of the translation.")
@click.option(
    "--from", "origin", metavar="LOCALE", help="What it was made from; the source locale if not given."
)
@config_file
def mark(id: str, lang: str, origin: str | None, settings: Path) -> int:
    """Say that a translation is up to date with its source as it is now.

    Writes a digest of each part of the source into the front matter of the translation. When a
    part changes later, `kbtool stale` lists the translation and names the part.
    """
    config = settings_of(settings)
    tag = checked_locale(config, lang)
    versions = pipeline.read(config).library.by_id()
    if id not in versions:
        raise UsageError(
            f"there is no article with the id '{id}'", did_you_mean(id, versions) or "check its path"
        )
    found = versions[id]
    if tag not in found:
        raise UsageError(
            f"'{id}' has no version in {tag}", f"kbtool new article --translates {id} --lang {tag} --title …"
        )
    others = [locale for locale in config.locales if locale in found and locale != tag]
    wanted = checked_locale(config, origin) if origin else next(iter(others), "")
    if wanted not in others:
        raise UsageError(
            f"'{id}' has no other version to be made from", "name one that it has with --from LOCALE"
        )
    source, path = found[wanted], Path(found[tag].where.path)
    sections = digests(source)
    try:
        old = path.read_bytes().decode("utf-8")
        new = marked(old, wanted, sections)
        if new != old:
            path.write_bytes(new.encode("utf-8"))
    except OSError as error:
        raise KbError(f"{path}: {error.strerror or error}", "check the rights of the file") from error
    click.echo(f"{path}: up to date with {source.where.path} ({len(sections)} parts)")
    return Exit.CLEAN
