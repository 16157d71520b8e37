# ruff: noqa: INP001
"""Writes the generated tables of the documents anew: `python docs/generate.py`.

A table stands between `<!-- generated: NAME -->` and `<!-- end: NAME -->`. It comes from the
declarations in the code: settings, front matter, sections, rules and the command line.
"""

from __future__ import annotations

import inspect
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from dataclasses import MISSING, Field, is_dataclass
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kbtool.config import Config
    from kbtool.model import Finding
    from kbtool.pipeline import Content

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REGION = re.compile(
    r"(?P<start><!-- generated: (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end: (?P=name) -->)", re.DOTALL
)
EXAMPLE_SETTINGS = """\
site_name: Help
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
"""
DAY = date(2026, 11, 22)
RECURSION = re.compile(r"(RecursionError: maximum recursion depth exceeded).*")  # the rest differs by Python
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


def findings_page() -> str:
    """Every rule: what it finds, why that matters, what kbtool says to its wrong example, the mend."""
    from kbtool.checks.registry import rules
    from kbtool.report.text import finding_text

    parts = []
    for rule in rules().values():
        first = next(finding for finding in found_in(rule.bad) if finding.rule == rule.id)
        said = RECURSION.sub(r"\1", finding_text(first))
        parts.append(
            f"## `{rule.id}`\n\n{rule.severity.capitalize()}. {rule.summary}\n\n{rule.why}\n\n"
            f"```text\n{said}\n```\n\nMend: {rule.mend[0].lower()}{rule.mend[1:]}\n"
        )
    return "\n" + "\n".join(parts) + "\n"


def found_in(files: Mapping[str, str | bytes | PurePosixPath]) -> list[Finding]:
    """What `kbtool check` finds in a help center of these files, in a folder of its own."""
    from kbtool import pipeline
    from kbtool.config import load
    from kbtool.tickets.read import read_counts

    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name, content in {"mkdocs.yml": EXAMPLE_SETTINGS, **files}.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, PurePosixPath):
                path.symlink_to(content)
            else:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        config, problems = load(Path("mkdocs.yml"), {})
        if config is None:
            return problems
        content = pipeline.read(config)
        found = pipeline.check(config, content, today=DAY)
        counts = Path("counts.csv")
        found += read_counts(counts)[1] if counts.is_file() else []
        return [*found, *(_held_back(config, content) if config.custom_dir else [])]


def _held_back(config: Config, content: Content) -> list[Finding]:
    """What the gate would keep from the public."""
    from kbtool import pipeline
    from kbtool.targets.gatekeeper import leaks, open_gate
    from kbtool.targets.tree import tree_files

    gate = open_gate(config, content, DAY)
    tree = pipeline.compile(config, content, "public", today=DAY)
    for path, data in tree_files(config, tree):
        gate.look(path, data)
    return leaks(gate, config.site_dir)


def verbs() -> Mapping[str, click.Context]:
    """Every verb of the command line, also those below a verb: the context that its command runs in."""
    from kbtool.cli import VERBS, group

    parent = click.Context(group, info_name="kbtool", **group.context_settings)
    commands = {name: import_module(f"kbtool.cli.{name}").command for name in VERBS}
    found = {}
    for name in VERBS:
        found[name] = own = click.Context(commands[name], parent, name)
        for inner, command in getattr(commands[name], "commands", {}).items():
            found[f"{name} {inner}"] = click.Context(command, own, inner)
    return found


def options(context: click.Context) -> Iterator[click.Option]:
    """The options of a verb, `--help` left out."""
    for option in context.command.get_params(context):
        if isinstance(option, click.Option) and "--help" not in option.opts:
            yield option


def _verb(context: click.Context) -> str:
    """The reference of one verb: what it does, how it is called, its options."""
    about = inspect.cleandoc(context.command.help or "")
    usage = context.command.get_usage(context).removeprefix("Usage: ")
    lines = [about, "", "```text", usage, "```"]
    if not list(options(context)):
        return "\n".join(lines) + "\n"
    lines += ["", "| Option | Meaning | Environment |", "|---|---|---|"]
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
        "findings": findings_page,
        **{f"verb-{name.replace(' ', '-')}": partial(_verb, context) for name, context in verbs().items()},
    }


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
