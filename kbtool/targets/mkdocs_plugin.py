"""The mkdocs plugin: plain `mkdocs build` writes the very files that `kbtool build` writes.

mkdocs is handed finished files; it renders nothing. The settings are read by kbtool itself, from the
same `mkdocs.yml`, so that problems are reported with their line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config as PluginConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from kbtool import pipeline
from kbtool.config import Config, load
from kbtool.content.protected import told_once
from kbtool.errors import KbError
from kbtool.gate.scan import Gate
from kbtool.model import Finding
from kbtool.pipeline import Tree
from kbtool.report.discreet import discreet
from kbtool.report.text import finding_text, summary
from kbtool.targets.day import build_day
from kbtool.targets.gatekeeper import leaks, open_gate
from kbtool.targets.tree import tree_files

log = get_plugin_logger("kbtool")


class OwnSettings(PluginConfig):  # type: ignore[no-untyped-call]
    """Empty: kbtool reads its settings from the file itself."""


class KbtoolPlugin(BasePlugin[OwnSettings]):  # type: ignore[no-untyped-call]
    """Hands mkdocs the pages of the public tree."""

    def load_config(
        self,
        options: dict[str, Any],  # noqa: ARG002 - the parameters are those of mkdocs
        config_file_path: str | None = None,
    ) -> tuple[list[Any], list[Any]]:
        """Our own parser reads the settings; mkdocs need not know them."""
        self.config = OwnSettings()
        self._settings_file = Path(config_file_path or "mkdocs.yml")
        return [], []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compile everything before mkdocs empties its folder, so that an error leaves the old site."""
        config.theme.static_templates.clear()
        settings, problems = load(self._settings_file, os.environ)
        if settings is None:
            raise self._abort(problems)
        _name_others(settings.other_plugins, config)
        try:
            tree, findings, gate = _public(settings)
            errors = [finding for finding in findings if finding.severity == "error"]
            if errors:
                raise self._abort(errors)
            for finding in findings:
                log.info(finding_text(finding))
            self._files = list(gate.watched(tree_files(settings, tree)))
            if gate.leaks:
                raise self._abort(leaks(gate, settings.site_dir, quoted=False))
        except KbError as error:
            log.error("%s; %s", error.message, error.help)
            raise Abort("kbtool: nothing was built; the last site is untouched") from error
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:  # noqa: ARG002 - ours replace them
        """Replace what mkdocs found by the finished files."""
        return Files(
            [
                File.generated(config, path, content=data, inclusion=InclusionLevel.INCLUDED)
                for path, data in self._files
            ]
        )

    def _abort(self, problems: list[Finding]) -> Abort:
        for finding in problems:
            log.error(finding_text(finding))
        return Abort(f"kbtool: {summary(problems)}; nothing was built, the last site is untouched")


def _public(settings: Config) -> tuple[Tree, list[Finding], Gate]:
    """The public tree, what is wrong, each problem once and in order, and the gate in front of the site.

    Nothing of protected articles is told.
    """
    day = build_day(os.environ)
    content = pipeline.read(settings)
    tree = pipeline.compile(settings, content, "public", today=day)
    found = told_once(sorted({*content.findings, *tree.findings}, key=lambda finding: finding.order))
    told = discreet(found, settings, content.library, tree.plan)
    return tree, told, open_gate(settings, content, day)


def _name_others(names: Iterable[str], config: MkDocsConfig) -> None:
    """Nothing is skipped silently: say which plugins of `mkdocs.yml` do not work with ours."""
    for name in names:
        log.warning("kbtool renders the pages itself: the plugin '%s' has no effect on them", name)
    if any(name.rpartition("/")[2] == "search" for name in config.plugins):
        log.warning("kbtool brings its own search: remove the plugin 'search', its files are of no use")
