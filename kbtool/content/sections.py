"""Sections: the folders of articles, with what `sections.yml` says of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kbtool.content.files import SECTIONS, read_text, shown
from kbtool.model import Audience, Finding, Section, Severity
from kbtool.nearest import did_you_mean
from kbtool.typed import LOCALISED, TEXT, TEXTS, attempt, choice, key, record
from kbtool.yamlfile import Node, YamlReader

RULE = "bad-section"
FILE = SECTIONS


@dataclass(frozen=True)
class SectionKeys:
    """What `sections.yml` can say of a section."""

    title: dict[str, str] = key(LOCALISED, "The title.", factory=dict)
    description: dict[str, str] = key(LOCALISED, "One sentence for its card.", factory=dict)
    icon: str = key(TEXT, "An icon of Material, such as `material/rocket-launch`.", "")
    audience: Audience | None = key(choice("public", "agents"), "Who may read its articles.", None)
    owner: str = key(TEXT, "Who answers for its articles.", "")
    topics: tuple[str, ...] = key(TEXTS, "Ticket topics of its articles.", ())
    articles: tuple[str, ...] = key(TEXTS, "File names of its articles in order; others follow by name.", ())


def read_sections(docs_dir: Path, used: Iterable[str]) -> tuple[tuple[Section, ...], list[Finding]]:
    """All sections that hold articles, in order: as listed in `sections.yml`, then by name.

    `used` are the section paths of the articles; their parents are sections as well.
    """
    paths: set[str] = set()
    for path in used:
        parts = path.split("/") if path else []
        paths.update("/".join(parts[: n + 1]) for n in range(len(parts)))
    listed, findings = _listed(docs_dir / FILE, paths)
    order = [*listed, *sorted(paths - set(listed))]
    children: dict[str, list[str]] = {}
    for path in order:
        children.setdefault(path.rpartition("/")[0], []).append(path)
    sections = tuple(_section(path, listed.get(path, SectionKeys())) for path in _depth_first("", children))
    return sections, findings


def _depth_first(parent: str, children: dict[str, list[str]]) -> Iterable[str]:
    for path in children.get(parent, []):
        yield path
        yield from _depth_first(path, children)


def _section(path: str, keys: SectionKeys) -> Section:
    return Section(
        path,
        titles={"": readable(path.rpartition("/")[2]), **keys.title},
        descriptions=keys.description,
        icon=keys.icon,
        audience=keys.audience,
        owner=keys.owner,
        topics=keys.topics,
        order=keys.articles,
    )


def readable(name: str) -> str:
    """A folder's name as a title: `getting-started` -> Getting started; names with capitals stay."""
    if name != name.lower() or " " in name:
        return name
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _listed(path: Path, known: set[str]) -> tuple[dict[str, SectionKeys], list[Finding]]:
    """What the file says, in its order; a section without an article is a warning."""
    findings: list[Finding] = []
    text = read_text(path, findings) if path.is_file() else None
    if text is None:
        return {}, findings
    reader = YamlReader(shown(path), text, RULE)
    node = reader.read()
    listed: dict[str, SectionKeys] = {}
    if node is not None and isinstance(node.value, dict):
        for name, (at, value) in node.value.items():
            _empty_audience(name, value, reader)
            if name not in known:
                _empty_section(name, at, value, known, reader)
            elif (keys := attempt(record(SectionKeys, f"{name}."), value, reader)) is not None:
                listed[name] = keys
                if keys.audience and (twins := _twins(name, known - node.value.keys())):
                    message = f"this says nothing of '{twins[0]}', whose name differs only in its letters"
                    reader.problem(at.line, at.column, message, "put the articles into one folder")
    elif node is not None and not node.is_null:
        help = "write each as its folder, a colon, and its keys indented below"
        reader.problem(node.line, node.column, "this does not say anything of sections", help)
    return listed, [*findings, *reader.findings]


def _empty_section(name: str, at: Node, value: Node, known: set[str], reader: YamlReader) -> None:
    """A folder without articles; an error if it protects, as it may mean a folder that has some."""
    guess = did_you_mean(name, known) or _written_otherwise(name, known)
    severity: Severity = "error" if name in ("<<", "audience") or _protects(value) else "warning"
    help = guess or "remove it, or write its first article"
    reader.problem(at.line, at.column, f"the section '{name}' has no article", help, severity=severity)


def _protects(value: Node) -> bool:
    """Whether an audience is named, at any depth: what is indented wrongly stands deeper or higher."""
    if not isinstance(value.value, dict):
        return False
    return "audience" in value.value or any(_protects(inner) for _, inner in value.value.values())


def _twins(name: str, others: Iterable[str]) -> list[str]:
    """The folders that only differ from this one in capitals or in how their letters are composed."""
    return sorted(other for other in others if _plain(other) == _plain(name))


def _plain(path: str) -> str:
    return unicodedata.normalize("NFKC", path).casefold()


def _written_otherwise(name: str, known: set[str]) -> str:
    """The mend where a section is named with a locale or slashes around it, or in other letters."""
    bare = name.replace("\\", "/").strip("./ ").casefold()
    by_name = {path.casefold(): path for path in sorted(known)}
    parts = bare.split("/")
    tails = ("/".join(parts[number:]) for number in range(len(parts)))
    return next((f"did you mean '{by_name[tail]}'?" for tail in tails if tail in by_name), "")


def _empty_audience(name: str, value: Node, reader: YamlReader) -> None:
    """Who writes `audience:` and leaves it empty has not said that everybody may read it."""
    given = value.get("audience")
    if given is not None and given.is_null:
        help = "write `public` or `agents`, or remove the line"
        reader.problem(given.line, given.column, f"'{name}.audience' is empty", help)
