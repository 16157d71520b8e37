# ruff: noqa: INP001
"""Writes the generated tables of the documents anew: `python docs/generate.py`.

A table stands between `<!-- generated: NAME -->` and `<!-- end: NAME -->`. It comes from the
declarations in the code: settings, front matter, sections and the command line.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, is_dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REGION = re.compile(
    r"(?P<start><!-- generated: (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end: (?P=name) -->)", re.DOTALL
)
LONGEST_CELL = 100  # characters; a longer list of words stands below its table


def main() -> None:
    """Rewrite every region of every document that is not up to date, and say which."""
    for path in documents():
        text = path.read_text(encoding="utf-8")
        written = regenerated(text)
        if written != text:
            path.write_text(written, encoding="utf-8")
            click.echo(path.relative_to(ROOT))


def documents() -> list[Path]:
    """All documents below `docs/`."""
    return sorted(DOCS.rglob("*.md"))


def regenerated(text: str) -> str:
    """The text with every generated region as the code says it now."""
    known = tables()
    return REGION.sub(lambda region: region["start"] + known[region["name"]]() + region["end"], text)


def settings_table() -> str:
    """The settings of kbtool itself, by dotted key."""
    from kbtool.config import Settings

    return _table("Setting", _declared(Settings))


def site_table() -> str:
    """The keys of mkdocs that are declared in kbtool."""
    from kbtool.config import SiteKeys

    return _table("Key", _declared(SiteKeys))


def front_matter_table() -> str:
    """The keys of the front matter."""
    from kbtool.content.metadata import Metadata

    return _table("Key", _declared(Metadata))


def sections_table() -> str:
    """What `sections.yml` can say of a section."""
    from kbtool.content.sections import SectionKeys

    return _table("Key", _declared(SectionKeys))


def _declared(cls: type, prefix: str = "") -> Iterator[tuple[str, Field[Any]]]:
    """Dotted key and declaration; a record inside is replaced by its own keys."""
    from kbtool.typed import keys_of

    for name, field in keys_of(cls).items():
        if is_dataclass(field.default):
            yield from _declared(type(field.default), f"{prefix}{name}.")
        else:
            yield prefix + name, field


def _table(heading: str, rows: Iterator[tuple[str, Field[Any]]]) -> str:
    lines = [f"| {heading} | Value | Default | Meaning |", "|---|---|---|---|"]
    long: dict[str, list[str]] = {}
    for name, field in rows:
        kind = field.metadata["kind"].name
        if len(kind) > LONGEST_CELL:
            long.setdefault(kind, []).append(f"`{name}`")
            kind = "a word of the list below"
        lines.append(f"| `{name}` | {kind} | {_default(field)} | {field.metadata['doc']} |")
    lines += [f"\n{', '.join(names)}: {kind}." for kind, names in long.items()]
    return "\n".join(lines) + "\n"


def _default(field: Field[Any]) -> str:
    if field.metadata["default_doc"]:
        return f"`{field.metadata['default_doc']}`"
    if field.default is MISSING or field.default in ("", (), None):
        return ""
    return f"`{field.default}`"


def verbs() -> Mapping[str, click.Context]:
    """Every verb of the command line: the context that its command runs in."""
    from kbtool.cli import VERBS, group

    parent = click.Context(group, info_name="kbtool", **group.context_settings)
    commands = {name: import_module(f"kbtool.cli.{name}").command for name in VERBS}
    return {name: click.Context(commands[name], parent, name) for name in VERBS}


def options(context: click.Context) -> Iterator[click.Option]:
    """The options of a verb, `--help` left out."""
    for option in context.command.get_params(context):
        if isinstance(option, click.Option) and "--help" not in option.opts:
            yield option


def _verb(context: click.Context) -> str:
    """The reference of one verb: what it does, how it is called, its options."""
    about = inspect.cleandoc(context.command.help or "")
    usage = context.command.get_usage(context).removeprefix("Usage: ")
    lines = [about, "", "```text", usage, "```", ""]
    lines += ["| Option | Meaning | Environment |", "|---|---|---|"]
    for option in options(context):
        written, meaning = option.get_help_record(context) or ("", "")
        variable = f"{context.auto_envvar_prefix}_{option.name}".upper()
        cells = [f"`{written}`", " ".join(meaning.split()), f"`{variable}`"]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def tables() -> Mapping[str, Callable[[], str]]:
    """Every generated region by its name."""
    return {
        "settings": settings_table,
        "site": site_table,
        "front-matter": front_matter_table,
        "sections": sections_table,
        **{f"verb-{name}": partial(_verb, context) for name, context in verbs().items()},
    }


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
