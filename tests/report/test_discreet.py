"""Findings for a log that the public may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.model import SEVERITIES, Finding, Location, Severity, SitePlan
from kbtool.report.discreet import discreet
from tests.samples import article, config_in, library, page_of

OUT, SECRET = article("a"), article("b", audience="agents")
PLAN = SitePlan("", "public", ("en",), (page_of(OUT, "en", "en/a/"),))


def told(path: Path, severity: Severity, place: str, about: str = "") -> list[Finding]:
    one = Finding("x", severity, Location(place, 2), "m", "h", "the line", about)
    return discreet([one], config_in(path), library(OUT, SECRET), PLAN)


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("severity", SEVERITIES)
def test_public_articles_and_settings_are_told_in_full(tmp_path: Path, severity: Severity) -> None:
    for place in (OUT.where.path, "mkdocs.yml"):
        (found,) = told(tmp_path, severity, place)
        assert (found.severity, found.source_line) == (severity, "the line")


def test_warnings_in_or_about_protected_articles_are_not(tmp_path: Path) -> None:
    assert told(tmp_path, "warning", SECRET.where.path) == told(tmp_path, "info", SECRET.where.path) == []
    assert told(tmp_path, "warning", OUT.where.path, about=SECRET.where.path) == []
    assert told(tmp_path, "warning", "articles/sections.yml") == []
    assert len(told(tmp_path, "warning", OUT.where.path, about="articles/en/gone.md")) == 1


@pytest.mark.parametrize("place", [SECRET.where.path, "articles/en/unreadable.md", "articles/sections.yml"])
def test_errors_keep_their_place_without_the_line(tmp_path: Path, place: str) -> None:
    (found,) = told(tmp_path, "error", place, about=SECRET.where.path)
    assert (found.where.path, found.where.line, found.source_line) == (place, 2, "")
