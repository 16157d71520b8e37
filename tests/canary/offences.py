"""What a writer may try that would put a protected text out: each is refused, with its rule."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.canary.fixtures import OPEN, URL, article_path, body_of, metadata, section_of, slug_of
from tests.canary.table import CASES, Case
from tests.conftest import Kb

TARGET_RULE = "protected-target"
HOME = f"articles/en/{OPEN}"


@dataclass(frozen=True)
class Offence:
    """Files and links that are added to the articles, and which rule each must meet.

    `about` are the cases whose words they hold themselves.
    """

    name: str
    files: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()

    def write(self, kb: Kb) -> None:
        """Put them among the articles."""
        for path, text in self.files.items():
            kb.write(path, text.encode())
        for path, target in self.links.items():
            (kb.root / path).parent.mkdir(parents=True, exist_ok=True)
            (kb.root / path).symlink_to(target)


def case(key: str) -> Case:
    """A case of the table by its name."""
    return next(one for one in CASES if one.key == key)


def includes() -> Offence:
    """Public articles that ask for a protected one, in each manner of asking."""
    target, path = case("include/target"), protected()
    beside, below = posixpath.relpath(path, HOME), path.removeprefix("articles/")
    bodies = {
        "snippet": f'Text.\n\n--8<-- "{below}"\n',
        "snippet-beside": f'Text.\n\n--8<-- "{beside}"\n',
        "bang": f"Text.\n\n{{!{beside}!}}\n",
        "star": f"Text.\n\n{{* {beside} *}}\n",
        "statement": f'Text.\n\n{{% include "{beside}" %}}\n',
        "quoted": f"> See [this]({beside}#a).\n",
        "html": f'See <a href="{beside}">this</a>.\n',
        "listing": "See [the sections](../../sections.yml).\n",
        "link": f"See [this]({beside}).\n",
        "reference": f"See [this][1].\n\n[1]: {beside}\n",
    }
    files = {f"{HOME}/{name}.md": f"---\ntitle: {name}\n---\n{body}" for name, body in bodies.items()}
    address = f"en/{section_of(target)}/{slug_of(target)}/"
    fronts = {
        "related": f"related: [{target.latin('id')}]",
        "source": f"source: {target.latin('id')}",
        "redirect": f"redirect_from: [/{address}]",
        "describing": f"description: See {URL}{address}",
    }
    files |= {
        f"{HOME}/{name}.md": f"---\ntitle: {name}\n{line}\n---\nText.\n" for name, line in fronts.items()
    }
    files[f"{HOME}/address.md"] = f"---\ntitle: Address\n---\nIt is at {URL}{address} for now.\n"
    other = case("key/plain")  # a public translation would make the address of the target public
    twin = f"---\ntitle: लेख\nid: {other.latin('id')}\n---\nसबके लिए।\n"
    files[f"articles/hi/{section_of(other)}/{slug_of(other)}.md"] = twin
    return Offence("include", files, rules=dict.fromkeys(files, TARGET_RULE), about=(target.key, other.key))


def symlinks() -> Offence:
    """Links from the public folder to protected files and folders, among the articles and outside."""
    target = case("symlink/target")
    path = article_path(target, target.after or target.before)  # type: ignore[arg-type]
    name = target.latin("attachment name")
    folder = posixpath.dirname(posixpath.relpath(path, HOME))
    outside = "outside/secret.md"
    links = {
        f"{HOME}/linked.md": f"{folder}/{slug_of(target)}.md",
        f"{HOME}/linked.csv": f"{folder}/{name}.csv",
        f"{HOME}/linked": folder,
        f"{HOME}/outside.md": "../../../outside/secret.md",
        f"{HOME}/outside": "../../../outside",
    }
    keys = metadata(target)
    asks = "---\ntitle: Asks\n---\n[a](linked.csv) [b](linked/index.md)\n"
    files = {
        outside: f"---\ntitle: {keys['title']}\nid: outside\n---\n{body_of(target)}",
        f"{HOME}/asks.md": asks,
    }
    return Offence("symlink", files, links, dict.fromkeys(links, "symlink"), (target.key,))


def slips() -> Offence:
    """Front matter that means to protect and is not understood: nothing of it is guessed."""
    fronts = {
        "misspelt": ("audience: agnets", "bad-metadata"),
        "key": ("audiense: agents", "near-miss-key"),
        "case": ("Audience: agents", "near-miss-key"),
        "foreign": ("visibility: internal", "near-miss-key"),
        "empty": ("audience:", "bad-metadata"),
        "listed": ("audience: [agents]", "bad-metadata"),
        "twice": ("audience: agents\naudience: public", "bad-metadata"),
        "no-space": ("audience:agents", "bad-metadata"),
        "status": ("status: darft", "bad-metadata"),
        "day": ("publish_at: 2026-13-45", "bad-metadata"),
    }
    target, home = case("key/plain"), f"{HOME}/slip"
    body = body_of(target)
    files = {
        f"{home}-{name}.md": f"---\n{line}\ntitle: Slip\n---\n{body}" for name, (line, _) in fronts.items()
    }
    rules = {f"{home}-{name}.md": rule for name, (_, rule) in fronts.items()}
    whole = {
        "unclosed": f"---\naudience: agents\ntitle: Slip\n\n{body}",
        "four-dashes": f"----\naudience: agents\n----\n{body}",
        "space": f"\n ---\naudience: agents\n---\n{body}",
    }
    files |= {f"{home}-{name}.md": text for name, text in whole.items()}
    rules |= {f"{home}-{name}.md": "bad-metadata" for name in whole}
    return Offence("slip", files, rules=rules, about=(target.key,))


# A Markdown extension of a team's own: a line `@@read PATH` becomes what stands in that file.
READER = """
from pathlib import Path
from markdown import Extension
from markdown.preprocessors import Preprocessor


class Reading(Preprocessor):
    def run(self, lines):
        out = []
        for line in lines:
            if line.startswith("@@read "):
                out += Path(line[7:]).read_text(encoding="utf-8").split("---", 2)[2].splitlines()
            else:
                out.append(line)
        return out


class Reader(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Reading(md), "reading", 100)


def makeExtension(**options):
    return Reader(**options)
"""


def protected() -> str:
    """The file of the protected article that is asked for."""
    target = case("include/target")
    return article_path(target, target.after or target.before)  # type: ignore[arg-type]


def reader() -> Offence:
    """A public article whose text an extension reads from a protected file."""
    path = f"{HOME}/reads.md"
    return Offence("reader", {path: f"---\ntitle: Reads\n---\nText.\n\n@@read {protected()}\n"})


OFFENCES = (includes(), symlinks(), slips())
