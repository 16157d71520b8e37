"""What a rule is, and what it may look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kbtool.config import Config
from kbtool.content.links import Resolver
from kbtool.content.scan import Found
from kbtool.model import Article, Finding, Library, Location, Rendered, Severity

Files = Mapping[str, str | bytes | PurePosixPath]
"""An example: path -> text. `PurePosixPath` stands for a symbolic link to there."""

Key = tuple[str, str]
"""Locale and id of an article."""


@dataclass(frozen=True)
class View:
    """Articles as some readers see them: blocks of others taken out, and only what is published for them.

    `articles` are those to look at here, `library` holds all that can be reached. `found` are the links
    and images of each, `broken` is what is wrong with their targets. `rendered` is empty in a quick run.
    """

    library: Library
    articles: tuple[Article, ...]
    resolver: Resolver
    found: Mapping[Key, tuple[Found, ...]]
    broken: tuple[Finding, ...]
    rendered: Mapping[Key, Rendered]


@dataclass(frozen=True)
class Subject:
    """Everything that rules look at. `texts` are the files of the articles as read, by their path."""

    config: Config
    library: Library
    texts: Mapping[str, str]
    views: tuple[View, ...]

    def translations(self) -> Iterator[tuple[Article, Article]]:
        """Every translation with its source article."""
        for versions in self.library.by_id().values():
            source = self.library.source_of(versions)
            yield from ((article, source) for article in versions.values() if article is not source)

    def key_place(self, article: Article, key: str) -> tuple[Location, str]:
        """Where the front matter says that key, and the line; else the level-1 heading, else line 1."""
        lines = self.texts.get(article.where.path, "").split("\n")
        for wanted in (rf"{key}\s*:", r"#\s"):
            for number, line in enumerate(lines, 1):
                if re.match(wanted, line):
                    return Location(article.where.path, number, 1), line
        return article.where, ""


Check = Callable[[Subject], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule. `severity` is the usual one. `check` is None where the rule is reported while reading.

    `summary`, `why` and `mend` are sentences for its readers. `bad` and `good` are the files of a small
    help center with the mistake and without it; settings for English and Hindi come with them unless
    they hold some. `needs_text` says that the articles must be rendered first.
    """

    id: str
    severity: Severity
    summary: str
    why: str
    bad: Files
    good: Files
    mend: str
    check: Check | None = field(default=None)
    needs_text: bool = False

    def finding(
        self, where: Location, message: str, help: str = "", source_line: str = "", about: str = ""
    ) -> Finding:
        """A finding of this rule."""
        return Finding(self.id, self.severity, where, message, help, source_line, about)


def of_targets(rule: str) -> Check:
    """The check of a rule on targets: they are resolved once for all of these rules."""

    def check(subject: Subject) -> Iterator[Finding]:
        for view in subject.views:
            yield from (finding for finding in view.broken if finding.rule == rule)

    return check
