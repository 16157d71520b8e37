"""`kbtool aliases`: words of readers, proposed by an import, become aliases of articles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from kbtool import pipeline
from kbtool.cli.common import config_file, settings_of
from kbtool.config import Config
from kbtool.content.edit import with_key
from kbtool.errors import Exit, KbError, UsageError
from kbtool.model import Article, Library
from kbtool.nearest import did_you_mean
from kbtool.stale.aliases import waiting
from kbtool.targets.disk import write_over
from kbtool.tickets.export.account import Account, Words, account_path, read_account, written_account
from kbtool.yamlfile import scalar

SHOWN = 20


@dataclass(frozen=True)
class Proposed:
    """What waits, by article and locale, the most frequent first."""

    config: Config
    library: Library
    counts: Path
    account: Account
    waiting: dict[tuple[str, str], list[Words]]

    def of(self, id: str, lang: str | None) -> dict[str, list[Words]]:
        """By locale, what waits for an article. Raises UsageError where nothing does."""
        found = {
            locale: words
            for (own, locale), words in self.waiting.items()
            if own == id and (lang is None or locale == lang)
        }
        if not found:
            known = [own for own, _ in self.waiting]
            raise UsageError(
                f"no words wait for '{id}'", did_you_mean(id, known) or "kbtool aliases lists them"
            )
        return found


@click.group(invoke_without_command=True)
@click.option("--limit", type=click.IntRange(1), default=SHOWN, show_default=True, help="How many articles.")
@click.pass_context
@config_file
def command(ctx: click.Context, limit: int, settings: Path) -> int:
    """List words of readers that an article answers and does not contain.

    An import of tickets finds them: questions and words that at least five tickets on an article use.
    As aliases they lead the search to it; readers do not see them.
    """
    if ctx.invoked_subcommand:
        return Exit.CLEAN
    proposed = _proposed(settings)
    versions = proposed.library.by_id()
    ordered = sorted(
        proposed.waiting.items(), key=lambda pair: (-sum(one.tickets for one in pair[1]), pair[0])
    )
    if not ordered:
        click.echo("No words of readers wait. An import of tickets finds them: kbtool tickets import")
    for (id, locale), words in ordered[:limit]:
        click.echo(f"{id} ({locale}): {versions[id][locale].title}")
        for one in words:
            click.echo(f"  {one.tickets:>5,}  {one.text}")
    if len(ordered) > limit:
        click.echo(f"… and {len(ordered) - limit} more articles (--limit {len(ordered)})")
    if ordered:
        click.echo(f"\nTo take them all: kbtool aliases accept {ordered[0][0][0]}")
    return Exit.CLEAN


@command.command()
@click.argument("id")
@click.argument("words", nargs=-1)
@click.option("--lang", metavar="LOCALE", help="One version only; all versions if not given.")
@config_file
def accept(id: str, words: tuple[str, ...], lang: str | None, settings: Path) -> int:
    """Write words of readers into the `aliases` of an article: all that wait, or those that are named."""
    proposed = _proposed(settings)
    for locale, listed in proposed.of(id, lang).items():
        article = proposed.library.by_id()[id][locale]
        chosen = _chosen(listed, words)
        if chosen:
            _write(article, [one.text for one in chosen])
            click.echo(f"{article.where.path}: {', '.join(one.text for one in chosen)}")
    return Exit.CLEAN


@command.command()
@click.argument("id")
@click.argument("words", nargs=-1)
@click.option("--lang", metavar="LOCALE", help="One version only; all versions if not given.")
@config_file
def drop(id: str, words: tuple[str, ...], lang: str | None, settings: Path) -> int:
    """Do not propose these words for an article again: all that wait, or those that are named."""
    proposed = _proposed(settings)
    gone = [one for listed in proposed.of(id, lang).values() for one in _chosen(listed, words)]
    path = account_path(proposed.counts)
    try:
        write_over(path, written_account(proposed.account.without(gone)), 0o644)
    except OSError as error:
        raise KbError(f"{path}: {error.strerror or error}", "check your rights there") from error
    click.echo(f"{path}: dropped {', '.join(one.text for one in gone) or 'nothing'}")
    return Exit.CLEAN


def _proposed(settings: Path) -> Proposed:
    config = settings_of(settings)
    counts = config.root / config.settings.tickets.path
    account = (read_account(counts) if config.settings.tickets.path else None) or Account()
    library = pipeline.read(config).library
    return Proposed(config, library, counts, account, waiting(account.words, library))


def _chosen(listed: list[Words], words: tuple[str, ...]) -> list[Words]:
    """Those that were named, in any letters; all if none was."""
    wanted = {" ".join(word.casefold().split()) for word in words}
    return [one for one in listed if not wanted or one.text.casefold() in wanted]


def _write(article: Article, new: list[str]) -> None:
    """Add aliases to the front matter of a file."""
    path = Path(article.where.path)
    aliases = [*article.aliases, *(text for text in new if text not in article.aliases)]
    block = ["aliases:", *(f"  - {scalar(text)}" for text in aliases)]
    try:
        old = path.read_bytes().decode("utf-8")
        path.write_bytes(with_key(old, "aliases", block).encode("utf-8"))
    except OSError as error:
        raise KbError(f"{path}: {error.strerror or error}", "check the rights of the file") from error
