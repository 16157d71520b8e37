"""`kbtool search`: the search of the help center, on the command line, with the agents' query language."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.common import checked_locale, config_file, output_format, settings_of, this_day, today_option
from kbtool.config import Config
from kbtool.errors import Exit, UsageError
from kbtool.model import Audience, Hit
from kbtool.search.ask import Answer, ask
from kbtool.search.facts import Facts
from kbtool.search.find import Place, Searcher, Sources
from kbtool.site.urls import absolute

if TYPE_CHECKING:
    from kbtool.search.explanation import Explanation

MOST = 1000
ONLY_AGENTS = "drafts and archived articles are looked for with --audience agents"
SHOWN = 10  # values of a facet on the terminal


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
    "-k",
    "limit",
    type=click.IntRange(1, MOST),
    help="How many articles: 5 if not given, or all where the query has filters alone.",
)
@click.option(
    "--offset",
    type=click.IntRange(0, 100_000),
    default=0,
    show_default=True,
    help="How many articles to leave out at the start.",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "reviewed", "newest"]),
    default="relevance",
    show_default=True,
    help="`reviewed`: never or longest ago reviewed first; `newest`: latest first.",
)
@click.option("--facets", is_flag=True, help="Count what was found by section, topic, tag, owner and so on.")
@click.option("--explain", is_flag=True, help="Tell how each word was read, and what each score is made of.")
@click.option(
    "--site-dir", type=click.Path(path_type=Path, file_okay=False), help="Where the public site was built."
)
@today_option
@output_format
@config_file
def command(
    query: str,
    lang: str | None,
    audience: Audience,
    limit: int | None,
    offset: int,
    sort: str,
    facets: bool,
    explain: bool,
    site_dir: Path | None,
    today: date | None,
    format: str,
    settings: Path,
) -> int:
    """Search the built help center: the same index and the same order as the search box.

    Words may be inflected, misspelt or in the other script. "Phrases" in quotes, AND, OR, NOT,
    parentheses and prefix* narrow the answer; so do filters such as section:billing, owner:asha,
    lang:hi, reviewed:no, stale:yes and like:ID.
    """
    if not query.strip():
        raise UsageError("the query is empty", "write what you look for")
    config = settings_of(settings)
    tag = checked_locale(config, lang)
    day = this_day(today)
    sources = cache(lambda: _sources(config, audience, day))
    locales = [tag, *(locale for locale in config.locales if locale != tag)]
    searchers = {
        locale: Searcher(place_of(config, audience, locale, site_dir), sources, _note) for locale in locales
    }
    answer = ask(
        query,
        searchers,
        limit=limit,
        offset=offset,
        sort=sort,  # type: ignore[arg-type]
        today=day,
        with_facts=facets or format == "json" or audience == "agents",
    )
    hints = [ONLY_AGENTS] if answer.hidden and audience == "public" else []
    for hint in (*answer.hints, *hints):
        _note(hint)
    if format == "json":
        found = _json(answer, config, audience, tag, day, explain=explain)
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _show(answer, config, audience, day, facets=facets, explain=explain)
    return Exit.CLEAN


def _note(text: str) -> None:
    click.echo(f"note: {text}", err=True)


def place_of(config: Config, audience: Audience, locale: str, site_dir: Path | None = None) -> Place:
    """Where the index and the texts of that audience and locale lie."""
    tree = (site_dir or config.site_dir) if audience == "public" else config.private_dir / "agents"
    return Place(
        tree=tree,
        texts=config.private_dir / "texts" / audience,
        engine=config.private_dir / "whoosh" / audience,
        locale=locale,
    )


def _sources(config: Config, audience: Audience, today: date) -> Sources:
    """What only the articles and tickets tell; read when a query asks for it."""
    from kbtool.cli.sources import sources_of

    return sources_of(config, audience, today)


def _address(hit: Hit, config: Config) -> str:
    """The link to paste; an article for agents has no public address."""
    if not hit.url or hit.audience != "public":
        return ""
    return absolute(config.site.site_url, hit.url) or "/" + hit.url


def _json(
    answer: Answer, config: Config, audience: Audience, tag: str, day: date, *, explain: bool
) -> dict[str, object]:
    pairs = zip(answer.hits, answer.facts, strict=True)
    found: dict[str, object] = {
        "version": 1,
        "query": answer.query,
        "locale": tag,
        "locales": list(answer.locales),
        "audience": audience,
        "total": answer.total,
        "hits": [_record(hit, facts, config, day) for hit, facts in pairs],
        "facets": answer.counts,
        "suggestion": answer.suggestion,
        "hints": list(answer.hints),
    }
    if explain:
        found["explanation"] = [asdict(one) for one in _explanations(answer)]
    return found


def _record(hit: Hit, facts: Facts | None, config: Config, day: date) -> dict[str, object]:
    record: dict[str, object] = {
        "id": hit.id,
        "title": hit.title,
        "locale": hit.locale,
        "audience": hit.audience,
        "section": hit.section,
        "description": hit.description,
        "passage": hit.passage,
        "url": _address(hit, config),
        "path": hit.url,
        "score": hit.score,
    }
    if facts:
        record |= {
            "section_path": facts.section,
            "type": facts.type,
            "status": facts.status,
            "owner": facts.owner,
            "topics": facts.topics,
            "tags": facts.tags,
            "product": facts.product,
            "reviewed": facts.reviewed or None,
            "overdue": facts.is_overdue(day),
            "file": facts.file or None,
        }
    return record


def _show(
    answer: Answer, config: Config, audience: Audience, day: date, *, facets: bool, explain: bool
) -> None:
    if answer.suggestion:
        click.echo(f"did you mean: {answer.suggestion}", err=True)
    if not answer.hits:
        where = ", ".join(answer.locales) or "any language"
        click.echo(f"no results for '{answer.query}' in {where}")
    several = len(answer.locales) > 1
    for number, (hit, facts) in enumerate(zip(answer.hits, answer.facts, strict=True), 1):
        click.echo(_text(number, hit, facts, config, audience, day, several=several))
    if answer.hits and answer.total > len(answer.hits):
        click.echo(f"{len(answer.hits)} of {answer.total} articles; more with -k", err=True)
    if facets:
        click.echo(_facets_text(answer))
    if explain:
        from kbtool.report.explanation import explanation_text

        for explanation in _explanations(answer):
            click.echo("\n" + explanation_text(explanation))


def _explanations(answer: Answer) -> list[Explanation]:
    """Why the hits are where they are, one for each locale that was ranked."""
    from kbtool.search.explain import explained

    return [
        explained(found.index, found.words, answer.hits, found.among)
        for found in answer.found.values()
        if found.index is not None
    ]


def _facets_text(answer: Answer) -> str:
    lines = [f"\n{answer.total} article" + ("" if answer.total == 1 else "s")]
    for name, counts in answer.counts.items():
        shown = [f"{value} {count}" for value, count in list(counts.items())[:SHOWN]]
        more = f", {len(counts) - SHOWN} more" if len(counts) > SHOWN else ""
        lines.append(f"  {name}: {', '.join(shown)}{more}")
    return "\n".join(lines)


def _text(
    number: int,
    hit: Hit,
    facts: Facts | None,
    config: Config,
    audience: Audience,
    day: date,
    *,
    several: bool,
) -> str:
    marks = [hit.audience.upper()] if audience == "agents" else []
    if facts and facts.status != "published":
        marks.append(facts.status.upper())
    if several:
        marks.append(hit.locale)
    mark = f"  [{', '.join(marks)}]" if marks else ""
    where = facts.file if facts and facts.file else _address(hit, config) or "for agents: " + hit.url
    lines = [f"{number}. {hit.title}{mark}", f"   {where}"]
    if text := hit.passage or hit.description:
        lines.append(f"   {text}")
    if audience == "agents" and facts and (told := _review(facts, day)):
        lines.append(f"   {told}")
    return "\n".join(lines)


def _review(facts: Facts, day: date) -> str:
    """What an agent should know before relying on the article."""
    owner = f"; {facts.owner} answers for it" if facts.owner else ""
    if not facts.reviewed:
        return f"! never reviewed{owner}"
    due = facts.due()
    return f"! review overdue since {due.isoformat()}{owner}" if due and due < day else ""
