"""`kbtool new`: an article with valid front matter, ready to be written."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath

import click

from kbtool import pipeline
from kbtool.cli.common import checked_locale, config_file, settings_of, this_day, today_option
from kbtool.config import Config
from kbtool.content.files import shown
from kbtool.content.layout import Layout
from kbtool.errors import Exit, UsageError
from kbtool.lang.locales import primary
from kbtool.lang.slugs import ascii_id, slugify
from kbtool.model import Article
from kbtool.nearest import did_you_mean
from kbtool.resources import package_dir
from kbtool.yamlfile import scalar


@click.command()
@click.argument("kind", type=click.Choice(["article", "faq", "howto"]), metavar="article|faq|howto")
@click.option("--title", required=True, help="The title, in the language of the article.")
@click.option("--lang", metavar="LOCALE", help="The locale; the source locale if not given.")
@click.option("--section", default="", help="The folder below the locale, such as `refunds`.")
@click.option("--translates", metavar="ID", help="The id of the article of which this is a translation.")
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
    translates: str | None,
    audience: str | None,
    today: date | None,
    settings: Path,
) -> int:
    """Write a new article: a file in the right folder, with valid front matter.

    It is a draft until you remove the line `status: draft`.
    """
    config = settings_of(settings)
    tag = checked_locale(config, lang)
    title = " ".join(title.split())
    name = slugify(title)
    if not name:
        raise UsageError(
            f"no file name can be made of the title '{title}'", "use letters or digits in the title"
        )
    if translates:
        source = _source(config, translates, tag)
        section = section or source.section
    path = _folder(config, tag, section) / f"{name}.md"
    if path.exists():
        raise UsageError(
            f"{shown(path)} exists already", "choose another title or section; nothing was written"
        )
    id = translates or (
        "" if name.isascii() else "/".join(map(ascii_id, [*PurePosixPath(section).parts, title]))
    )
    text = _front_matter(kind, title, id, audience, this_day(today)) + _body(kind, tag)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(shown(path))
    click.echo("It is a draft: remove the line `status: draft` when readers may see it.", err=True)
    return Exit.CLEAN


def _folder(config: Config, locale: str, section: str) -> Path:
    """The folder of the section, inside the folder of articles."""
    parts = PurePosixPath(section).parts
    if section.startswith("/") or any(part in ("..", ".") or part.startswith((".", "_")) for part in parts):
        raise UsageError(
            f"'{section}' is no section", "write a folder below the locale, such as refunds or orders/returns"
        )
    layout = Layout(config.settings.articles.layout, config.locales)
    return config.docs_dir / layout.file(locale, "/".join(parts))


def _source(config: Config, id: str, locale: str) -> Article:
    """The article to translate; an error when there is none, or when it has that translation."""
    versions = pipeline.read(config).library.by_id()
    if id not in versions:
        raise UsageError(
            f"there is no article with the id '{id}'", did_you_mean(id, versions) or "check its path"
        )
    if locale in versions[id]:
        where = versions[id][locale].where.path
        raise UsageError(f"'{id}' has a version in {locale}: {where}", "edit that file; nothing was written")
    return next(iter(versions[id].values()))


def _front_matter(kind: str, title: str, id: str, audience: str | None, day: date) -> str:
    """YAML that reads back as it was given; `id` is '' where the path serves as id."""
    lines = ["---", f"title: {scalar(title)}"]
    if id:
        lines.append(f"id: {scalar(id)}")
    if kind != "article":
        lines.append(f"type: {kind}")
    if audience:
        lines.append(f"audience: {audience}")
    return "\n".join([*lines, "status: draft", f"reviewed: {day.isoformat()}", "---", ""])


def _body(kind: str, locale: str) -> str:
    """A text to overwrite, in the language of the article where there is one."""
    folder = package_dir("starter") / "new"
    path = folder / f"{kind}.{primary(locale)}.md"
    return (path if path.is_file() else folder / f"{kind}.en.md").read_text(encoding="utf-8")
