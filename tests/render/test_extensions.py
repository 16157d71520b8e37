"""The dialect: labels in the reader's language, and extensions of the settings on top."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kbtool.errors import UsageError
from kbtool.model import PythonName
from kbtool.render.extensions import converter, heading_id
from kbtool.render.including import left_out
from kbtool.resources import resource_dir
from kbtool.site.strings import load_strings

BOX = '<p class="admonition-title">{}</p>'


def convert(text: str, *settings: tuple[str, Mapping[str, Any]], locale: str = "en") -> str:
    labels = load_strings(locale, [resource_dir("theme") / "strings"]).group("markdown")
    return converter(settings, labels).convert(text)


@pytest.mark.parametrize(("locale", "note", "tip"), [("en", "Note", "Tip"), ("hi", "ध्यान दें", "सुझाव")])
def test_boxes_without_a_title_are_named_in_the_readers_language(locale: str, note: str, tip: str) -> None:
    html = convert("!!! note\n    a\n\n??? tip\n    b\n\n> [!NOTE]\n> c\n", locale=locale)
    assert html.count(BOX.format(note)) == 2
    assert f"<summary>{tip}</summary>" in html


def test_agents_boxes_have_a_name_in_every_language() -> None:
    titles = {convert("!!! agents\n    a\n", locale=tag).split("</p>")[0] for tag in ("en", "hi")}
    assert len(titles) == 2
    assert not any("Agents<" in title or title.endswith(">") for title in titles)


def test_a_title_of_its_own_stays() -> None:
    html = convert('!!! note "Read this"\n    a\n\n!!! warning ""\n    b\n', locale="hi")
    assert html.count("admonition-title") == 1
    assert BOX.format("Read this") in html


def test_classes_after_the_kind_do_not_matter() -> None:
    assert BOX.format("चेतावनी") in convert("!!! warning inline end\n    a\n", locale="hi")


def test_the_words_of_marks_are_in_the_readers_language() -> None:
    html = convert("## शीर्षक\n\na[^1]\n\n[^1]: b\n", locale="hi")
    words = load_strings("hi", [resource_dir("theme") / "strings"])
    assert f'title="{words.text("markdown.heading-link")}"' in html
    assert f'title="{words.text("markdown.footnote-back")}"' in html


def test_ids_of_headings() -> None:
    assert heading_id("धनवापसी नीति", "-") == "धनवापसी-नीति"
    assert heading_id("…", "-") == "section"


@pytest.mark.parametrize("name", ["toc", "markdown.extensions.toc"])
def test_options_of_the_settings_are_laid_over_ours(name: str) -> None:
    html = convert("## नीति\n", (name, {"permalink": "¶", "slugify": PythonName("pymdownx.slugs.slugify")}))
    assert html.startswith('<h2 id="नीति">')
    assert ">¶</a>" in html
    assert 'title="Link to this section"' in html


@pytest.mark.parametrize(
    "name", ["fenced_code", "codehilite", "markdown.extensions.fenced_code", "extra", "pymdownx.extra"]
)
def test_extensions_that_ours_replace_do_no_harm(name: str) -> None:
    text = '``` py title="a.py" hl_lines="1"\nx\n```\n\n| a |\n|:-:|\n| 1 |\n'
    assert convert(text, (name, {})) == convert(text)
    assert 'align="center"' in convert(text)


def test_python_names_are_looked_up_in_lists_as_well() -> None:
    fence = {
        "name": "mermaid",
        "class": "mermaid",
        "format": PythonName("pymdownx.superfences.fence_code_format"),
    }
    html = convert("``` mermaid\ngraph LR\n```\n", ("pymdownx.superfences", {"custom_fences": [fence]}))
    assert html == '<pre class="mermaid"><code>graph LR</code></pre>'


def test_another_extension_is_added() -> None:
    assert convert("a\nb\n") == "<p>a\nb</p>"
    assert convert("a\nb\n", ("nl2br", {})) == "<p>a<br />\nb</p>"


def test_icons_are_ours_whatever_the_settings_say() -> None:
    given = ("pymdownx.emoji", {"emoji_index": PythonName("material.extensions.emoji.twemoji")})
    assert convert(":smile:", given) == "<p>😄</p>"


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("no.such_extension", {}, "no Markdown extension 'no.such_extension'"),
        ("toc", {"no_such_option": 1}, "'toc' does not accept its options"),
        ("toc", {"x": PythonName("no.such.name")}, "no Python object 'no.such.name'"),
        ("toc", {"x": PythonName("pathlib.nothing")}, "no Python object 'pathlib.nothing'"),
        ("toc", {"x": PythonName("nothing")}, "no Python object 'nothing'"),
    ],
)
def test_a_mistake_in_the_settings_is_a_message(name: str, options: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        convert("", (name, options))
    assert words in caught.value.message
    assert "markdown_extensions" in caught.value.help


def test_no_file_is_ever_put_into_a_text(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("canary", encoding="utf-8")
    given = ("pymdownx.snippets", {"base_path": [str(tmp_path)], "check_paths": False})
    assert "canary" not in convert('--8<-- "secret.md"\n', given)
    assert left_out([given, ("toc", {})]) == ["pymdownx.snippets"]
