"""Guards taken away, one at a time: whatever is left must not hide it from the canary."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from kbtool import pipeline
from kbtool.content import articles, audience, files, metadata
from kbtool.content.protected import Hidden
from kbtool.gate.scan import Gate
from kbtool.model import Article, Audience, Finding, Library
from kbtool.site.urls import file_url
from kbtool.targets import workshop
from kbtool.typed import Kind, attempt
from kbtool.yamlfile import Node, YamlReader
from tests.canary.offences import READER, includes, protected, reader, slips, symlinks
from tests.canary.runner import Canary, in_process
from tests.canary.table import CASES
from tests.conftest import Kb

Patch = pytest.MonkeyPatch
Step = Callable[[Canary], None]


@dataclass(frozen=True)
class Mutant:
    """A guard by its name, how it is taken away, and which step must see it.

    `leaks`: whether words come out when nothing behind it holds them back.
    """

    name: str
    remove: Callable[[Patch, Path], None]
    step: str
    leaks: bool = False


def after(canary: Canary) -> None:
    """The articles as they are in the second build."""
    canary.folder().write(canary.kb)
    canary.public_build("after", CASES)


STEPS: Mapping[str, Step] = {
    "after": after,
    "include": lambda canary: canary.refused(includes()),
    "symlink": lambda canary: canary.refused(symlinks()),
    "slip": lambda canary: canary.refused(slips()),
    "reader": lambda canary: canary.stopped(reader(), protected()),
}


def prepared(root: Path, model: Path | None = None) -> Canary:
    """A help center with a good site, and an extension that no article uses yet; or a copy of one."""
    if model:
        shutil.copytree(model, root, dirs_exist_ok=True)
    kb = Kb(root)
    kb.write("outside/canary_reader.py", READER)
    canary = Canary(kb, in_process(kb), extensions="markdown_extensions: [canary_reader]")
    if not model:
        after(canary)
        canary.report.leaks.clear()
        canary.report.wrong.clear()
    return canary


def audience_filter(patch: Patch, _: Path) -> None:
    """Everybody gets what agents get."""

    def for_all(library: Library, _: Audience, today: date) -> Library:
        return audience.for_audience(library, "agents", today)

    patch.setattr(pipeline, "for_audience", for_all)


def status_and_dates(patch: Patch, _: Path) -> None:
    """Drafts, archived and undue articles are live."""
    patch.setattr(Article, "is_live", lambda *_: True)


def agents_blocks(patch: Patch, _: Path) -> None:
    """Blocks for agents stay in public articles."""
    patch.setattr(audience, "without_agents_blocks", lambda text: text)


def section_audience(patch: Patch, _: Path) -> None:
    """What `sections.yml` says of an audience does not count."""
    inherited = articles._inherited
    patch.setattr(articles, "_inherited", lambda *given: replace(inherited(*given), audience=None))


def closed_metadata(patch: Patch, _: Path) -> None:
    """A value that cannot be read, or a key that is nearly one of ours, is passed over."""

    def lenient(kind: Kind, node: Node, reader: YamlReader) -> object:
        known = len(reader.findings)
        value = attempt(kind, node, reader)
        del reader.findings[known:]
        return value

    patch.setattr(metadata, "attempt", lenient)
    patch.setattr(metadata, "_unknown_key", lambda *_: None)


def used_attachments(patch: Patch, root: Path) -> None:
    """Every file beside the articles is published, whether or not a public article needs it."""

    def all_files(_: Iterable[object]) -> dict[str, Path]:
        found = (path for path in (root / "articles/en").rglob("*") if path.suffix in (".png", ".csv"))
        return {file_url(path, path.read_bytes()): path for path in found}

    patch.setattr(pipeline, "used_files", all_files)


def symlink_refusal(patch: Patch, _: Path) -> None:
    """Symbolic links are followed."""

    def walk(directory: Path, _: list[Finding]) -> Iterator[Path]:
        for path in sorted(directory.iterdir()):
            if path.is_dir():
                yield from walk(path, [])
            elif path.name != "sections.yml":
                yield path

    patch.setattr(files, "walk", walk)


def protected_targets(patch: Patch, _: Path) -> None:
    """Nobody knows any more what a public article must not lead to."""
    patch.setattr(pipeline, "_hidden", lambda *_: Hidden())


def beside_the_links(patch: Patch, _: Path) -> None:
    """Includes, front matter and addresses in the text are not looked at."""
    patch.setattr(pipeline, "_guarded", lambda *_: ())


def discreet_log(patch: Patch, _: Path) -> None:
    """The log of a public build tells what is wrong with protected articles."""
    patch.setattr(import_module("kbtool.cli.building"), "discreet", lambda findings, *_: list(findings))


def private_rights(patch: Patch, _: Path) -> None:
    """Everybody may look into the private folder."""

    def for_all(folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)

    patch.setattr(workshop, "make_private", for_all)


def gate(patch: Patch, _: Path | None = None) -> None:
    """Nobody looks at what goes out."""
    patch.setattr(Gate, "look", lambda *_: None)


MUTANTS = (
    Mutant("audience filter", audience_filter, "after", leaks=True),
    Mutant("status and dates", status_and_dates, "after", leaks=True),
    Mutant("agents' blocks", agents_blocks, "after", leaks=True),
    Mutant("audience of a section", section_audience, "after", leaks=True),
    Mutant("metadata fails closed", closed_metadata, "slip"),
    Mutant("used attachments only", used_attachments, "after", leaks=True),
    Mutant("symbolic links", symlink_refusal, "symlink"),
    Mutant("protected targets", protected_targets, "include"),
    Mutant("what points beside the links", beside_the_links, "include"),
    Mutant("discreet log", discreet_log, "after", leaks=True),
    Mutant("private rights", private_rights, "after"),
    Mutant("gate", gate, "reader", leaks=True),
)
