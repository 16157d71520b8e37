"""The one table: where a word can stand in an article (slots), and why nobody may see it (ways).

Every pair of them has words of its own. A way has several cases where it can be written in several ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tests.canary.tokens import hindi, latin, name_of

Surface = Literal["page", "path", "index", "file", "texts", "facts"]


@dataclass(frozen=True)
class Slot:
    """A place in an article. `published`: where a public article shows it; without any, `why` not."""

    name: str
    published: tuple[Surface, ...]
    why: str = ""
    script: Literal["both", "latin"] = "both"


SLOTS = (
    Slot("title", ("page", "index", "texts")),
    Slot("slug", ("path", "page", "index"), script="latin"),
    Slot("id", ("index", "texts"), script="latin"),
    Slot("tag", ("page", "index", "texts")),
    Slot("section", ("path", "page", "index")),
    Slot("description", ("page", "index", "texts")),
    Slot("body", ("page", "index", "texts")),
    Slot("heading", ("page", "index", "texts")),
    Slot("alt", ("page",)),
    Slot("code", ("page", "index", "texts")),
    Slot("comment", (), "comments of YAML and HTML are for writers: the sanitiser takes them out"),
    Slot("attachment name", ("path", "page"), script="latin"),
    Slot("attachment bytes", ("file",)),
    Slot("owner", ("facts",)),
    Slot("redirect_from", (), "it is read and checked, no page is made of it yet", script="latin"),
    Slot("alias", ("index", "texts")),
    Slot("twin", ("page", "index", "texts")),
)
BY_NAME = {slot.name: slot for slot in SLOTS}

KEY = "audience: agents"


@dataclass(frozen=True)
class Text:
    """How one version of a case stands on disk.

    `lines` go into the front matter, `section` is what `sections.yml` says of its folder's audience.
    `shape` is how the file is written. `only` is the locale that alone holds its words.
    """

    lines: tuple[str, ...] = ()
    section: str = ""
    shape: Literal["plain", "flow", "crlf", "bom", "last", "block", "nested", "index"] = "plain"
    only: Literal["", "hi"] = ""


AGENTS = Text((KEY,))
OPEN = Text()


@dataclass(frozen=True)
class Case:
    """One way of not being public, written in one manner: its text in the first build and in the second.

    `before` and `after` are None where the article does not exist then. `hidden` says in which of the two
    builds its words may not be seen; `agents`: whether agents see it in the second one.
    """

    way: str
    name: str
    before: Text | None
    after: Text | None
    hidden: tuple[bool, bool] = (True, True)
    agents: bool = True
    slots: tuple[str, ...] = tuple(slot.name for slot in SLOTS)
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its name in the table."""
        return f"{self.way}/{self.name}"

    def latin(self, slot: str) -> str:
        """Its Latin word for a slot."""
        return latin(f"{self.elsewhere.get(slot, self.key)} {slot}")

    def hindi(self, slot: str) -> str:
        """Its Devanagari word for a slot."""
        return hindi(f"{self.elsewhere.get(slot, self.key)} {slot}")

    def has(self, slot: str) -> bool:
        """Whether there is a word of some case in that slot."""
        return slot in self.slots or slot in self.elsewhere

    def words(self) -> dict[str, str]:
        """Its own words, each with its slot."""
        found = {}
        for slot in (BY_NAME[name] for name in self.slots if name not in self.elsewhere):
            found[self.latin(slot.name)] = slot.name
            if slot.script == "both":
                found[self.hindi(slot.name)] = slot.name
        return found


def same(way: str, name: str, text: Text, **more: object) -> Case:
    """A case whose text is the same in both builds."""
    return Case(way, name, text, text, **more)  # type: ignore[arg-type]


IN_TEXT = ("body", "heading", "alt", "code", "comment", "attachment name", "attachment bytes")
PLACE = ("slug", "section", "id")
WITHOUT_PLACE = tuple(name for name in BY_NAME if name not in PLACE)
IN_TWIN = tuple(name for name in BY_NAME if name not in ("section", "id"))


