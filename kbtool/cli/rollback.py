"""`kbtool rollback`: the release before the one that is out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kbtool.cli.common import config_file, settings_of
from kbtool.content.files import shown
from kbtool.errors import Exit, KbError, UsageError
from kbtool.report.changes import Release
from kbtool.targets.directory import check_target
from kbtool.targets.records import keep_release, last_release, note_release, release_in
from kbtool.targets.releases import AGENTS, SITE, Kept, kept, put_back
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
    check_target(target, config.docs_dir)
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
        then = release_in(chosen.folder)
        put_back(workshop, chosen, {AGENTS: config.private_dir / AGENTS, SITE: target})
        if then:
            keep_release(config, target, then)
        note_release(kept(workshop)[0].folder, now)
    click.echo(f"{shown(target)} is release {chosen.number} again: {_described(target, then)}")
    click.echo("to undo this: kbtool rollback")
    return Exit.CLEAN


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
