"""A build that is killed, or meets an error, at some change of the disk; all of them in `make gates`."""

from __future__ import annotations

import pytest

from gates.crash import Trial

SPREAD = 18  # `make gates` kills at every change
ERRORS = ("EIO", "EACCES", "EROFS", "EMFILE")


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(tmp_path_factory.mktemp("crash") / "help")


@pytest.fixture(scope="module")
def changes(trial: Trial) -> int:
    """How often a build changes the disk."""
    ran = trial.injected("count", 0)
    assert ran.exit == 0
    assert trial.now() == trial.new != trial.old
    assert ran.changes > 100
    return ran.changes


def spread(changes: int, points: int) -> list[int]:
    """Points over the whole build, the last ones close together: there the trees change places."""
    late = min(changes, 2 * points // 3)
    step = max(1, (changes - late) // (points - late))
    return [*range(1, changes - late, step), *range(changes - late, changes + 1)]


def test_a_killed_build_leaves_the_old_site_or_the_new_one(trial: Trial, changes: int) -> None:
    seen = set()
    for number, at in enumerate(spread(changes, SPREAD)):
        trial.reset()
        assert trial.injected("kill", at).exit == -9
        assert list(trial.wrong_now()) == [], at
        seen.add(trial.now()["site"] == trial.new["site"])
        builds = number % 5 == 0
        wrong = trial.wrong_after_next_start() if builds else trial.left_over_after_start()
        assert list(wrong) == [], at
    assert seen == {True, False}


def test_a_full_disk_leaves_the_old_site(trial: Trial, changes: int) -> None:
    for at in spread(changes, SPREAD // 3):
        trial.reset()
        ran = trial.injected("ENOSPC", at)
        said = ran.err.strip().splitlines()
        assert list(trial.wrong_now()) == [], at
        assert list(trial.left_over()) == [], at
        if trial.now() != trial.new:
            assert (ran.exit, len(said)) == (5, 2), ran
            assert said[0].startswith("error: ")
            assert said[1].startswith("help: ")
            assert trial.now()["site"] == trial.old["site"], at


@pytest.mark.parametrize("error", ERRORS)
def test_any_other_error_leaves_one_whole_site(trial: Trial, changes: int, error: str) -> None:
    for at in spread(changes, SPREAD // 6):
        trial.reset()
        ran = trial.injected(error, at)
        assert "Traceback" not in ran.err
        assert list(trial.wrong_now()) == [], (at, ran)
        assert ran.exit in (0, 5), (at, ran)
        assert list(trial.left_over_after_start()) == [], (at, ran)
