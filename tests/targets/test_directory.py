"""Folders that a build may use, and those that it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.errors import KbError, UsageError
from kbtool.targets.directory import check_target, make_private


def test_a_private_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir(mode=0o755)
    make_private(tmp_path / "own")
    make_private(tmp_path / "deep" / "er")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "own", tmp_path / "deep/er")} == {0o700}


def test_one_that_cannot_be_made_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KbError, match="cannot be made") as caught:
        make_private(tmp_path / "file" / "own")
    assert caught.value.help


def refused(target: Path, articles: Path) -> str:
    with pytest.raises(UsageError) as caught:
        check_target(target, articles)
    assert caught.value.help
    return caught.value.message


def test_the_articles_are_never_replaced(tmp_path: Path) -> None:
    articles = tmp_path / "help" / "articles"
    articles.mkdir(parents=True)
    assert "would replace the articles" in refused(articles, articles)
    assert "would replace the articles" in refused(tmp_path, articles)
    assert "among the articles" in refused(articles / "site", articles)
    (tmp_path / "link").symlink_to(articles)
    assert "would replace the articles" in refused(tmp_path / "link", articles)


def test_the_public_site_never_shares_a_folder_with_the_agents(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    assert "agents' pages" in refused(tmp_path / ".kbtool" / "mkdocs" / "agents", articles)
    (tmp_path / "other" / ".kbtool").mkdir(parents=True)
    assert "agents' pages" in refused(tmp_path / "other", articles)


def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    other = tmp_path / "project"
    (other / "assets").mkdir(parents=True)
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    assert "did not write" in refused(other, tmp_path / "articles")
    assert "is a file" in refused(other / "letter.txt", tmp_path / "articles")


def built(site: Path) -> Path:
    """What is at the top of a built site."""
    (site / "assets/kb-1a2b3c4d").mkdir(parents=True)
    (site / "en").mkdir()
    for name in ("index.html", "404.html", "sitemap.xml"):
        (site / name).touch()
    return site


def test_an_empty_folder_a_new_one_and_a_built_site_are_fine(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    (tmp_path / "empty").mkdir()
    built(tmp_path / "site")
    for name in ("empty", "new", "site"):
        check_target(tmp_path / name, articles, [tmp_path / "mkdocs.yml", tmp_path / "theme"])


@pytest.mark.parametrize("name", [".git", ".nojekyll", "CNAME"])
def test_what_was_put_beside_the_pages_is_not_lost(tmp_path: Path, name: str) -> None:
    site = built(tmp_path / "site")
    (site / name).touch()
    assert f"such as {name}" in refused(site, tmp_path / "articles")


def test_a_folder_with_a_likely_name_in_it_is_no_site(tmp_path: Path) -> None:
    (tmp_path / "theme/assets/kb-logo").mkdir(parents=True)
    (tmp_path / "theme2/assets/kb-1a2b3c4d").mkdir(parents=True)
    for name in ("theme", "theme2"):
        assert "did not write" in refused(tmp_path / name, tmp_path / "articles")


@pytest.mark.parametrize("other", ["mkdocs.yml", "conf/theme", ".kbtool/mkdocs"])
def test_nothing_of_the_project_is_replaced(tmp_path: Path, other: str) -> None:
    top = built(tmp_path / "top")
    with pytest.raises(UsageError, match="would replace"):
        check_target(top, tmp_path / "articles", [top / other])


def test_links_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(tmp_path / "site")
    assert "leads nowhere" in refused(tmp_path / "site", tmp_path / "articles")
