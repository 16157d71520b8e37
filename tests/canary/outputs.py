"""What a build gives to the public, and what was found in it."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.canary.scan import Scanner
from tests.canary.table import SLOTS, Surface, Word, by_name
from tests.conftest import Kb, Ran

SECONDS = re.compile(r"\d+\.\d s")


@dataclass(frozen=True)
class Leak:
    """A word that the public can read, and where."""

    way: str
    case: str
    slot: str
    form: str
    file: str
    build: str

    def __str__(self) -> str:
        return f"{self.way} × {self.slot} ({self.case}): {self.file} [{self.form}], {self.build}"


@dataclass
class Report:
    """What a run of the table found: leaks, and what else was not as it must be."""

    leaks: list[Leak] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    scanned: int = 0
    builds: int = 0

    @property
    def red(self) -> list[str]:
        """Everything that is wrong, in words."""
        return [*self.wrong, *dict.fromkeys(map(str, self.leaks))]


def public_files(kb: Kb) -> dict[str, bytes]:
    """Every file that holds what the public may see: the site, the texts, facts and indexes made of it.

    Texts and facts of releases that are not out are private, as those releases are themselves.
    """
    site = {f"site/{path}": data for path, data in kb.tree("site").items()}
    manifests = [json.loads(data) for path, data in site.items() if path.endswith("/manifest.json")]
    now = {f"{one['locale']}-{one[key]}.json" for one in manifests for key in ("texts", "facts")}
    private = {
        f".kbtool/{path}": data
        for path, data in kb.tree(".kbtool").items()
        if {"public", "public-facts"} & set(path.split("/"))
        and ("texts" not in path.split("/") or path.split("/")[-1] in now)
    }
    return {**site, **private, **whoosh(kb)}


def whoosh(kb: Kb) -> dict[str, bytes]:
    """The words and stored fields of the public Whoosh indexes, as texts."""
    from kbtool.search.engine import open_sealed
    from kbtool.search.seal import secret

    found = {}
    for path in (kb.root / ".kbtool").rglob("public/*.index"):
        with contextlib.closing(open_sealed(path, secret())) as opened, opened.reader() as reader:
            words = [term.decode() for _, term in reader.all_terms()]
            stored = [str(value) for fields in reader.all_stored_fields() for value in fields.values()]
        name = path.relative_to(kb.root).as_posix()
        found[f"{name}/search/words.txt"] = "\n".join([*words, *stored]).encode()
    return found


def surface(path: str) -> Surface:
    """What kind of thing the public reads a file as."""
    if path.startswith(".kbtool"):
        return "facts" if "-facts/" in path else "texts"
    if "/search/" in path:
        return "index"
    return "page" if path.endswith((".html", ".xml")) else "file"


def unseen(scanner: Scanner, files: Mapping[str, bytes], words: Mapping[str, Word]) -> list[str]:
    """Words of public articles that are not found where their slot is published, or found where not."""
    origins = by_name(words)
    seen: dict[str, set[str]] = {name: set() for name in origins}
    for path, data in files.items():
        for name, form in scanner.scan(path, data).items():
            if name in seen:
                seen[name].add("path" if form.startswith("path") else surface(path))
        for name in scanner.scan(path, b""):
            if name in seen:
                seen[name].add("path")
    published = {slot.name: set(slot.published) for slot in SLOTS}
    wrong = []
    for name, origin in origins.items():
        expected, found = published[origin.slot] - exceptions(name, origin), seen[name]
        if expected - found or (found and not expected):
            wrong.append(
                f"{origin.case.key} × {origin.slot} ({name}): found in {found}, published in {expected}"
            )
    return wrong


def exceptions(name: str, origin: Word) -> set[Surface]:
    """Where a word does not stand although its slot is published there."""
    found: set[Surface] = set()
    if not name.isascii():
        found.add("path")  # the names of files are in Latin letters
    if origin.slot == "section" and origin.case.name == "inside":
        found.add("index")  # a hit names the section that the article lies in, not those above
    if origin.slot == "tag" and "index" in origin.case.name:
        found.add("page")  # the page of a section shows no tags
    return found


def told(ran: Ran) -> Iterator[str]:
    """The lines that a build says, without its time."""
    for line in (ran.out + ran.err).split("\n"):
        yield SECONDS.sub("N s", line)
