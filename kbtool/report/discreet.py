"""Findings for a log that the public may read: they give away no article that is not in the public site."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from kbtool.config import Config
from kbtool.content.files import SECTIONS, shown
from kbtool.model import Finding, Library, SitePlan

LEFT_OUT = "not-an-article"  # names a file that the settings leave out, by a pattern that is no secret


def discreet(
    findings: Iterable[Finding], config: Config, library: Library, public: SitePlan
) -> list[Finding]:
    """Without warnings in or about protected articles, and without lines of their text.

    An error keeps its place: it blocks the build, and has to be mended. A file that could not be read may
    have said that it is for agents, so it counts as protected; so does the list of the sections.
    """
    out = {page.article.where.path for page in public.pages if page.article}
    hidden = {article.where.path for article in library.articles} - out
    told = []
    for finding in findings:
        if finding.severity == "error":
            certain = finding.where.path in out or finding.where.path == shown(config.path)
            told.append(finding if certain else replace(finding, source_line=""))
        elif _is_open(finding, config, out) and finding.about not in hidden:
            told.append(finding)
    return told


def _is_open(finding: Finding, config: Config, out: AbstractSet[str]) -> bool:
    """Whether it is about a public article, or about no article at all."""
    path = finding.where.path
    if path in out or finding.rule == LEFT_OUT:
        return True
    inside = path.startswith(shown(config.docs_dir) + "/")
    return not (inside and path.endswith((".md", SECTIONS)))
