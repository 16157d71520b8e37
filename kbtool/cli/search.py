"""`kbtool search`: the search of the help center, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kbtool.cli.common import checked_locale, config_file, output_format, settings_of
from kbtool.config import Config
from kbtool.errors import Exit, UsageError
from kbtool.model import Audience, Hit
from kbtool.search.find import Place, find
from kbtool.site.urls import absolute


@click.command()
@click.argument("query")
@click.option("--lang", metavar="LOCALE", help="The locale to search; the source locale if not given.")
@click.option(
    "--audience",
    type=click.Choice(["public", "agents"]),
    default="public",
    show_default=True,
    help="`agents` also finds what only agents may read.",
)
@click.option(
    "-k", "limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many articles."
)
@click.option(
    "--site-dir", type=click.Path(path_type=Path, file_okay=False), help="Where the public site was built."
)
@output_format
@config_file
def command(
    query: str,
    lang: str | None,
    audience: Audience,
    limit: int,
    site_dir: Path | None,
    format: str,
    settings: Path,
) -> int:
    """Search the built help center: the same index and the same order as the search box.

    Words may be inflected, misspelt or in the other script. "Phrases" in quotes, title:word, AND, OR,
    NOT and parentheses narrow the answer.
    """
    if not query.strip():
        raise UsageError("the query is empty", "write what you look for")
    config = settings_of(settings)
    tag = checked_locale(config, lang)
    hits = find(query, place_of(config, audience, tag, site_dir), limit)
    if format == "json":
        listed = [_record(hit, config) for hit in hits]
        answer = {"version": 1, "query": query, "locale": tag, "audience": audience, "hits": listed}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    elif hits:
        for number, hit in enumerate(hits, 1):
            click.echo(_text(number, hit, config, audience))
    else:
        click.echo(f"no results for '{query}' in {tag}")
    return Exit.CLEAN


def place_of(config: Config, audience: Audience, locale: str, site_dir: Path | None = None) -> Place:
    """Where the index and the texts of that audience and locale lie."""
    tree = (site_dir or config.site_dir) if audience == "public" else config.private_dir / "agents"
    return Place(
        tree=tree,
        texts=config.private_dir / "texts" / audience,
        engine=config.private_dir / "whoosh" / audience,
        locale=locale,
    )


def _address(hit: Hit, config: Config) -> str:
    """The link to paste; an article for agents has no public address."""
    return absolute(config.site.site_url, hit.url) or "/" + hit.url if hit.audience == "public" else ""


def _record(hit: Hit, config: Config) -> dict[str, object]:
    return {
        "id": hit.id,
        "title": hit.title,
        "locale": hit.locale,
        "audience": hit.audience,
        "section": hit.section,
        "description": hit.description,
        "url": _address(hit, config),
        "path": hit.url,
        "score": hit.score,
    }


def _text(number: int, hit: Hit, config: Config, audience: Audience) -> str:
    mark = f"  [{hit.audience.upper()}]" if audience == "agents" else ""
    lines = [f"{number}. {hit.title}{mark}", f"   {_address(hit, config) or 'for agents: ' + hit.url}"]
    return "\n".join([*lines, f"   {hit.description}"] if hit.description else lines)
