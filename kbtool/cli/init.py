"""`kbtool init`: a help center to start from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kbtool.cli.common import this_day, today_option
from kbtool.errors import Exit, UsageError
from kbtool.resources import package_dir

RENAMED = {"gitignore": ".gitignore"}


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="The name of the help center; the folder's name if not given.")
@today_option
def command(directory: Path, name: str | None, today: date | None) -> int:
    """Start a new help center in DIRECTORY: settings, and a few articles in English and Hindi."""
    if directory.is_dir() and any(directory.iterdir()):
        raise UsageError(f"the folder {directory} is not empty", "choose a new folder; nothing was written")
    title = (
        name or directory.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Help"
    )
    values = {"{name}": title.replace('"', "'"), "{today}": this_day(today).isoformat()}
    source = package_dir("starter") / "site"
    files = [path for path in sorted(source.rglob("*")) if path.is_file()]
    for path in files:
        text = path.read_text(encoding="utf-8")
        for mark, value in values.items():
            text = text.replace(mark, value)
        target = directory / path.relative_to(source).with_name(RENAMED.get(path.name, path.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    click.echo(f"{directory}: {len(files)} files. Try next:")
    click.echo(f"  cd {directory}")
    click.echo("  kbtool build")
    click.echo("  python3 -m http.server --directory site 8000     # then open http://localhost:8000/")
    click.echo('  kbtool search "refund kaise milega" --lang hi')
    return Exit.CLEAN
