"""What the settings say that guards publication; the rule's own tests have pictures and links."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.content.guarded import field_problems, linked_files
from tests.samples import config_in


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("visibility: audiense", "articles.fields.visibility: 'audiense' is no key of an article"),
        (
            "visibility: {audiense: {x: agents}}",
            "articles.fields.visibility: 'audiense' is no key of an article",
        ),
        ("seen: {audience: {internal: agent}}", "articles.fields.seen: 'agent' is not one of public, agents"),
        (
            "seen: {audience: {internal: Agents}}",
            "articles.fields.seen: 'Agents' is not one of public, agents",
        ),
        ("state: {status: {x: drafft}}", "articles.fields.state: 'drafft' is not one of"),
        ("out: {publish_at: {x: soon}}", "articles.fields.out: 'soon' is not a date"),
    ],
)
def test_words_for_keys_of_other_systems_that_do_not_exist(tmp_path: Path, fields: str, message: str) -> None:
    own = f"locales: {{en: English}}, articles: {{fields: {{{fields}}}}}"
    (found,) = field_problems(config_in(tmp_path, own=own))
    assert (found.rule, found.severity) == ("bad-settings", "error")
    assert message in found.message
    assert found.where.path.endswith("mkdocs.yml")


@pytest.mark.parametrize(
    "fields", ["seen: {audience: {internal: agents, all: public}}", "labels: tags", "layout: null"]
)
def test_words_that_exist(tmp_path: Path, fields: str) -> None:
    own = f"locales: {{en: English}}, articles: {{fields: {{{fields}}}}}"
    assert list(field_problems(config_in(tmp_path, own=own))) == []


def test_a_theme_around_the_articles_looks_only_at_its_own_links(tmp_path: Path) -> None:
    config = config_in(tmp_path, "docs_dir: articles\ntheme: {name: material, custom_dir: .}\n")
    (tmp_path / "articles").mkdir()
    (tmp_path / ".hidden").mkdir()
    for link in ("articles/a.md", ".hidden/a", "own.css"):
        (tmp_path / link).symlink_to(tmp_path.parent)
    assert [Path(found.where.path).name for found in linked_files(config)] == ["own.css"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    config = config_in(tmp_path, "theme: {name: material, custom_dir: look}\n")
    (tmp_path / "look").mkdir()
    (tmp_path / "look" / "again").symlink_to(".")
    (tmp_path / "look" / "self").symlink_to("self")
    assert list(linked_files(config)) == []
