"""Trees change places whole, old ones are kept, and whatever is cut short is brought in order."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kbtool.errors import Exit, KbError
from kbtool.targets import disk, releases
from kbtool.targets.releases import put_back, staging
from kbtool.targets.swap import AGENTS, SITE, Workshop, kept, recover

Files = list[tuple[str, bytes]]


def files(word: str) -> Files:
    return [("index.html", word.encode()), (f"only-{word}/index.html", b"")]


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


class Shop:
    """A workshop beside a site and an agents' tree."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "shop"
        self.folder.mkdir()
        self.targets = {AGENTS: folder / "private" / "agents", SITE: folder / "site"}

    @property
    def shop(self) -> Workshop:
        return Workshop(self.folder, {name: target.resolve() for name, target in self.targets.items()})

    def publish(self, word: str, agents: str = "") -> None:
        with staging(self.shop) as stage:
            stage.write(AGENTS, files(agents or word), private=True)
            stage.write(SITE, files(word))
            stage.commit([AGENTS, SITE])

    def out(self, name: str = SITE) -> str:
        """The word of the tree that is out, which must be whole."""
        found = tree(self.targets[name])
        word = found["index.html"].decode()
        assert found == dict(files(word))
        return word

    def kept(self) -> dict[int, str]:
        found = {}
        for release in kept(self.shop):
            found[release.number] = (release.folder / SITE / "index.html").read_text(encoding="utf-8")
            assert tree(release.folder / SITE) == dict(files(found[release.number]))
        return found

    def names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def failing(error: BaseException) -> Iterator[tuple[str, bytes]]:
    yield "index.html", b"new"
    raise error


def test_the_first_release_replaces_nothing(shop: Shop) -> None:
    shop.publish("one")
    assert (shop.out(), shop.out(AGENTS)) == ("one", "one")
    assert shop.names() == set()


def test_the_last_three_are_kept_with_their_agents_trees(shop: Shop) -> None:
    for word in ("one", "two", "three", "four", "five"):
        shop.publish(word)
    assert shop.out() == "five"
    assert shop.kept() == {4: "four", 3: "three", 2: "two"}
    assert shop.names() == {"2", "3", "4"}
    assert (shop.folder / "4" / AGENTS / "index.html").read_bytes() == b"four"


def test_a_build_that_changes_nothing_leaves_everything_as_it_is(shop: Shop) -> None:
    shop.publish("one")
    shop.publish("two")
    before = shop.targets[SITE].stat()
    shop.publish("two")
    after = shop.targets[SITE].stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert shop.kept() == {1: "one"}


def test_what_only_agents_see_changes_without_a_new_release(shop: Shop) -> None:
    shop.publish("one")
    before = shop.targets[SITE].stat().st_ino
    shop.publish("one", agents="secret")
    assert (shop.out(AGENTS), shop.out()) == ("secret", "one")
    assert shop.targets[SITE].stat().st_ino == before
    assert shop.names() == set()


def test_a_release_comes_back_and_the_second_time_the_other(shop: Shop) -> None:
    for word in ("one", "two", "three"):
        shop.publish(word)
    put_back(shop.shop, kept(shop.shop)[0])
    assert (shop.out(), shop.out(AGENTS)) == ("two", "two")
    assert sorted(shop.kept().values()) == ["one", "three"]
    put_back(shop.shop, kept(shop.shop)[0])
    assert (shop.out(), shop.out(AGENTS)) == ("three", "three")
    oldest = kept(shop.shop)[-1]
    put_back(shop.shop, oldest)
    assert shop.out() == "one"
    assert sorted(shop.kept().values()) == ["three", "two"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("x"), OSError(errno.EIO, "broken")])
def test_the_old_site_stays_when_anything_fails(shop: Shop, error: BaseException) -> None:
    shop.publish("one")
    with pytest.raises(KbError if isinstance(error, OSError) else type(error)), staging(shop.shop) as stage:
        stage.write(SITE, failing(error))
    assert shop.out() == "one"
    assert shop.names() == set()


