"""`kbtool rollback`: the release before the one that is out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from kbtool import pipeline
from kbtool.cli.common import config_file, settings_of, show, this_day
from kbtool.config import Config
from kbtool.content.files import shown
from kbtool.errors import Exit, KbError, UsageError
from kbtool.gate.scan import RULE
from kbtool.model import Finding
from kbtool.pipeline import Content
from kbtool.report.changes import Release, name_of
from kbtool.targets.directory import check_target
from kbtool.targets.gatekeeper import leaks, look_at_tree, open_gate
from kbtool.targets.records import keep_release, last_release, note_release, release_in
from kbtool.targets.releases import put_back
from kbtool.targets.swap import SITE, Kept, kept
from kbtool.targets.workshop import open_workshop


class NoRelease(KbError):
    """There is nothing to go back to."""

    exit_code = Exit.NOTHING

    def __init__(self, target: Path) -> None:
        super().__init__(
            f"no earlier release of {shown(target)} is kept",
            "every build that changes something keeps the release before it, the last three in all",
        )


@click.command()
@config_file
@click.option(
    "--site-dir", type=click.Path(path_type=Path, file_okay=False), help="Where the public site was built."
)
@click.option("--list", "listing", is_flag=True, help="List the releases that can come back.")
@click.option("--to", "number", type=int, metavar="N", help="Put back release N of that list.")
def command(settings: Path, site_dir: Path | None, listing: bool, number: int | None) -> int:
    """Put the release before this one back, at once and whole.

    The release that is out now is kept in its turn, so a second rollback undoes the first.
    """
    config = settings_of(settings)
    target = site_dir or config.site_dir
    check_target(target, config.docs_dir, config.own_paths)
    with open_workshop(config, target) as workshop:
        releases = kept(workshop)
        if not releases:
            raise NoRelease(target)
        now = last_release(config, target)
        if listing:
            click.echo(f"now  {_described(target, now)}")
            for release in releases:
                what = _described(release.folder / SITE, release_in(release.folder))
                click.echo(f"{release.number:>3}  {what}")
            return Exit.CLEAN
        chosen = _chosen(releases, number)
        if found := _protected(config, chosen, target):
            show(found)
            click.echo(f"Release {chosen.number} stays where it is; the site is untouched.", err=True)
            return Exit.FINDINGS
        then = release_in(chosen.folder)
        put_back(workshop, chosen)
        if then:
            keep_release(config, target, then)
        if replaced := kept(workshop)[:1]:
            note_release(replaced[0].folder, now)
    click.echo(f"{shown(target)} is release {chosen.number} again: {_described(target, then)}")
    click.echo("to undo this: kbtool rollback")
    return Exit.CLEAN


def _protected(config: Config, chosen: Kept, target: Path) -> list[Finding]:
    """What of a release is protected today; or what is wrong with articles, so that nobody can tell."""
    content = pipeline.read(config)
    wrong = [finding for finding in content.findings if finding.severity == "error"]
    if wrong:
        return wrong
    day = this_day(None)
    gate = open_gate(config, content, day)
    look_at_tree(gate, chosen.folder / SITE)
    return [*_withdrawn(content, chosen, day), *leaks(gate, target)]


def _withdrawn(content: Content, chosen: Kept, day: date) -> list[Finding]:
    """Articles that the release had for everybody and that are there, but not for everybody, today."""
    then = release_in(chosen.folder)
    public = then.live.get("public", frozenset()) if then else frozenset()
    return [
        Finding(
            RULE,
            "error",
            article.where,
            f"release {chosen.number} shows this to everybody, and it is not public any more",
            "go back further (kbtool rollback --list), or mend the articles and build",
        )
        for article in content.library.articles
        if name_of(article) in public and not (article.audience == "public" and article.is_live(day))
    ]


def _chosen(releases: list[Kept], number: int | None) -> Kept:
    """The release of that number, the newest if none is given."""
    found = next((release for release in releases if number in (None, release.number)), None)
    if found is None:
        numbers = ", ".join(str(release.number) for release in releases)
        raise UsageError(f"there is no release {number}", f"there are {numbers}: kbtool rollback --list")
    return found


def _described(site: Path, release: Release | None) -> str:
    """When it was made, and how much was in it."""
    made = f"{datetime.fromtimestamp(site.stat().st_mtime).astimezone():%Y-%m-%d %H:%M}"
    if release is None:
        return f"made {made}"
    number = len(release.live.get("public", ()))
    return f"made {made}, {number} public article{'' if number == 1 else 's'}"
