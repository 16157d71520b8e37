"""From saved files to editions, and to what keeps them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kbtool.errors import KbError, NoArticles, UsageError
from kbtool.model import Article, Rendered
from kbtool.render.pool import Pool
from kbtool.render.wire import Dialect
from kbtool.serve.builder import Builder, Built
from tests.conftest import Kb
from tests.previewed import TODAY

ARTICLE = "---\ntitle: {title}\n---\n{text}\n"


def article(title: str, text: str = "Some words.", more: str = "") -> str:
    return ARTICLE.format(title=title + (f"\n{more}" if more else ""), text=text)


@pytest.fixture
def builder(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> Builder:
    """A builder in the folder of a help center with two articles."""
    monkeypatch.chdir(kb.root)
    kb.write("articles/en/a/one.md", article("One"))
    kb.write("articles/en/a/two.md", article("Two", "Second words."))
    return Builder(Path("mkdocs.yml"), {}, lambda: TODAY)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the articles that were rendered."""
    titles: list[str] = []
    render = Pool.render

    def noted(
        self: Pool, dialect: Dialect, articles: Sequence[Article], done: Callable[[], None]
    ) -> list[Rendered]:
        titles.extend(article.title for article in articles)
        return render(self, dialect, articles, done)

    monkeypatch.setattr(Pool, "render", noted)
    return titles


def page(built: Built, url: str) -> str:
    assert built.edition is not None, built.problems
    return (built.edition.file(f"{url}index.html") or b"").decode()


def rules(built: Built) -> list[str]:
    return [problem.rule for problem in built.problems]


def test_only_what_changed_is_rendered_again(kb: Kb, builder: Builder, rendered: list[str]) -> None:
    builder.build()
    assert sorted(rendered) == ["One", "Two"]
    rendered.clear()
    kb.write("articles/en/a/two.md", article("Two", "Other words."))
    assert "Other words." in page(builder.build(), "en/a/two/")
    kb.write("articles/en/a/one.md", article("One!"))
    assert "<h1>One!</h1>" in page(builder.build(), "en/a/one/"), "a title is no text"
    assert rendered == ["Two"]


def test_what_is_no_longer_used_is_forgotten(kb: Kb, builder: Builder, rendered: list[str]) -> None:
    for text in ("A.", "B.", "A."):
        kb.write("articles/en/a/two.md", article("Two", text))
        builder.build()
    assert rendered.count("Two") == 3


def test_settings_and_words_that_rendering_depends_on_render_all_again(
    kb: Kb, builder: Builder, rendered: list[str]
) -> None:
    kb.write("articles/en/a/two.md", article("Two", "!!! note\n    Words.\n"))
    top = "theme: {name: material, custom_dir: own}\n"
    kb.settings(top=top)
    builder.build()
    rendered.clear()
    kb.settings(top=top + "site_author: somebody")
    builder.build()
    assert rendered == []
    kb.write("own/strings/en.yml", "markdown.note: Look here\n")
    assert "Look here" in page(builder.build(), "en/a/two/")
    assert sorted(rendered) == ["One", "Two"]
    rendered.clear()
    kb.settings(top=top + "markdown_extensions: [smarty]")
    builder.build()
    assert sorted(rendered) == ["One", "Two"]


def test_every_edition_has_a_name_of_its_own(builder: Builder) -> None:
    names = [built.edition.name for built in (builder.build(), builder.build()) if built.edition]
    other = Builder(builder.settings, {}, lambda: TODAY).build().edition
    assert other is not None
    assert len({*names, other.name}) == 3


def test_everything_is_there_with_its_state(kb: Kb, builder: Builder) -> None:
    kb.write("articles/en/a/draft.md", article("Draft one", more="status: draft"))
    kb.write("articles/en/a/archived.md", article("Old one", more="status: archived"))
    kb.write("articles/en/a/waiting.md", article("Next one", more="publish_at: 2026-11-23"))
    kb.write("articles/en/a/expired.md", article("Last one", more="expires_at: 2026-11-22"))
    kb.write("articles/en/a/agents.md", article("Inner one", more="audience: agents"))
    kb.write("articles/en/a/one.md", article("One", "!!! agents\n    Secret words.\n"))
    built = builder.build()
    lists = page(built, "en/a/")
    for state in ("draft", "archived", "waiting", "expired"):
        assert f"kb-badge--{state}" in lists
        assert f"kb-badge--{state}" in page(built, f"en/a/{state}/")
        assert f"kb-badge--{state}" in page(built, f"hi/a/{state}/"), "on the page that falls back, too"
    assert "November 23, 2026" in page(built, "en/a/waiting/")
    assert "kb-badge--agents" in page(built, "en/a/agents/")
    assert 'class="admonition agents"' in page(built, "en/a/one/")
    assert "kb-badge--draft" not in page(built, "en/a/one/").partition('class="md-content"')[2]


def test_a_hit_of_the_search_says_what_holds_its_article_back(kb: Kb, builder: Builder) -> None:
    kb.write("articles/en/a/draft.md", article("Draft one", more="status: draft"))
    edition = builder.build().edition
    assert edition is not None
    sections = {document.id: document.section for document in edition.tree.documents["en"]}
    assert sections == {"a/one": "A", "a/two": "A", "a/draft": "Draft · A"} or sections == {
        "a/one": "a",
        "a/two": "a",
        "a/draft": "Draft · a",
    }