def test_what_cannot_be_read_is_not_told_as_if_it_could_not_be_written(shop: Shop) -> None:
    gone = FileNotFoundError(errno.ENOENT, "No such file or directory", "articles/a.png")
    with (
        pytest.raises(KbError, match=r"articles/a\.png cannot be read: No such file"),
        staging(shop.shop) as stage,
    ):
        stage.write(SITE, failing(gone))


def test_a_full_disk_says_how_much_is_wanted(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.publish("one")
    write = os.write
    room = 1_500_000

    def full(handle: int, data: memoryview) -> int:
        nonlocal room
        room -= len(data)
        if room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data)

    monkeypatch.setattr(os, "write", full)
    monkeypatch.setattr(disk, "free", lambda _: 1_500_000)

    def publish() -> None:
        with staging(shop.shop) as stage:
            stage.write(AGENTS, [("a", b"x" * 1_000_000)])
            stage.write(SITE, [(name, b"x" * 1_000_000) for name in "abc"])

    with pytest.raises(KbError) as caught:
        publish()
    assert "the new site takes 4.0 MB, 1.5 MB are free; the last site is untouched" in caught.value.message
    assert caught.value.exit_code == Exit.ENVIRONMENT
    assert shop.out() == "one"


@pytest.mark.parametrize(
    ("code", "mend"),
    [
        (errno.EACCES, "check your rights"),
        (errno.EBUSY, "mount the folder above it"),
        (errno.EXDEV, "mount the folder above it"),
        (errno.ENOSPC, "make room"),
        (errno.EMFILE, "ulimit -n"),
        (errno.EIO, "look at the disk"),
    ],
)
def test_every_error_has_its_mend(shop: Shop, monkeypatch: pytest.MonkeyPatch, code: int, mend: str) -> None:
    shop.publish("one")

    def refused(*_: object) -> bool:
        raise OSError(code, os.strerror(code), "site")

    monkeypatch.setattr(disk, "exchange", refused)
    with pytest.raises(KbError) as caught:
        shop.publish("two")
    assert mend in caught.value.help
    assert "site cannot be written" in caught.value.message
    assert shop.out() == "one"
    assert shop.names() == set()


class Killed(BaseException):
    """Ends a run as a kill does: nothing is cleared away."""


STEPS = range(1, 9)


@pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "two renames"])
@pytest.mark.parametrize("at", STEPS)
def test_a_swap_that_was_cut_short_is_brought_in_order(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, at: int, exchanges: bool
) -> None:
    shop.publish("one")
    shop.publish("two")
    _cut(monkeypatch, at, exchanges)
    ended = False
    try:
        shop.publish("three")
    except Killed:
        ended = True
    monkeypatch.undo()
    recover(shop.shop)
    assert shop.out() in ("two", "three")
    assert shop.out(AGENTS) in ("two", "three")
    assert shop.kept() == ({1: "one"} if shop.out() == "two" else {1: "one", 2: "two"})
    assert shop.names() <= {"1", "2"}
    assert not list(shop.folder.parent.glob(".*"))
    assert ended or (at > 4 and shop.out() == "three")
    shop.publish("four")
    assert shop.out() == "four"


@pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "two renames"])
@pytest.mark.parametrize("at", STEPS)
def test_a_rollback_that_was_cut_short_loses_no_release(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, at: int, exchanges: bool
) -> None:
    shop.publish("one")
    shop.publish("two")
    _cut(monkeypatch, at, exchanges)
    with suppress(Killed):
        put_back(shop.shop, kept(shop.shop)[0])
    monkeypatch.undo()
    recover(shop.shop)
    assert {shop.out(), *shop.kept().values()} == {"one", "two"}
    assert all(name.isdigit() for name in shop.names())


