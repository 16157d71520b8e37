"""Saves are noticed, once, when they are finished."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from kbtool.resources import resource_dir
from kbtool.serve import watch
from kbtool.serve.watch import look, places, wait_for_save
from tests.samples import config_in


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def later(action: threading.Timer) -> None:
    action.daemon = True
    action.start()


def test_a_look_sees_files_but_none_that_are_hidden_or_left_behind_by_editors(tmp_path: Path) -> None:
    seen = [write(tmp_path / "a.md"), write(tmp_path / "in" / "b.md"), write(tmp_path / "_assets" / "c.png")]
    write(tmp_path / ".a.md.swp")
    write(tmp_path / ".git" / "x")
    write(tmp_path / "a.md~")
    (tmp_path / "round").symlink_to(tmp_path)
    assert set(look([tmp_path])) == {*map(str, seen), str(tmp_path / "round")}
    assert set(look([seen[0], tmp_path / "gone"])) == {str(seen[0])}


@pytest.mark.parametrize("kind", ["saved", "made", "removed", "renamed", "same size and time"])
def test_a_save_is_noticed_with_its_files(tmp_path: Path, kind: str) -> None:
    a, b = write(tmp_path / "a.md"), tmp_path / "b.md"
    before = look([tmp_path])
    changed = [a]
    if kind == "saved":
        write(a, "longer")
    elif kind == "made":
        changed = [write(b)]
    elif kind == "removed":
        a.unlink()
    elif kind == "renamed":
        changed = [a, a.rename(b)]
    else:
        times = a.stat()
        write(tmp_path / "new", "y").replace(a)
        os.utime(a, ns=(times.st_atime_ns, times.st_mtime_ns))
    save = wait_for_save([tmp_path], before, threading.Event())
    assert save == (look([tmp_path]), changed)


def test_what_is_put_back_at_once_is_no_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "POLL", 0.01)
    write(tmp_path / "a.md")
    before = look([tmp_path])
    trial = write(tmp_path / "4913")
    stop = threading.Event()
    monkeypatch.setattr(watch, "SETTLE", 0.1)
    later(threading.Timer(0.05, trial.unlink))
    later(threading.Timer(0.6, stop.set))
    assert wait_for_save([tmp_path], before, stop) is None


def test_a_save_in_several_steps_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "POLL", 0.01)
    monkeypatch.setattr(watch, "SETTLE", 0.2)
    before = look([tmp_path])
    a, b = write(tmp_path / "a.md"), tmp_path / "b.md"
    later(threading.Timer(0.1, write, (b,)))
    save = wait_for_save([tmp_path], before, threading.Event())
    assert save is not None
    assert save[1] == [a, b]


def test_a_file_that_never_rests_does_not_hold_up_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter(range(1, 1000))
    monkeypatch.setattr(watch, "POLL", 0.0)
    monkeypatch.setattr(watch, "SETTLE", 0.0)
    monkeypatch.setattr(watch, "look", lambda _: {"a": (next(looks), 0, 0)})
    save = wait_for_save([tmp_path], {}, threading.Event())
    assert save is not None
    assert next(looks) <= watch.LONGEST_SETTLE + 2


def test_the_places_are_settings_articles_theme_and_synonyms(tmp_path: Path) -> None:
    config = config_in(
        tmp_path,
        "theme: {name: material, custom_dir: own}\n",
        "locales: {en: English}, search: {synonyms: words}",
    )
    names = [tmp_path / name for name in ("mkdocs.yml", "articles", "own", "words")]
    assert set(places(config.path, config)) == {*names, resource_dir("theme")}


def test_settings_that_are_inherited_are_watched_even_before_they_can_be_read(tmp_path: Path) -> None:
    settings = write(tmp_path / "mkdocs.yml", "INHERIT: 'base/all.yml'  # shared\nsite_name: [")
    write(tmp_path / "base" / "all.yml", "INHERIT: ../mkdocs.yml\n")
    assert places(settings, None) == [settings, tmp_path / "base/all.yml"]
    assert places(tmp_path / "gone.yml", None) == [tmp_path / "gone.yml"]
