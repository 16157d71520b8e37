"""`kbtool explain`: what a rule means, why it exists, and how to mend what it finds."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import PurePosixPath

import click

from kbtool.checks.base import Files, Rule
from kbtool.checks.registry import rules
from kbtool.errors import Exit, UsageError
from kbtool.nearest import did_you_mean

WIDTH = 88
LONGEST_LINE = 100


@click.command()
@click.argument("rule", required=False)
def command(rule: str | None) -> int:
    """Explain RULE: what it finds, why that matters, a wrong and a right example, the mend.

    Without RULE, list all rules.
    """
    known = rules()
    if rule is None:
        width = max(map(len, known))
        for one in known.values():
            click.echo(f"{one.id:{width}}  {one.severity:7}  {one.summary}")
        return Exit.CLEAN
    if rule not in known:
        hint = did_you_mean(rule, known) or "kbtool explain lists them all"
        raise UsageError(f"there is no rule '{rule}'", hint)
    click.echo("\n".join(_lines(known[rule])))
    return Exit.CLEAN


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.id} ({rule.severity})"
    for text in (rule.summary, rule.why, f"Mend: {rule.mend}"):
        yield from ("", textwrap.fill(text, WIDTH, break_on_hyphens=False))
    for title, files in (("Wrong", rule.bad), ("Right", rule.good)):
        yield from ("", f"{title}:")
        yield from _example(files)


def _example(files: Files) -> Iterator[str]:
    """The files of an example, each line behind a bar."""
    for path, content in files.items():
        yield f"  {path}"
        if isinstance(content, PurePosixPath):
            yield f"    | (a symbolic link to {content})"
        elif isinstance(content, bytes):
            yield f"    | ({len(content)} bytes that are not UTF-8)"
        else:
            yield from (f"    | {_cut(line)}".rstrip() for line in content.splitlines())


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + " …"
