"""`kbtool new`: an article with valid front matter, ready to be written."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath

import click

from kbtool.cli.common import checked_locale, config_file, settings_of, this_day, today_option
from kbtool.config import Config
from kbtool.content.files import shown
from kbtool.errors import Exit, UsageError
from kbtool.lang.locales import primary
from kbtool.lang.slugs import ascii_id, slugify
from kbtool.resources import package_dir
from kbtool.yamlfile import scalar


@click.command()
@click.argument("kind", type=click.Choice(["article", "faq", "howto"]), metavar="article|faq|howto")
@click.option("--title", required=True, help="The title, in the language of the article.")
@click.option("--lang", metavar="LOCALE", help="The locale; the source locale if not given.")
@click.option("--section", default="", help="The folder below the locale, such as `refunds`.")
@click.option(
    "--audience",
    type=click.Choice(["public", "agents"]),
    help="Who may read it, where the default is not right.",
)
@today_option
@config_file
def command(
    kind: str,
    title: str,
    lang: str | None,
    section: str,
    audience: str | None,
    today: date | None,
    settings: Path,
) -> int:
    """Write a new article: a file in the right folder, with valid front matter."""
    config = settings_of(settings)
    tag = checked_locale(config, lang)
    title = " ".join(title.split())
    name = slugify(title)
    if not name:
        raise UsageError(
            f"no file name can be made of the title '{title}'", "use letters or digits in the title"
        )
    path = _folder(config, tag, section) / f"{name}.md"
    if path.exists():
        raise UsageError(
            f"{shown(path)} exists already", "choose another title or section; nothing was written"
        )
    text = _front_matter(kind, title, name, section, audience, this_day(today)) + _body(kind, tag)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(shown(path))
    return Exit.CLEAN


def _folder(config: Config, locale: str, section: str) -> Path:
    """The folder of the section, inside the folder of articles."""
    parts = PurePosixPath(section).parts
    if section.startswith("/") or any(part in ("..", ".") or part.startswith((".", "_")) for part in parts):
        raise UsageError(
            f"'{section}' is no section", "write a folder below the locale, such as refunds or orders/returns"
        )
    base = (
        config.docs_dir / locale
        if config.settings.articles.layout.startswith("{locale}")
        else config.docs_dir
    )
    return base.joinpath(*parts)


def _front_matter(kind: str, title: str, name: str, section: str, audience: str | None, day: date) -> str:
    """YAML that reads back as it was given; an id where the file's name is not ASCII."""
    lines = ["---", f"title: {scalar(title)}"]
    if not name.isascii():
        lines.append(f"id: {'/'.join([*map(ascii_id, PurePosixPath(section).parts), ascii_id(title)])}")
    if kind != "article":
        lines.append(f"type: {kind}")
    if audience:
        lines.append(f"audience: {audience}")
    return "\n".join([*lines, f"reviewed: {day.isoformat()}", "---", ""])


def _body(kind: str, locale: str) -> str:
    """A text to overwrite, in the language of the article where there is one."""
    folder = package_dir("starter") / "new"
    path = folder / f"{kind}.{primary(locale)}.md"
    return (path if path.is_file() else folder / f"{kind}.en.md").read_text(encoding="utf-8")
