from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ci.forge import Forge
from tests.conftest import Kb

ORIGIN = "kbtool @ git+https://git.team.example/kbtool@0123456"


def git(repository: Path, *arguments: str) -> None:
    """Run git in a repository, without the settings of the machine."""
    subprocess.run(
        ["git", "-c", "user.name=writer", "-c", "user.email=writer@example.com", *arguments],
        cwd=repository,
        env={
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(repository.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
        },
        capture_output=True,
        check=True,
    )


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository as `kbtool init` gives it, committed; tests work in copies of it."""
    folder = tmp_path_factory.mktemp("started")
    done = Kb(folder).run("init", "help", "--install", ORIGIN)
    assert done.exit == 0, done.err
    git(folder / "help", "init", "--quiet", "--initial-branch=main")
    git(folder / "help", "add", "--all")
    git(folder / "help", "commit", "--quiet", "--message=Start")
    return folder / "help"


@pytest.fixture
def forge(started: Path, tmp_path: Path) -> Forge:
    """The repository on a forge."""
    return Forge(Path(shutil.copytree(started, tmp_path / "help")), tmp_path / "forge")
