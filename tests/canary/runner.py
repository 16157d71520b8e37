"""Puts the table through few builds, and looks at all that the public gets: files, names, times, log."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pytest

from kbtool.cli import run
from tests.canary.fixtures import SETTINGS, TODAY, URL, Folder, folder_of
from tests.canary.offences import OFFENCES, Offence
from tests.canary.outputs import Leak, Report, public_files, told, unseen, whoosh
from tests.canary.scan import Scanner
from tests.canary.table import CASES, CONTROL, Case, Text, by_name, words_of
from tests.canary.tokens import name_of
from tests.conftest import Kb, Ran

GATE = "protected-text"
KNOWN = ("articles", "site", ".kbtool", "mkdocs.yml", "outside")  # all that may lie beside the site
NEWS = re.compile(r"since \d{4}-\d\d-\d\d: ")
FINDING = re.compile(r"^(?P<path>[^\s:]+):[\d:]*\s*error\[(?P<rule>[\w-]+)\]", re.MULTILINE)
SCANNER = Scanner(frozenset(words_of((*CASES, *CONTROL))))

Build = Callable[..., Ran]


@dataclass
class Canary:
    """A help center that the cases are put into, build after build."""

    kb: Kb
    build: Build
    report: Report = field(default_factory=Report)
    scanner: Scanner = field(default_factory=lambda: SCANNER)
    extensions: str = ""

    def __post_init__(self) -> None:
        top = f"site_url: {URL}\ntheme: {{name: material}}\n{self.extensions}"
        self.kb.settings(SETTINGS, top=top)

    def built(self, label: str, *arguments: str) -> Ran:
        """Build, and hold that it went well; the gate has nothing to do when all else holds."""
        ran = self.build("build", "--today", TODAY, *arguments)
        self.report.builds += 1
        if ran.exit not in (0, 1):
            raise RuntimeError(f"{label}: {ran.err}")  # nothing that follows would say anything
        if ran.exit != 0:
            self.report.wrong.append(f"{label}: the build ended with {ran.exit}:\n{ran.err[-1500:]}")
        if GATE in ran.out + ran.err:
            self.report.wrong.append(f"{label}: the gate stopped what should never have reached it")
        return ran

    def both_builds(self) -> None:
        """The articles as they are before, then after; the public sees no hidden word in either."""
        for number, label in enumerate(("before", "after")):
            cases = (*CASES, *CONTROL)
            folder_of((case, versions(case)[number]) for case in cases).write(self.kb)
            hidden = [case for case in CASES if case.hidden[number]]
            shown = [case for case in cases if not case.hidden[number] and versions(case)[number]]
            if self.public_build(label, hidden, verbose=bool(number)):
                self.expect_found(label, shown)

    def public_build(self, label: str, hidden: Iterable[Case], *, verbose: bool = False) -> bool:
        """A build for the public alone; what it says is public as well. Whether it went well."""
        site, started = times(self.kb), time.time()
        ran = self.built(label, "--audience", "public", *(["-v"] if verbose else []))
        if (now := times(self.kb)) != site and not all(
            started - 1 <= at <= time.time() + 1 for at in now.values()
        ):
            self.report.wrong.append(f"{label}: files of the site are older or newer than its build")
        log = {"log: stdout": without_news(ran.out).encode(), "log: stderr": ran.err.encode()}
        self.look(label, hidden, {**public_files(self.kb), **log})
        self.places(label)
        return ran.exit == 0

    def look(self, label: str, hidden: Iterable[Case], files: Mapping[str, bytes]) -> None:
        """Note every hidden word in these files."""
        looked_for = by_name(words_of(hidden))
        for path, data in files.items():
            self.report.scanned += 1
            for name, form in self.scanner.scan(path, data).items():
                if word := looked_for.get(name):
                    self.report.leaks.append(
                        Leak(word.case.way, word.case.name, word.slot, form, path, label)
                    )

    def expect_found(self, label: str, shown: Iterable[Case]) -> None:
        """The other way round: words of articles that are out are found wherever their slot is published."""
        missing = unseen(self.scanner, public_files(self.kb), words_of(shown))
        self.report.wrong += [f"{label}: the scanner is blind: {what}" for what in missing]

    def places(self, label: str) -> None:
        """What is not the public site lies in a folder of its owner alone, old releases included."""
        beside = [path.name for path in self.kb.root.iterdir() if path.name not in KNOWN]
        if beside:
            self.report.wrong.append(f"{label}: left beside the site: {beside}")
        for folder in (self.kb.root / ".kbtool").glob("*"):
            if folder.is_dir() and folder.stat().st_mode & 0o077:
                self.report.wrong.append(f"{label}: others may look into .kbtool/{folder.name}")
        if any(".kbtool" in path or "release" in path for path in self.kb.tree("site")):
            self.report.wrong.append(f"{label}: private folders below the site")

    def agents_see(self) -> None:
        """A build of both trees: agents find what is theirs, so that the cases are no dead letters."""
        self.built("both trees")
        self.look("both trees", CASES, public_files(self.kb))
        tree = {f"site/{path}": data for path, data in self.kb.tree(".kbtool/mkdocs/agents").items()}
        texts = {
            f".kbtool/{folder}/{path}": data
            for folder in ("texts/agents", "texts/agents-facts")
            for path, data in self.kb.tree(f".kbtool/mkdocs/{folder}").items()
        }
        seen = words_of(case for case in (*CASES, *CONTROL) if case.agents and case.after)
        missing = unseen(self.scanner, tree | texts, seen)
        self.report.wrong += [f"the agents' tree lacks a word: {what}" for what in missing]

    def searched(self) -> None:
        """A query that makes the public Whoosh indexes, and what stands in them."""
        for locale, word in (("en", "help"), ("hi", "लेख")):
            self.build("search", f'"{word} x"', "--lang", locale)
        found = whoosh(self.kb)
        self.look("search", CASES, found)
        seen = {name for path, data in found.items() for name in self.scanner.scan(path, data)}
        bodies = (
            word for word, origin in words_of(CONTROL).items() if origin.slot in ("body", "title", "id")
        )
        if not {name_of(word) for word in bodies} <= seen:
            self.report.wrong.append("search: the words of the public are not in the Whoosh indexes")

    def refused(self, offence: Offence) -> None:
        """A build that would publish is refused; each offending file is named with its rule.

        The site stays as it was, byte for byte. After the writer's mend it is built, and nothing is in it.
        """
        before, label = self.kb.tree("site"), offence.name
        offence.write(self.kb)
        ran = self.build("build", "--today", TODAY, "--audience", "public")
        self.report.builds += 1
        said = {(match["path"], match["rule"]) for match in FINDING.finditer(ran.err)}
        if ran.exit != 1:
            self.report.wrong.append(f"{label}: exit {ran.exit} for what must be refused: {ran.err[-600:]}")
        for path, expected in offence.rules.items():
            rules = sorted(rule for named, rule in said if named == path)
            if expected not in rules:
                self.report.wrong.append(f"{label}: {path}: expected {expected}, found {rules or 'nothing'}")
        others = [case for case in CASES if case.key not in offence.about]
        self.look(label, others, {"log: stderr": ran.err.encode(), "log: stdout": ran.out.encode()})
        if GATE in ran.err:
            self.report.wrong.append(f"{label}: the gate fired")
        if self.kb.tree("site") != before:
            self.report.wrong.append(f"{label}: the site was changed")
        self.look(label, CASES, public_files(self.kb))
        self.folder().write(self.kb)

    def stopped(self, offence: Offence, protected: str) -> None:
        """What no guard can know of is stopped by the gate, which names both places."""
        before = self.kb.tree("site")
        offence.write(self.kb)
        ran = self.build("build", "--today", TODAY, "--audience", "public")
        self.report.builds += 1
        pages = [path.removeprefix("articles/").removesuffix(".md") for path in offence.files]
        places = [protected, *pages]
        unnamed = [place for place in places if place not in ran.err]
        if ran.exit != 1 or GATE not in ran.err or unnamed:
            message = f"exit {ran.exit}, does not name {unnamed}: {ran.err[-600:]}"
            self.report.wrong.append(f"{offence.name}: the gate did not stop it: {message}")
        if self.kb.tree("site") != before:
            self.report.wrong.append(f"{offence.name}: the site was changed")
        self.look(offence.name, CASES, public_files(self.kb))
        self.folder().write(self.kb)

    def mended(self) -> None:
        """The mend of all offences is to take them out: then the build passes."""
        self.folder().write(self.kb)
        self.public_build("mended", CASES)

    def untouched_by_secrets(self) -> None:
        """The site is the same, byte for byte, as one made of a folder that never held a secret.

        So are the words of the build: no count, no order, no date tells that there is more.
        """
        self.folder().write(self.kb)
        with_secrets = self.built("with secrets", "--audience", "public", "-v")
        site = self.kb.tree("site")
        folder_of(self.second(), secrets=False).write(self.kb)
        without = self.built("without secrets", "--audience", "public", "-v")
        bare = self.kb.tree("site")
        differing = sorted(path for path in {*site, *bare} if site.get(path) != bare.get(path))
        if differing:
            self.report.wrong.append(f"secrets change the public site: {differing[:5]}")
        more = [line for line in told(with_secrets) if line not in set(told(without))]
        if more:
            self.report.wrong.append(f"secrets change what the build says: {more[:5]}")

    def second(self) -> list[tuple[Case, Text | None]]:
        """The cases as they are in the second build."""
        return [(case, case.after) for case in (*CASES, *CONTROL)]

    def folder(self) -> Folder:
        """The articles as they are in the second build."""
        return folder_of(self.second())


def versions(case: Case) -> tuple[Text | None, Text | None]:
    """The text of a case before and after."""
    return case.before, case.after


def without_news(text: str) -> str:
    """What a build says, without the names of articles that the public had until now and that are gone.

    The line that names them is for writers who schedule; nobody learns from it what they could not read.
    """
    known = [case.latin("id") for case in CASES if not case.hidden[0] or case.name == "expired"]
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if NEWS.match(line):
            lines[number] = functools.reduce(lambda rest, name: rest.replace(name, ""), known, line)
    return "\n".join(lines)


def times(kb: Kb) -> dict[str, float]:
    """When each file of the site was last changed; the same site is left where it is."""
    site = kb.root / "site"
    return {path.relative_to(site).as_posix(): path.stat().st_mtime for path in sorted(site.rglob("*"))}


def run_table(canary: Canary) -> Report:
    """Everything, in one order: each step works on what the one before left."""
    canary.both_builds()
    canary.searched()
    canary.agents_see()
    for offence in OFFENCES:
        canary.refused(offence)
    canary.mended()
    canary.untouched_by_secrets()
    canary.mended()
    return canary.report


def in_process(kb: Kb) -> Build:
    """Builds in this process, so that a test can take away a guard."""

    def build(*arguments: str) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            patch.chdir(kb.root)
            patch.syspath_prepend(kb.root / "outside")
            patch.setitem(os.environ, "PYTHONPATH", str(kb.root / "outside"))
            patch.setitem(os.environ, "SOURCE_DATE_EPOCH", "1795305600")
            code = run(list(arguments))
        return Ran(code, out.getvalue(), err.getvalue())

    return build
