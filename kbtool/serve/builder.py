"""From saved files to the next edition of the site, or to what is wrong with them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kbtool import pipeline
from kbtool.config import Config, load
from kbtool.content.preview import State, state_of
from kbtool.content.protected import told_once
from kbtool.errors import NoArticles
from kbtool.model import Finding
from kbtool.pipeline import Content, Memory, Tree
from kbtool.render.pool import Pool
from kbtool.serve.edition import Edition
from kbtool.serve.problems import Problem, of_error, of_finding
from kbtool.serve.watch import places
from kbtool.site.strings import load_strings
from kbtool.targets.tree import frame_of
from kbtool.targets.view import PreviewView


@dataclass(frozen=True)
class Built:
    """What a build gave: an edition (None: the one before goes on), what keeps it back, and all findings.

    `error` is what ended the build before its time.
    """

    edition: Edition | None
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: Exception | None = None

    @property
    def pages(self) -> int:
        """How many pages the edition has."""
        return len(self.edition.tree.plan.pages) if self.edition else 0


class Builder:
    """Builds again and again; what did not change is not rendered again.

    `day` gives the day to build for. `config` are the settings of the last build that could read them.
    """

    def __init__(self, settings: Path, environ: Mapping[str, str], day: Callable[[], date]) -> None:
        self.settings = settings
        self.config: Config | None = None
        self._environ = environ
        self._day = day
        self._memory = Memory()
        self._known_for: object = None
        self._pool = Pool()
        self._site_url = ""
        self._session = secrets.token_hex(4)  # a page that an earlier preview served is never up to date
        self._number = 0
        self._served = False

    def close(self) -> None:
        """End the processes that render; another build starts others."""
        self._pool.close()

    def places(self) -> list[Path]:
        """The files and folders that the site is made of, as far as the settings could be read."""
        return places(self.settings, self.config)

    def build(self) -> Built:
        """Build what the files say now. Never raises: an error is part of the result."""
        try:
            wrong = self.read_settings()
            if wrong or self.config is None:
                return Built(None, tuple(map(of_finding, wrong)), wrong)
            return self._built(self.config)
        except Exception as error:  # noqa: BLE001 - whatever a save breaks, the preview goes on
            return Built(None, (of_error(error),), error=error)

    def read_settings(self) -> tuple[Finding, ...]:
        """Read the settings; what is wrong with them, and then the ones before stay. Raises UsageError."""
        config, wrong = load(self.settings, self._environ)
        if config:
            self._site_url = config.site.site_url
            self.config = replace(config, site=replace(config.site, site_url=""))  # it is served at /
        return tuple(wrong)

    def _built(self, config: Config) -> Built:
        content = pipeline.read(config)
        if not content.library.articles and not content.findings:
            raise NoArticles(str(config.docs_dir))
        day = self._day()
        tree = self._tree(config, content)
        built = self._as_built(config)
        public = pipeline.compile(built, content, "public", today=day, memory=self._memory, pool=self._pool)
        self._forget(tree, public)
        findings = tuple(told_once((*content.findings, *tree.findings, *public.findings)))
        errors = tuple(
            of_finding(f) for f in sorted(findings, key=lambda f: f.order) if f.severity == "error"
        )
        if errors and self._served:
            return Built(None, errors, findings)
        self._number += 1
        states = _states(tree, day)
        tree = _with_states_in_search(tree, states)
        name = f"{self._session}-{self._number}"
        edition = Edition(name, tree, frame_of(config, tree, PreviewView(name, states)), self._memory.search)
        edition.try_out()
        self._served = not errors
        return Built(edition, errors, findings)

    def _as_built(self, config: Config) -> Config:
        """The settings with the address that the public site will have, for what is said of links to it."""
        return replace(config, site=replace(config.site, site_url=self._site_url))

    def _tree(self, config: Config, content: Content) -> Tree:
        """The tree. All is rendered again where settings or words changed that rendering depends on."""
        words = tuple(
            load_strings(tag, pipeline.string_folders(config)).group("markdown") for tag in config.locales
        )
        if self._known_for != (config.extensions, words):
            self._known_for = (config.extensions, words)
            self._memory = Memory()
        return pipeline.compile_preview(config, content, self._memory, self._pool)

    def _forget(self, *trees: Tree) -> None:
        """Keep only what is still in use."""
        used = {id(rendered) for tree in trees for rendered in tree.rendered.values()}
        known = self._memory.rendered
        self._memory.rendered = {text: made for text, made in known.items() if id(made) in used}
        self._memory.search.forget([tree.documents for tree in trees])


def _states(tree: Tree, day: date) -> dict[str, State]:
    """The pages that readers do not see: address -> why."""
    pages = (page for page in tree.plan.pages if page.article)
    return {page.url: state for page in pages if page.article and (state := state_of(page.article, day))}


def _with_states_in_search(tree: Tree, states: Mapping[str, State]) -> Tree:
    """The tree with a hit's section preceded by what holds its article back."""
    documents = {
        locale: tuple(
            replace(
                document,
                section=f"{tree.strings[locale].text(f'status.{states[document.url]}')} · {document.section}",
            )
            if document.url in states
            else document
            for document in listed
        )
        for locale, listed in tree.documents.items()
    }
    return replace(tree, documents=documents)