def yaml(name: str, *lines: str, shape: str = "plain") -> Case:
    return same("yaml", name, Text(lines, shape=shape))  # type: ignore[arg-type]


CASES = (
    same("folder", "plain", Text(section="agents")),
    same("folder", "inside", Text(section="agents", shape="nested")),
    same("key", "plain", AGENTS),
    same("key", "against the section", Text((KEY,), section="public")),
    same("key", "index of a public section", Text((KEY,), shape="index"), slots=WITHOUT_PLACE),
    same("key", "block", Text(shape="block"), slots=IN_TEXT),
    yaml("quoted", 'audience: "agents"'),
    yaml("single quotes", "audience: 'agents'"),
    yaml("comment behind", "audience: agents  # for now: public"),
    yaml("quoted key", '"audience": agents'),
    yaml("spaces", "audience :    agents   "),
    yaml("folded", "audience: >-", "  agents"),
    yaml("on its own line", "audience:", "  agents"),
    yaml("flow", "audience: agents", shape="flow"),
    yaml("carriage returns", KEY, shape="crlf"),
    yaml("byte order mark", KEY, shape="bom"),
    yaml("last key", KEY, shape="last"),
    Case("toggled", "key", OPEN, AGENTS, (False, True)),
    Case("toggled", "section", OPEN, Text(section="agents"), (False, True)),
    Case("toggled", "status", OPEN, Text(("status: draft",)), (False, True), agents=False),
    Case("incremental", "first", AGENTS, None, agents=False),
    Case(
        "incremental",
        "second",
        None,
        AGENTS,
        slots=WITHOUT_PLACE,
        elsewhere=dict.fromkeys(PLACE, "incremental/first"),
    ),
    Case("deleted", "public", OPEN, None, (False, True), agents=False),
    Case("deleted", "agents", AGENTS, None, agents=False),
    Case("renamed", "into an agents' section", OPEN, None, (False, True), agents=False),
    Case(
        "renamed",
        "from a public section",
        None,
        Text(section="agents"),
        slots=("section",),
        elsewhere={name: "renamed/into an agents' section" for name in BY_NAME if name != "section"},
    ),
    Case("renamed", "file, before", AGENTS, None, agents=False),
    Case(
        "renamed",
        "file, after",
        None,
        AGENTS,
        slots=("slug", "attachment name"),
        elsewhere={
            name: "renamed/file, before" for name in BY_NAME if name not in ("slug", "attachment name")
        },
    ),
    same("draft", "draft", Text(("status: draft",)), agents=False),
    same("draft", "index", Text(("status: draft",), shape="index"), slots=WITHOUT_PLACE, agents=False),
    same("draft", "archived", Text(("status: archived",)), agents=False),
    same("dated", "future", Text(("publish_at: 2026-11-23",)), agents=False),
    same("dated", "expired", Text(("expires_at: 2026-11-22",)), agents=False),
    same("include", "target", AGENTS),
    same("symlink", "target", Text(section="agents")),
    same("translation", "twin", Text((KEY,), only="hi"), slots=IN_TWIN),
    same("translation", "alone", Text((KEY,), only="hi"), slots=("section", "id")),
)
WAYS = tuple(dict.fromkeys(case.way for case in CASES))
PAIRS = len(SLOTS) * len(WAYS)
CONTROL = tuple(same("public", name, OPEN, hidden=(False, False)) for name in ("one", "two"))


@dataclass(frozen=True)
class Word:
    """Where a word comes from."""

    case: Case
    slot: str


def words_of(cases: Iterable[Case]) -> dict[str, Word]:
    """All words of these cases, each with its case and slot."""
    return {word: Word(case, slot) for case in cases for word, slot in case.words().items()}


def by_name(words: Mapping[str, Word]) -> dict[str, Word]:
    """The same by what the scanner calls them."""
    return {name_of(word): origin for word, origin in words.items()}
