"""The preview at work: every save is built once and shown."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbtool.errors import NoArticles, UsageError
from kbtool.serve.builder import Builder, Built
from kbtool.serve.run import run
from kbtool.serve.server import PreviewServer
from tests.conftest import Kb
from tests.previewed import TODAY, Preview

ARTICLE = "---\ntitle: {}\n---\nText.\n"


@pytest.fixture
def preview(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    """A help center with one article, served."""
    monkeypatch.chdir(kb.root)
    kb.write("articles/en/a.md", ARTICLE.format("First"))
    with Preview(kb.root) as running:
        assert running.first.edition is not None
        yield running


def test_a_save_is_served(kb: Kb, preview: Preview) -> None:
    kb.write("articles/en/a.md", ARTICLE.format("Second"))
    assert preview.built().pages
    assert preview.saved == [kb.root / "articles/en/a.md"]
    assert "<h1>Second</h1>" in preview.get("/en/a/").text


def test_new_renamed_and_deleted_articles(kb: Kb, preview: Preview) -> None:
    kb.write("articles/en/b.md", ARTICLE.format("New one"))
    preview.built()
    assert preview.get("/en/b/").status == 200
    assert "New one" in preview.get("/en/").text
    (kb.root / "articles/en/b.md").rename(kb.root / "articles/en/c.md")
    preview.built()
    assert (preview.get("/en/b/").status, preview.get("/en/c/").status) == (404, 200)
    (kb.root / "articles/en/c.md").unlink()
    preview.built()
    assert preview.get("/en/c/").status == 404
    assert "New one" not in preview.get("/en/").text


def test_a_broken_save_leaves_the_pages_and_a_mended_one_shows(kb: Kb, preview: Preview) -> None:
    kb.write("articles/en/a.md", "---\ntitle: [First\n---\n")
    assert preview.built().problems[0].rule == "bad-metadata"
    assert "<h1>First</h1>" in preview.get("/en/a/").text
    kb.write("articles/en/a.md", ARTICLE.format("Third"))
    assert preview.built().problems == ()
    assert "<h1>Third</h1>" in preview.get("/en/a/").text


def test_settings_name_another_folder_which_is_watched_from_then_on(kb: Kb, preview: Preview) -> None:
    kb.write("other/en/x.md", ARTICLE.format("Elsewhere"))
    assert preview.quiet(1.0), "it is not watched yet"
    text = (kb.root / "mkdocs.yml").read_text(encoding="utf-8")
    kb.write("mkdocs.yml", text.replace("docs_dir: articles", "docs_dir: other"))
    preview.built()
    assert preview.get("/en/x/").status == 200
    assert preview.quiet(1.0), "looking at other folders is no save"
    kb.write("other/en/x.md", ARTICLE.format("Changed"))
    preview.built()
    assert "Changed" in preview.get("/en/x/").text


def test_a_change_of_the_theme_is_served(kb: Kb, preview: Preview) -> None:
    kb.write("own/templates/_footer.html", "<footer>Our own foot</footer>\n")
    kb.settings(top="theme: {name: material, custom_dir: own}")
    preview.built()
    assert "Our own foot" in preview.get("/en/").text
    kb.write("own/templates/_footer.html", "<footer>{{ broken</footer>\n")
    assert "own/templates/_footer.html:1" in preview.built().problems[0].message
    assert "Our own foot" in preview.get("/en/").text
    kb.write("own/templates/_footer.html", "<footer>Mended</footer>\n")
    preview.built()
    assert "Mended" in preview.get("/en/").text


@pytest.mark.parametrize(
    ("settings", "error"), [(None, UsageError), ("plugins: [", UsageError), ("site_name: x\n", NoArticles)]
)
def test_what_cannot_start_ends_with_its_reason(kb: Kb, settings: str | None, error: type[Exception]) -> None:
    (kb.root / "articles").mkdir()
    if settings is None:
        (kb.root / "mkdocs.yml").unlink()
    else:
        kb.write("mkdocs.yml", settings)
    told: list[Built] = []
    server = PreviewServer("127.0.0.1", 0)
    builder = Builder(Path(kb.root / "mkdocs.yml"), {}, lambda: TODAY)
    with pytest.raises(error):
        run(builder, server, lambda built, *_: told.append(built), threading.Event())
    assert [built.edition for built in told] == ([] if settings is None else [None])
    assert server.socket.fileno() == -1, "the port is closed"
