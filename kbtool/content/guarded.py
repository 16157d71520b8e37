"""What the settings lead to: pictures and links of every page, files of the theme, words of the search."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from kbtool.config import Config
from kbtool.content.files import SECTIONS, shown
from kbtool.content.links import pointing
from kbtool.content.metadata import GUARDING_KEYS, Metadata
from kbtool.content.protected import LISTING, NOT_PUBLISHED, RULE, Hidden, folded, is_hidden_name
from kbtool.model import Finding, Location
from kbtool.nearest import did_you_mean
from kbtool.typed import attempt, keys_of
from kbtool.yamlfile import Node, YamlReader

BESIDE_PROTECTED = "in a folder whose articles are all protected"
OUTSIDE = "outside of the folder of articles"


def settings_problems(config: Config, hidden: Hidden) -> Iterator[Finding]:
    """Logo, icon and footer stand on every page: they must not come from what is hidden, nor lead there."""
    where, identity = Location(shown(config.path)), config.settings.identity
    for key, given in (("logo", identity.logo), ("favicon", identity.favicon)):
        if given and (reason := _picture(given, config, hidden)):
            message = f"the {key} {given} lies {reason}"
            help = f"put a copy into {shown(config.docs_dir)}/_assets/, and name that in identity.{key}"
            yield Finding(RULE, "error", where, message, help)
    for row in identity.footer:
        href = row.get("href", "")
        if (why := hidden.why(href)).reason:
            yield pointing("has a link in the footer to", href, why, where, strict=hidden.strict)


def _picture(given: str, config: Config, hidden: Hidden) -> str:
    """Why a picture must not be on every page; '' when it may."""
    path = os.path.relpath(os.path.realpath(config.docs_dir / given), os.path.realpath(config.docs_dir))
    parts = PurePosixPath(Path(path).as_posix()).parts
    if parts[:1] == (os.pardir,) or Path(path).is_absolute():
        return OUTSIDE
    if path == SECTIONS or path.endswith(".md") or any(map(is_hidden_name, parts)):
        return NOT_PUBLISHED if path != SECTIONS else f"in {LISTING}"
    return BESIDE_PROTECTED if folded("/".join(parts[:-1])) in hidden.folders else ""


def field_problems(config: Config) -> Iterator[Finding]:
    """Keys of other systems for which the settings name a key or a guarding word that does not exist."""
    known = keys_of(Metadata)
    for name, rule in config.settings.articles.fields.items():
        reader = YamlReader(shown(config.path), "", "bad-settings")
        if rule.to and rule.to not in known:
            help = did_you_mean(rule.to, known) or "the reference of the front matter has all keys"
            reader.problem(0, 0, f"'{rule.to}' is no key of an article", help)
        for word in rule.values.values() if rule.to in GUARDING_KEYS else ():
            attempt(known[rule.to].metadata["kind"], Node(word, 0, 0), reader)
        yield from (
            replace(finding, message=f"articles.fields.{name}: {finding.message}")
            for finding in reader.findings
        )


def linked_files(config: Config) -> Iterator[Finding]:
    """Symbolic links among the files of the theme and of the synonyms that lead out of their folder.

    Such a file would be published, or built into pages, and could be any file of the machine.
    """
    if config.custom_dir:
        yield from _leading_out(config.custom_dir, config)
    if config.settings.search.synonyms:
        yield from _leading_out(config.root / config.settings.search.synonyms, config)


def _leading_out(folder: Path, config: Config) -> Iterator[Finding]:
    base, articles = os.path.realpath(folder), os.path.realpath(config.docs_dir)
    around = Path(articles).is_relative_to(base)
    for at, folders, files in os.walk(folder):
        folders.sort()
        if around:  # the folder of articles is looked through elsewhere, and what lies hidden stays there
            folders[:] = [name for name in folders if not _is_left_out(Path(at, name), articles)]
        for name in sorted([*folders, *files]):
            path = Path(at, name)
            if not path.is_symlink():
                continue
            target = Path(os.path.realpath(path))
            among = not around and target.is_relative_to(articles)
            if among or not target.is_relative_to(base):
                what = "an article" if target.suffix == ".md" else "a file or folder elsewhere"
                message = f"this is a symbolic link to {what}; it would get into the public site"
                yield Finding("symlink", "error", Location(shown(path)), message, "put the file itself here")


def _is_left_out(folder: Path, articles: str) -> bool:
    return folder.name.startswith(".") or os.path.realpath(folder) == articles
