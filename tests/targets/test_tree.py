"""A tree as files."""

from __future__ import annotations

from datetime import date

from kbtool import pipeline
from kbtool.config import Config, load
from kbtool.model import Audience
from kbtool.targets.tree import tree_files
from tests.conftest import Kb

TODAY = date(2026, 11, 22)


def settings(kb: Kb) -> Config:
    config, problems = load(kb.root / "mkdocs.yml", {})
    assert config is not None, problems
    return config


def tree_of(kb: Kb, audience: Audience = "public") -> pipeline.Tree:
    config = settings(kb)
    return pipeline.compile(config, pipeline.read(config), audience, today=TODAY)


def small(kb: Kb) -> Kb:
    kb.settings(
        "locales: {en: English, hi: हिन्दी}\narticles: {defaults: {audience: public}}\n"
        "identity: {logo: _assets/Our Logo.SVG, favicon: gone.png}",
        top="site_url: https://help.example.com/",
    )
    kb.write("articles/_assets/Our Logo.SVG", "<svg/>")
    return kb.write("articles/en/a.md", "---\ntitle: A\n---\nSome words.\n")


def test_no_file_is_written_twice_and_none_is_hidden(kb: Kb) -> None:
    names = [name for name, _ in tree_files(settings(small(kb)), tree_of(kb))]
    assert len(names) == len(set(names))
    assert not [name for name in names if name.startswith(("/", ".")) or "/." in name]


def test_it_holds_pages_assets_index_and_sitemap(kb: Kb) -> None:
    files = dict(tree_files(settings(small(kb)), tree_of(kb)))
    logo = next(name for name in files if name.startswith("assets/files/"))
    assert logo.startswith("assets/files/our-logo-")
    assert logo.endswith(".svg")
    assert {
        "index.html",
        "en/a/index.html",
        "hi/a/index.html",
        "search/en/manifest.json",
        "sitemap.xml",
    } <= set(files)
    assert logo.encode() in files["en/index.html"]
    assert b'<link rel="icon" href="../assets/files/icon-' in files["en/index.html"], "one of our own"
    assert files["en/a/index.html"].startswith(b"<!doctype html>\n")


def test_progress_counts_the_pages(kb: Kb) -> None:
    told: list[tuple[int, int]] = []
    tree = tree_of(small(kb))
    list(tree_files(settings(kb), tree, progress=lambda done, total: told.append((done, total))))
    pages = len(tree.plan.pages)
    assert told == [(number, pages) for number in range(1, pages + 1)]


def test_the_agents_tree_is_closed_to_search_engines(kb: Kb) -> None:
    files = dict(tree_files(settings(small(kb)), tree_of(kb, "agents")))
    assert files["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    assert "sitemap.xml" not in files