def _cut(monkeypatch: pytest.MonkeyPatch, at: int, exchanges: bool) -> None:
    """End the run before its n-th rename or exchange of folders."""
    done = 0

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def made(*arguments: object) -> object:
            nonlocal done
            done += 1
            if done >= at:
                raise Killed
            return call(*arguments)

        return made

    monkeypatch.setattr(os, "rename", counted(os.rename))
    monkeypatch.setattr(os, "replace", counted(os.replace))
    monkeypatch.setattr(disk, "exchange", counted(disk.exchange) if exchanges else lambda *_: False)
    monkeypatch.setattr(releases, "cleaned", recover)


@pytest.mark.parametrize(
    "marker",
    [
        "",
        "{",
        "[]",
        '{"folder": 1}',
        '{"inodes": {"site": 3}}',
        '{"folder": "..", "inodes": {}}',
        '{"folder": "new-1a", "inodes": {"site": 1e400}}',
        "[" * 4000,
    ],
)
def test_a_marker_that_was_not_written_to_its_end_stands_before_any_exchange(shop: Shop, marker: str) -> None:
    shop.publish("one")
    (shop.folder / "new-1a2b" / SITE).mkdir(parents=True)
    (shop.folder / "swap.json").write_text(marker, encoding="utf-8")
    recover(shop.shop)
    assert shop.names() == set()
    assert shop.out() == "one"


def test_a_link_to_the_site_stays_a_link(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    shop.targets[SITE].symlink_to(tmp_path / "served")
    for word in ("one", "two"):
        shop.publish(word)
        assert shop.targets[SITE].is_symlink()
        assert tree(tmp_path / "served") == dict(files(word))


def test_a_marker_that_is_no_plain_file_is_taken_away(shop: Shop, tmp_path: Path) -> None:
    shop.publish("one")
    marker, other = shop.folder / "swap.json", tmp_path / "other.json"
    other.write_text('{"folder": "new", "inodes": {}}', encoding="utf-8")
    os.mkfifo(marker)
    recover(shop.shop)
    marker.mkdir()
    recover(shop.shop)
    marker.symlink_to(other)
    recover(shop.shop)
    assert shop.names() == set()
    assert other.is_file()


def test_nothing_outside_is_moved_whatever_a_marker_says(shop: Shop, tmp_path: Path) -> None:
    shop.publish("one")
    (tmp_path / ".victim.aside").mkdir()
    said = {"folder": "../..", "inodes": {"victim": 1}, "trees": {"x": [str(tmp_path / "victim"), 1]}}
    (shop.folder / "swap.json").write_text(json.dumps(said), encoding="utf-8")
    recover(shop.shop)
    assert (tmp_path / ".victim.aside").is_dir()
    assert shop.names() == set()


def test_a_folder_with_a_number_that_holds_no_site_is_in_nobodys_way(shop: Shop) -> None:
    for word in ("one", "two", "three"):
        shop.publish(word)
    disk.remove(shop.folder / "2" / SITE)
    (shop.folder / "7").mkdir()
    (shop.folder / "gone-7").mkdir()
    shop.publish("four")
    assert shop.out() == "four"
    assert sorted(shop.kept().values()) == ["one", "three"]


def test_a_release_that_was_changed_does_not_come_back(shop: Shop) -> None:
    for word in ("one", "two"):
        shop.publish(word)
    release = kept(shop.shop)[0]
    (release.folder / SITE / "index.html").write_bytes(b"defaced")
    with pytest.raises(KbError, match="release 1 is damaged"):
        put_back(shop.shop, release)
    assert shop.out() == "two"
    (release.folder / SITE / "index.html").unlink()
    with pytest.raises(KbError, match="release 1 is damaged"):
        put_back(shop.shop, release)


def test_a_link_is_no_release(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "foreign").mkdir()
    shop.publish("one")
    (shop.folder / "1").mkdir()
    (shop.folder / "1" / SITE).symlink_to(tmp_path / "foreign")
    assert kept(shop.shop) == []
    recover(shop.shop)
    assert (tmp_path / "foreign").is_dir()
    assert shop.names() == set()
