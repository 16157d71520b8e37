"""`kbtool init`: a help center to start from, and the files that let CI publish it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import metadata
from pathlib import Path

import click

from kbtool.cli.common import this_day, today_option
from kbtool.errors import Exit, UsageError
from kbtool.resources import package_dir

RENAMED = {"gitignore": ".gitignore"}
CI_FILES = {"github": ".github/workflows/help-center.yml", "gitlab": ".gitlab-ci.yml"}
UNKNOWN_ORIGIN = "kbtool @ git+https://git.example.com/your-team/kbtool@COMMIT"


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="The name of the help center; the folder's name if not given.")
@click.option(
    "--ci",
    type=click.Choice([*CI_FILES, "both", "none"]),
    default="both",
    show_default=True,
    help="Whose CI files to write.",
)
@click.option(
    "--install",
    metavar="REQUIREMENT",
    help="What CI gives to pip to install kbtool; if not given, where this kbtool came from.",
)
@today_option
def command(directory: Path, name: str | None, ci: str, install: str | None, today: date | None) -> int:
    """Start a new help center in DIRECTORY: settings, a few articles in English and Hindi, CI files."""
    if directory.is_dir() and any(directory.iterdir()):
        raise UsageError(f"the folder {directory} is not empty", "choose a new folder; nothing was written")
    title = (
        name or directory.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Help"
    )
    origin = install or _own_origin()
    values = {
        "{name}": title.replace('"', "'"),
        "{today}": this_day(today).isoformat(),
        "{kbtool}": _quotable(origin or UNKNOWN_ORIGIN),
    }
    written = [_write(source, directory / target, values) for source, target in _files(ci)]
    click.echo(f"{directory}: {len(written)} files. Try next:")
    click.echo(f"  cd {directory}")
    click.echo("  kbtool build")
    click.echo("  kbtool serve --open                              # a preview that follows what you write")
    click.echo('  kbtool search "refund kaise milega" --lang hi')
    if ci != "none" and not origin:
        click.echo(
            "note: set KBTOOL in the CI files: they cannot know where to install kbtool from", err=True
        )
    return Exit.CLEAN


def _files(ci: str) -> Iterator[tuple[Path, str]]:
    """What to write: the template and its path in the new folder."""
    site = package_dir("starter") / "site"
    for path in sorted(site.rglob("*")):
        if path.is_file():
            yield path, path.relative_to(site).with_name(RENAMED.get(path.name, path.name)).as_posix()
    for forge, target in CI_FILES.items():
        if ci in (forge, "both"):
            yield package_dir("starter") / "ci" / f"{forge}.yml", target


def _write(source: Path, target: Path, values: Mapping[str, str]) -> Path:
    text = source.read_text(encoding="utf-8")
    for mark, value in values.items():
        text = text.replace(mark, value)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def _quotable(requirement: str) -> str:
    """A requirement that can stand between double quotes in YAML."""
    if '"' in requirement or "\\" in requirement or not requirement.isprintable():
        raise UsageError(
            f"--install cannot hold {requirement!r}", "leave out quotes, backslashes and line breaks"
        )
    return requirement


def _own_origin() -> str:
    """The git address and commit that pip installed this kbtool from, as a requirement; '' for other ways."""
    try:
        written = metadata.distribution("kbtool").read_text("direct_url.json") or "{}"
    except metadata.PackageNotFoundError:
        return ""
    origin = json.loads(written)
    commit = origin.get("vcs_info", {}).get("commit_id", "")
    return f"kbtool @ git+{origin['url']}@{commit}" if commit else ""
