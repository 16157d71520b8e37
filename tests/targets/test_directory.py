"""Bytes on disk: whole or not at all, and never over anything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kbtool.errors import KbError, UsageError
from kbtool.targets.directory import check_target, publish

OLD = [("index.html", b"old"), ("a/b/index.html", b"old")]
NEW = [("index.html", b"new"), ("c/index.html", b"new")]


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def failing(error: BaseException) -> Iterator[tuple[str, bytes]]:
    yield NEW[0]
    raise error


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    site = tmp_path / "deep" / "site"
    assert publish(OLD, site) == 2
    assert publish(NEW, site) == 2
    assert tree(site) == dict(NEW)
    assert [path.name for path in site.parent.iterdir()] == ["site"]


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError("x")]
)
def test_the_old_site_stays_when_anything_fails(tmp_path: Path, error: BaseException) -> None:
    site = tmp_path / "site"
    publish(OLD, site)
    expected = KbError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        publish(failing(error), site)
    assert tree(tmp_path) == {f"site/{name}": data for name, data in OLD}


def test_a_full_disk_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(KbError) as caught:
        publish(failing(OSError(28, "No space left on device")), tmp_path / "site")
    assert "No space left on device" in caught.value.message
    assert caught.value.help
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [OSError(5, "broken"), KeyboardInterrupt()])
def test_the_old_site_comes_back_when_the_swap_is_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    site = tmp_path / "site"
    publish(OLD, site)
    rename = Path.rename

    def cut(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", cut)
    with pytest.raises((KbError, KeyboardInterrupt)):
        publish(NEW, site)
    assert tree(tmp_path) == {f"site/{name}": data for name, data in OLD}


def test_a_run_that_was_killed_in_the_swap_is_mended_first(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(OLD, site)
    site.rename(tmp_path / ".site.old")
    (tmp_path / ".site.new").mkdir()
    with pytest.raises(ValueError, match="x"):
        publish(failing(ValueError("x")), site)
    assert tree(tmp_path) == {f"site/{name}": data for name, data in OLD}
    publish(NEW, site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_link_to_the_site_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    site = tmp_path / "site"
    site.symlink_to(tmp_path / "served")
    for files in (OLD, NEW):
        publish(files, site)
        assert site.is_symlink()
        assert tree(tmp_path / "served") == dict(files)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["served", "site"]


def test_a_private_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    publish(OLD, tmp_path / "agents", private=True)
    assert (tmp_path / "agents").stat().st_mode & 0o077 == 0


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


def test_an_empty_folder_a_new_one_and_a_built_site_are_fine(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    (tmp_path / "empty").mkdir()
    publish([("assets/kb-1a2b/kbtool.css", b"")], tmp_path / "site")
    for name in ("empty", "new", "site"):
        check_target(tmp_path / name, articles)
