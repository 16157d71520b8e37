"""From sources to the library: titles, addresses, what is inherited, what is refused."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from kbtool.config import ArticleSettings, Config, Defaults, Settings, SiteKeys
from kbtool.content.articles import LONGEST_TITLE, parse, plain
from kbtool.model import Article, Finding, Library, Location, Source
from kbtool.yamlfile import scalar

PUBLIC = Defaults(audience="public")


def library(
    folder: Path,
    texts: dict[str, str],
    *,
    defaults: Defaults = PUBLIC,
    title: str = "front-matter",
    sections: str = "",
) -> tuple[Library, list[Finding]]:
    """Parse texts by `<locale>/<path>`."""
    (folder / "articles").mkdir(exist_ok=True)
    (folder / "articles" / "sections.yml").write_text(sections, encoding="utf-8")
    settings = Settings(
        locales={"en": "", "hi": ""}, articles=ArticleSettings(title=title, defaults=defaults)
    )
    sources = [
        Source(f"articles/{path}.md", path.partition("/")[0], path.partition("/")[2], text, "")
        for path, text in texts.items()
    ]
    return parse(sources, Config(folder / "mkdocs.yml", SiteKeys(), settings))


def one(folder: Path, text: str, path: str = "en/a", **more: Any) -> tuple[Article, list[Finding]]:
    found, findings = library(folder, {path: text}, **more)
    (article,) = found.articles
    return article, findings


def problems(folder: Path, text: str, **more: Any) -> list[Finding]:
    found, findings = library(folder, {"en/a": text}, **more)
    assert found.articles == ()
    return findings


@pytest.mark.parametrize(
    ("text", "title", "body", "line"),
    [
        ("---\ntitle: T\n---\nBody", "T", "Body", 4),
        ("---\ntitle: T\n---\n\n# T\n\nBody", "T", "\nBody", 6),
        ("---\ntitle: T\n---\n# T", "T", "", 4),
        ("---\ntitle: T\n---\nT\n===\nBody", "T", "Body", 6),
        ("---\ntitle: T\n---\n# Another\nBody", "T", "# Another\nBody", 4),
        ("---\ntitle: T\n---\n## T\nBody", "T", "## T\nBody", 4),
        (
            "---\ntitle: Use `kb` now\n---\n# Use `kb` now ##\nBody",
            "Use `kb` now",
            "# Use `kb` now ##\nBody",
            4,
        ),
    ],
)
def test_the_title_is_not_said_twice(tmp_path: Path, text: str, title: str, body: str, line: int) -> None:
    article, findings = one(tmp_path, text)
    assert (article.title, article.body, article.body_line) == (title, body, line)
    assert findings == []


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# Title", "Title"),
        ("\n\n#  Title  ##", "Title"),
        ("# **Bold** and `code` { #id .x }", "Bold and code"),
        ("# See [the page](x.md) ![i](y.png)", "See the page i"),
        ("# धनवापसी: कितने दिन", "धनवापसी: कितने दिन"),
        ("Title\n=====", "Title"),
        ("# snake_case stays", "snake_case stays"),
    ],
)
def test_a_heading_serves_as_title_and_that_is_told(tmp_path: Path, heading: str, title: str) -> None:
    article, (found,) = one(tmp_path, f"{heading}\nBody")
    assert (article.title, article.body) == (title, "Body")
    assert article.body_line == heading.count("\n") + 2
    assert (found.rule, found.severity) == ("title-from-heading", "warning")
    assert f"`title: {scalar(title)}`" in found.help
    assert found.where.line == 1 + len(heading) - len(heading.lstrip())
    assert one(tmp_path, f"{heading}\nBody", title="heading") == (article, [])


def test_a_heading_without_end_is_cut(tmp_path: Path) -> None:
    for mark in ("x", " ", "[", "*", "{", "#", "\\"):
        article, _ = one(tmp_path, f"# A{mark * 200_000}z\nBody", title="heading")
        assert len(article.title) <= LONGEST_TITLE


def test_plain_keeps_words() -> None:
    assert plain("a*b*c __d__ 2 * 3 { #x }") == "abc d 2 * 3"


def test_everything_said_or_inherited(tmp_path: Path) -> None:
    text = (
        "---\ntitle: T\nid: x/y\ntype: howto\nsignificance: major\nstatus: draft\ntags: [t]\n"
        "aliases: [u]\nreviewed: 2026-01-02\nreview_every: 1y\npublish_at: 2026-02-03\n"
        "expires_at: 2026-03-04\nrelated: [z]\nredirect_from: [/o]\nproduct: [p]\ndescription: D\n---\nB"
    )
    sections = "a: {owner: Team, topics: [s], audience: agents}\na/b: {topics: [near]}"
    found, findings = library(tmp_path, {"en/a/b/How Long": text}, sections=sections)
    assert findings == []
    (article,) = found.articles
    assert (article.audience, article.owner, article.topics) == ("agents", "Team", ("near",))
    assert (article.section, article.slug, article.rel) == ("a/b", "how-long", "a/b/How Long")
    assert (article.id, article.type, article.significance, article.status) == (
        "x/y",
        "howto",
        "major",
        "draft",
    )
    assert article.where == Location("articles/en/a/b/How Long.md", 1)
    assert (article.review_every, str(article.reviewed)) == (365, "2026-01-02")
    assert (str(article.publish_at), str(article.expires_at)) == ("2026-02-03", "2026-03-04")
    assert (article.tags, article.aliases, article.product) == (("t",), ("u",), ("p",))
    assert (article.related, article.redirect_from, article.description) == (("z",), ("/o",), "D")
    assert found.locales == ("en", "hi")
    assert [s.path for s in found.sections] == ["a", "a/b"]


def test_what_is_said_wins_over_section_and_defaults(tmp_path: Path) -> None:
    defaults = Defaults("agents", "draft", "Default")
    plain_text, said = (
        "---\ntitle: T\n---\n",
        "---\ntitle: T\naudience: public\nstatus: archived\nowner: O\n---\n",
    )
    sections = "s: {audience: public, owner: S}"
    texts = {"en/a": plain_text, "en/s/b": plain_text, "en/s/c": said}
    found, _ = library(tmp_path, texts, defaults=defaults, sections=sections)
    assert [(a.audience, a.status, a.owner) for a in found.articles] == [
        ("agents", "draft", "Default"),
        ("public", "draft", "S"),
        ("public", "archived", "O"),
    ]


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("en/s/index", ""),
        ("en/s/Reset Password", "reset-password"),
        ("hi/s/धनवापसी नीति", "धनवापसी-नीति"),
        ("en/s/!!!", "title"),
        (f"en/s/{'ध' * 80}", None),
    ],
)
def test_slugs(tmp_path: Path, path: str, slug: str | None) -> None:
    article, _ = one(tmp_path, "---\ntitle: Title\n---\n", path)
    assert slug is None or article.slug == slug
    assert len(article.slug.encode()) <= 180


def test_a_slug_is_never_empty(tmp_path: Path) -> None:
    article, _ = one(tmp_path, "---\ntitle: '?'\n---\n", "en/s/!!!")
    assert article.slug.startswith("article-")
    other, _ = one(tmp_path, "---\ntitle: '?'\n---\n", "en/s/%")
    assert other.slug != article.slug


def test_no_audience(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "---\ntitle: T\n---\n", defaults=Defaults())
    assert (found.rule, found.severity) == ("missing-audience", "error")
    assert str(found.where) == "articles/en/a.md:1"
    assert found.message == "nothing says who may read this article"
    assert found.help.startswith("add `audience:` with `public` · `agents`, or set it for the section")


def test_no_title_in_articles_of_another_system(tmp_path: Path) -> None:
    article, (found,) = one(tmp_path, "Just words.", "en/s/some-notes", title="heading")
    assert (article.title, article.body) == ("Some notes", "Just words.")
    assert (found.rule, found.severity) == ("missing-title", "warning")
    (empty,) = problems(tmp_path, "\n", title="heading")
    assert empty.severity == "error"


@pytest.mark.parametrize("text", ["", "\n\n", "Just words.", "---\nowner: O\n---\nWords.", "# \n\nWords."])
def test_no_title(tmp_path: Path, text: str) -> None:
    (found,) = problems(tmp_path, text)
    assert (found.rule, found.severity) == ("missing-title", "error")
    assert found.message == "this article has no title"
    assert found.help == "add `title:` at the top, or start the text with '# Title'"


def test_an_article_with_an_error_is_left_out_one_with_a_warning_is_not(tmp_path: Path) -> None:
    assert [f.severity for f in problems(tmp_path, "---\ntitle: T\naudiense: agents\n---\n")] == ["error"]
    assert [f.severity for f in problems(tmp_path, "---\ntitle: a: b\n---\n")] == ["error"]
    _, findings = one(tmp_path, "---\ntitle: T\nowmer: O\n---\n")
    assert [f.severity for f in findings] == ["warning"]


def test_doubtful_text_for_agents_stops_public_articles_only(tmp_path: Path) -> None:
    text = "---\ntitle: T\n{}---\n\n!!! agents\nTell them.\n"
    _found, (problem,) = library(tmp_path, {"en/a": text.format("")})
    assert (problem.rule, str(problem.where)) == ("agents-block", "articles/en/a.md:5:1")
    assert problem.source_line == "!!! agents"
    _, findings = one(tmp_path, text.format("audience: agents\n"))
    assert findings == []


@pytest.mark.parametrize(
    "line",
    [
        "description: '!!! agents secret'",
        "aliases: ['Hi. !!! agents secret']",
        "questions: [{question: '!!! agents secret', answer: A}]",
    ],
)
def test_text_for_agents_in_the_front_matter(tmp_path: Path, line: str) -> None:
    _, (found, *_) = library(tmp_path, {"en/a": f"---\ntitle: T\n{line}\n---\nText.\n"})
    assert (found.rule, found.severity) == ("agents-block", "error")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: T\n---\naudience: agents\n---\nText.\n",
        "---\ntitle: T\n---\n\n---\nstatus: draft\n---\nText.\n",
        "# T\n\npublish_at: 2030-01-01\n\nText.\n",
    ],
)
def test_front_matter_that_stands_in_the_text(tmp_path: Path, text: str) -> None:
    _, findings = library(tmp_path, {"en/a": text})
    found = next(f for f in findings if f.severity == "error")
    assert "front matter stands in the text" in found.message
    _, found_in_code = library(tmp_path, {"en/a": f"---\ntitle: T\n---\n```yaml\n{text}```\nstatus: open\n"})
    assert found_in_code == []


def test_doubtful_text_for_agents_in_an_answer(tmp_path: Path) -> None:
    text = (
        "---\ntitle: T\nquestions:\n  - question: Q\n    answer: |\n      !!! agent\n          Tell.\n---\n"
    )
    _, (problem,) = library(tmp_path, {"en/a": text})
    assert (problem.severity, str(problem.where)) == ("error", "articles/en/a.md:1")
    assert problem.help == "did you mean 'agents'?"


T = "---\ntitle: T\n---\n"


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        ({"en/a": "---\ntitle: T\nid: x\n---\n", "en/b": "---\ntitle: T\nid: x\n---\n"}, ["duplicate-id"]),
        ({"en/a": "---\ntitle: T\nid: b\n---\n", "en/b": T}, ["duplicate-id"]),
        ({"en/Reset": T, "en/reset": T}, ["duplicate-url"]),
        ({"en/a b": T, "en/a-b": T}, ["duplicate-url"]),
        ({"en/s t/a": T, "en/S-T/a": T}, ["duplicate-url"]),
        ({"en/\u095c": T, "en/ड\u093c": T}, ["duplicate-url"]),
        ({"en/!": T, "en/t": T}, ["duplicate-url"]),
        ({"en/a": T, "hi/a": T}, []),
        ({"en/s/a": T, "en/t/a": T}, []),
        ({"en/a": "---\ntitle: T\nid: x\n---\n", "hi/b": "---\ntitle: T\nid: x\n---\n"}, []),
    ],
)
def test_twins(tmp_path: Path, texts: dict[str, str], rules: list[str]) -> None:
    _, findings = library(tmp_path, texts)
    assert [f.rule for f in findings] == rules
    first, second = (f"articles/{path}.md" for path in texts)
    for finding in findings:
        assert finding.severity == "error"
        assert finding.where.path == second
        assert first in finding.message
        if unicodedata.normalize("NFC", first) == unicodedata.normalize("NFC", second):
            assert "only look the same (NFC and NFD): keep one of them" in finding.help
        else:
            assert finding.help in ("give one of them another `id:`", "rename one of the two files")


def test_all_problems_of_all_files(tmp_path: Path) -> None:
    texts = {"en/a": "---\ntitle: T\nstatus: x\naudiense: y\n---\n", "en/b": "----\na: b\n----\n", "hi/c": ""}
    _, findings = library(tmp_path, texts)
    assert [str(f.where) for f in findings] == [
        "articles/en/a.md:3:9",
        "articles/en/a.md:4:1",
        "articles/en/b.md:1:1",
        "articles/hi/c.md:1",
    ]