def test_it_is_served_at_the_root_whatever_the_address_of_the_site(kb: Kb, builder: Builder) -> None:
    kb.settings(top="site_url: https://help.example.com/support/")
    edition = builder.build().edition
    assert edition is not None
    text = edition.not_found("en/gone").decode()
    assert "/support/" not in text
    assert 'href="/en/"' in text


def test_a_broken_save_keeps_the_edition_and_tells_all_mistakes(kb: Kb, builder: Builder) -> None:
    builder.build()
    kb.write("articles/en/a/one.md", "---\ntitle: [One\n---\n")
    kb.write("articles/en/a/two.md", article("Two", more="audience: everybody"))
    built = builder.build()
    assert built.edition is None
    assert rules(built) == ["bad-metadata", "bad-metadata"]
    assert [problem.where for problem in built.problems] == [
        "articles/en/a/one.md:2:8",
        "articles/en/a/two.md:3:11",
    ]
    assert built.problems[0].at == "["
    kb.write("articles/en/a/one.md", article("One")).write("articles/en/a/two.md", article("Two"))
    assert builder.build().problems == ()


def test_a_start_with_mistakes_shows_what_can_be_read_until_they_are_mended(kb: Kb, builder: Builder) -> None:
    kb.write("articles/en/a/one.md", "---\ntitle: [One\n---\n")
    for text in ("Some words.", "Other words."):
        kb.write("articles/en/a/two.md", article("Two", text))
        built = builder.build()
        assert rules(built) == ["bad-metadata"]
        assert text in page(built, "en/a/two/")
    kb.write("articles/en/a/one.md", article("One"))
    assert builder.build().problems == ()
    kb.write("articles/en/a/one.md", "---\ntitle: [One\n---\n")
    assert builder.build().edition is None


def test_warnings_hold_nothing_back_and_are_those_of_a_build(kb: Kb, builder: Builder) -> None:
    kb.write("articles/en/a/inner.md", article("Inner", more="publish_at: 2030-01-01"))
    kb.write("articles/en/a/one.md", article("One", "[In](inner.md) ![x](gone.png)"))
    built = builder.build()
    assert 'href="../inner/"' in page(built, "en/a/one/"), "writers may follow it"
    assert {finding.severity for finding in built.findings} == {"warning"}
    told = "\n".join(finding.message for finding in built.findings)
    assert "inner.md" in told, "readers may not"
    assert "gone.png" in told
    assert len(built.findings) == len(set(built.findings))


@pytest.mark.parametrize("written", ["inner.md", "https://help.example.com/sub/en/a/inner/"])
def test_what_points_the_public_to_protected_articles_is_told(kb: Kb, builder: Builder, written: str) -> None:
    kb.settings(top="site_url: https://help.example.com/sub/")
    kb.write("articles/en/a/inner.md", article("Inner", more="audience: agents"))
    assert builder.build().problems == ()
    kb.write("articles/en/a/one.md", article("One", f"[In]({written})"))
    built = builder.build()
    assert built.edition is None
    assert rules(built) == ["protected-target"]


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("mkdocs.yml", "plugins:\n  - kbtool: {locales: {en: English}, langs: x}\n", "unknown setting"),
        ("mkdocs.yml", None, "there is no settings file"),
        ("own/templates/article.html", "{% if %}", "own/templates/article.html:1"),
        ("own/templates/home.html", "{{ nothing.at_all }}", "own/templates/home.html:1"),
        ("own/strings/en.yml", "a: [", "own/strings/en.yml:1"),
    ],
)
def test_whatever_else_breaks_keeps_the_edition_and_is_told(
    kb: Kb, builder: Builder, path: str, text: str | None, message: str
) -> None:
    kb.settings(top="theme: {name: material, custom_dir: own}")
    good = (kb.root / "mkdocs.yml").read_text(encoding="utf-8")
    assert builder.build().edition is not None
    if text is None:
        (kb.root / path).unlink()
    else:
        kb.write(path, text)
    built = builder.build()
    assert built.edition is None
    assert message in f"{built.problems[0].where} {built.problems[0].message}"
    assert built.problems[0].help
    (kb.root / path).unlink(missing_ok=True)
    kb.write("mkdocs.yml", good)
    assert builder.build().edition is not None


def test_no_article_at_all_is_an_error(kb: Kb, builder: Builder) -> None:
    assert builder.build().error is None
    for name in ("one", "two"):
        (kb.root / f"articles/en/a/{name}.md").unlink()
    built = builder.build()
    assert isinstance(built.error, NoArticles)
    assert built.edition is None


def test_a_mistake_of_kbtool_does_not_end_the_preview(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("out of luck")

    builder.build()
    monkeypatch.setattr("kbtool.pipeline.read", broken)
    built = builder.build()
    assert isinstance(built.error, ValueError)
    assert not isinstance(built.error, KbError | UsageError)
    assert built.problems[0].message == "ValueError: out of luck"
