"""What the templates and scripts promise: a strict Content-Security-Policy and nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest

THEME = Path(__file__).parents[2] / "theme"
TEMPLATES = sorted((THEME / "templates").glob("*.html"))
OURS = sorted((THEME / "scripts").glob("*.js"))
SOURCES = sorted((THEME / "source").glob("*.js"))
PAGES = {"home", "section", "article", "faq", "not-found", "chooser", "search", "a-z"}
SHEETS = [THEME / "styles" / name for name in ("kbtool.css", "preview.css")]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def by_name(path: Path) -> str:
    return path.name


def test_there_is_a_template_for_every_kind_of_page() -> None:
    names = {path.stem for path in TEMPLATES}
    assert names >= PAGES | {"base"}
    for page in PAGES:
        assert '{% extends "base.html" %}\n' in text_of(THEME / "templates" / f"{page}.html")


@pytest.mark.parametrize("path", TEMPLATES, ids=by_name)
def test_a_template_can_be_read(path: Path) -> None:
    environment = jinja2.Environment(autoescape=True)
    assert environment.parse(text_of(path)).body


@pytest.mark.parametrize("path", TEMPLATES, ids=by_name)
def test_a_template_has_no_inline_script_style_or_handler(path: Path) -> None:
    text = text_of(path)
    for opening in re.findall(r"<script\b[^>]*>", text):
        assert " src=" in opening
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", text, flags=re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=by_name)
def test_a_template_never_trusts_text(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", text_of(path))


@pytest.mark.parametrize("path", [*TEMPLATES, *OURS, *SHEETS], ids=by_name)
def test_nothing_is_asked_of_another_host(path: Path) -> None:
    assert not re.search(r"https?://|@import|[\"'(]//\w", text_of(path))


@pytest.mark.parametrize("path", OURS, ids=by_name)
def test_a_script_never_writes_html_from_strings(path: Path) -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\.style\b", text_of(path)
    )


def test_the_search_is_not_loaded_before_it_is_needed() -> None:
    assert "search" not in "".join(re.findall(r"<script[^>]*>", text_of(THEME / "templates" / "base.html")))
    ui = text_of(THEME / "scripts" / "ui.js")
    assert all(f'"./{name}.js"' in ui for name in ("search-box", "search-page"))
    assert not re.search(r"^import ", ui, flags=re.MULTILINE)


@pytest.mark.parametrize("sheet", SHEETS, ids=by_name)
def test_a_sheet_mirrors(sheet: Path) -> None:
    """Only logical properties: no left or right, no width or height, no top or bottom."""
    physical = r"(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom"
    assert re.findall(rf"^\s*(?:{physical})\s*:", text_of(sheet), flags=re.MULTILINE) == []


def test_every_class_of_the_templates_has_a_rule() -> None:
    """A class of ours without a rule or a use is a spelling mistake."""
    sheet = "".join(map(text_of, SHEETS))
    scripts = "".join(text_of(path) for path in [*OURS, *SOURCES])
    for path in TEMPLATES:
        for names in re.findall(r"class=\"([^\"]*)\"", text_of(path)):
            plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", names)
            for name in re.findall(r"(?<![\w-])kb-[\w-]*[a-z](?![\w-])", plain):
                assert name in sheet or name in scripts, f"{path.name}: {name}"


def test_every_rule_has_a_user() -> None:
    users = "".join(text_of(path) for path in [*TEMPLATES, *OURS, *SOURCES])
    for name in set(re.findall(r"\.(kb-[\w-]+)", "".join(map(text_of, SHEETS)))):
        stem = re.sub(r"--[\w-]+$", "--", name)
        assert name in users or (stem != name and stem in users), name
