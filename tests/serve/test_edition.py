"""An edition: every file of a build, made when it is asked for."""

from __future__ import annotations

from kbtool import pipeline
from kbtool.config import Config
from kbtool.pipeline import Tree
from kbtool.serve.edition import Edition
from kbtool.targets.tree import frame_of, tree_files
from kbtool.targets.view import PreviewView
from tests.conftest import Kb
from tests.sample_site import fill
from tests.targets.test_tree import TODAY, settings, tree_of


def edition_of(config: Config, tree: Tree, preview: PreviewView | None = None) -> Edition:
    return Edition("x-1", tree, frame_of(config, tree, preview))


def test_without_marks_it_gives_what_a_build_writes(kb: Kb) -> None:
    config, tree = settings(fill(kb)), tree_of(kb)
    edition = edition_of(config, tree)
    built = dict(tree_files(config, tree))
    only_published = {"sitemap.xml", "robots.txt"}
    assert {path for path, data in built.items() if edition.file(path) != data} <= only_published
    assert len(built) > 40


def test_what_is_not_there_is_nothing(kb: Kb) -> None:
    edition = edition_of(settings(fill(kb)), tree_of(kb))
    for path in ("", "en", "en/", "gone.html", "search/en/", "search/en/x.json", "search/fr/manifest.json"):
        assert edition.file(path) is None, path
    for path in ("../mkdocs.yml", "/etc/passwd", "assets/files/../../mkdocs.yml", "articles/en/hostile.md"):
        assert edition.file(path) is None, path


def test_an_attachment_that_was_removed_is_nothing(kb: Kb) -> None:
    edition = edition_of(settings(fill(kb)), tree_of(kb))
    (path,) = [path for path, file in edition.tree.files.items() if file.name == "form.pdf"]
    assert edition.file(path) == b"form"
    (kb.root / "articles/en/refunds/form.pdf").unlink()
    assert edition.file(path) is None


def test_not_found_is_said_in_the_language_of_the_address(kb: Kb) -> None:
    edition = edition_of(settings(fill(kb)), tree_of(kb))
    assert b'<html class="no-js" lang="hi"' in edition.not_found("hi/gone/")
    for path in ("gone", "", "fr/gone", "en/gone", "../hi/404.html"):
        assert b'<html class="no-js" lang="en"' in edition.not_found(path), path


def test_pages_with_a_preview_bear_its_bar_and_marks_and_builds_bear_none(kb: Kb) -> None:
    kb.settings().write("articles/en/a/one.md", "---\ntitle: One\n---\nText.\n")
    kb.write("articles/en/a/two.md", "---\ntitle: Two\nstatus: draft\n---\nText.\n")
    config = settings(kb)
    tree = pipeline.compile_preview(config, pipeline.read(config), pipeline.Memory())
    edition = edition_of(config, tree, PreviewView("x-1", {"en/a/two/": "draft", "hi/a/two/": "draft"}))
    lists = edition.file("en/a/index.html")
    assert lists is not None
    assert lists.count(b"kb-badge--draft") == 2, "in the list and in the navigation"
    page = (edition.file("hi/a/two/index.html") or b"").decode()
    assert 'data-edition="x-1"' in page
    assert "ड्राफ़्ट" in page
    assert "articles/en/a/two.md" in page
    assert "kb-internal" not in page, "the preview has a bar of its own"
    built = dict(tree_files(config, pipeline.compile(config, pipeline.read(config), "public", today=TODAY)))
    ours = {path: data for path, data in built.items() if not path.startswith("assets/material/")}
    assert [path for path, data in ours.items() if b"preview" in data or "preview" in path] == []
