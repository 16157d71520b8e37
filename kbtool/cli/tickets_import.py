"""`kbtool tickets import`: single tickets in, counts out."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from kbtool.cli.common import (
    config_file,
    output_format,
    progress_line,
    settings_of,
    show,
    this_day,
    today_option,
)
from kbtool.cli.knowledge import Knowing, knowing
from kbtool.config import Config
from kbtool.errors import Exit, KbError, UsageError
from kbtool.report.imported import imported_json, imported_text
from kbtool.report.text import summary
from kbtool.search.words import proposals
from kbtool.targets.disk import write_over
from kbtool.tickets.export.account import (
    Account,
    Words,
    account_path,
    read_account,
    rules_digest,
    written_account,
)
from kbtool.tickets.export.book import merged
from kbtool.tickets.export.importing import Imported, import_tickets
from kbtool.tickets.export.preset import Preset, load_preset, preset_names
from kbtool.tickets.export.scrub import scrubbed

MOST_SUBJECTS = 50_000  # different ones, the most frequent, that are looked through for words
RULES = 1  # goes up when the same settings would find other topics


class BadExport(KbError):
    """An export cannot be counted; why is on stderr."""

    exit_code = Exit.FINDINGS


@click.command("import")
@click.argument(
    "files", type=click.Path(path_type=Path, exists=True, dir_okay=False), nargs=-1, required=True
)
@click.option(
    "--preset",
    metavar="NAME",
    help="The help desk, or a preset file; the setting tickets.preset if not given.",
)
@click.option("--dry-run", is_flag=True, help="Show what is understood; write nothing.")
@click.option("--replace", is_flag=True, help="Drop the counts that are there.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of counts; the setting tickets.path if not given.",
)
@click.option(
    "--dates",
    type=click.Choice(["dmy", "mdy"]),
    default=None,
    help="What stands first in dates such as 3/4/2026.",
)
@output_format
@today_option
@config_file
def import_(
    files: tuple[Path, ...],
    preset: str | None,
    dry_run: bool,
    replace: bool,
    out: Path | None,
    dates: str | None,
    format: str,
    today: date | None,
    settings: Path,
) -> int:
    """Count the tickets of exports by topic, day and language.

    Reads JSON lines, JSON, or CSV, also .gz. The topic of a ticket is what a field or a tag says,
    else the article that an answer links to, else the article that the subject is about, where that
    is sure. Merged, deleted and spam tickets do not count, and a ticket that comes twice counts once.
    What is kept are counts: no name, no address, no text. Importing a file again changes nothing.
    """
    config = settings_of(settings)
    system = _preset(preset or config.settings.tickets.preset)
    target = _target(config, out)
    known = knowing(config, this_day(today))
    tickets = config.settings.tickets
    tell = progress_line("tickets read")
    imported = import_tickets(
        files, system, tickets.fields, known.knowledge, ZoneInfo(tickets.timezone), dates or "",
        (lambda done: tell(done, done + 1)) if tell else None,
    )  # fmt: skip
    if tell:
        tell(imported.tickets, imported.tickets)
    show(imported.findings, brief=True)
    click.echo(
        imported_json(imported, system.name)
        if format == "json"
        else imported_text(imported, system.name, verified=system.verified)
    )
    errors = [finding for finding in imported.findings if finding.severity == "error"]
    whole = not any(finding.rule == "bad-ticket-file" for finding in errors)
    if not whole or not imported.counted:
        raise BadExport(
            f"{summary(errors) or 'no ticket counts'}; nothing was written", "correct what is listed above"
        )
    if dry_run:
        click.echo("\nNothing was written (--dry-run).", err=True)
        return Exit.FINDINGS if errors else Exit.CLEAN
    _write(target, imported, known, system, replace=replace)
    return Exit.FINDINGS if errors else Exit.CLEAN


def _preset(name: str) -> Preset:
    if not name:
        raise UsageError(
            "which help desk the tickets come from is not known",
            f"use --preset NAME, or set tickets.preset; known: {', '.join(preset_names())}",
        )
    return load_preset(name)


def _target(config: Config, out: Path | None) -> Path:
    path = out or (config.root / config.settings.tickets.path if config.settings.tickets.path else None)
    if path is None:
        raise UsageError(
            "where the counts go is not known", "set tickets.path: tickets/counts.csv, or use --out FILE"
        )
    if path.suffix == ".parquet":
        raise UsageError(
            f"{path} is a Parquet file, which imports do not write", "name a .csv or .csv.gz file"
        )
    return path


def _write(target: Path, imported: Imported, known: Knowing, system: Preset, *, replace: bool) -> None:
    """The counts and the account beside them."""
    before = read_account(target)
    settings = known.config.settings.tickets
    rules = rules_digest(RULES, settings.topics, settings.fields, system)
    if before and before.rules != rules and not replace:
        click.echo(
            "note: the rules for topics have changed since the last import; days that are not in these "
            "files keep their topics. To count all days alike, import all exports at once with --replace",
            err=True,
        )
    book = merged(target, imported, replace=replace)
    days = imported.days
    account = Account(
        preset=system.name,
        rules=rules,
        first=days[0].isoformat() if days else "",
        last=days[1].isoformat() if days else "",
        tickets=imported.counted,
        ways={way or "unknown": n for way, n in imported.ways.items()},
        words=_words(imported, known, before),
        dropped=before.dropped if before else (),
    )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_over(target, book.data, 0o644)
        write_over(account_path(target), written_account(account), 0o644)
    except OSError as error:
        raise KbError(f"{target}: {error.strerror or error}", "check your rights there") from error
    parts = [f"{book.new} new days", f"{book.replaced} replaced", f"{book.kept} as before"]
    parts += [f"{book.untouched} not in these files"] if book.untouched else []
    click.echo(f"{target}: {', '.join(parts)}", err=True)
    if account.words:
        click.echo(
            f"{len(account.words)} words of readers could be aliases of articles: kbtool aliases", err=True
        )
    click.echo("Next: kbtool stale", err=True)


def _words(imported: Imported, known: Knowing, before: Account | None) -> tuple[Words, ...]:
    """What could be aliases of the articles that the tickets are about."""
    subjects: Counter[tuple[str, str]] = Counter()
    for (text, topic, _), tickets in imported.subjects.items():
        match = imported.matches.get(text)
        id = match.id if match and match.topic else known.article_of.get(topic, "")
        subjects[text, id] += tickets
    found = proposals(
        ((text, id, tickets) for (text, id), tickets in subjects.most_common(MOST_SUBJECTS)),
        known.documents,
        known.content.synonyms,
        known.tongue.of,
        lambda text: scrubbed(text) != " ".join(text.split()),
    )
    dropped = {(one.id, one.locale, one.text) for one in before.dropped} if before else set()
    return tuple(
        Words(one.id, one.locale, one.text, one.tickets)
        for one in found
        if (one.id, one.locale, one.text) not in dropped
    )
