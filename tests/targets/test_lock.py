from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kbtool.errors import Exit
from kbtool.targets.lock import FILE, Locked, locked
from tests.conftest import ROOT

HOLD = """
import sys, time
from pathlib import Path
from kbtool.targets.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_is_told_who_holds_it(tmp_path: Path) -> None:
    with locked(tmp_path):
        with pytest.raises(Locked) as caught, locked(tmp_path):
            pass
        assert caught.value.exit_code == Exit.ENVIRONMENT
        assert f"(process {os.getpid()}, since " in caught.value.message
        assert "nothing was changed" in caught.value.message
    with locked(tmp_path):
        pass


@pytest.mark.parametrize("written", [b"", b"[]", b"\xff", b'{"process": "x"}'])
def test_a_holder_that_is_not_known_is_not_named(tmp_path: Path, written: bytes) -> None:
    with locked(tmp_path):
        (tmp_path / FILE).write_bytes(written)
        with pytest.raises(Locked, match=r"another build is at work in .*; nothing"), locked(tmp_path):
            pass


def test_it_dies_with_its_process(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert holder.stdout is not None
    with holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Locked, match=f"process {holder.pid}"), locked(tmp_path):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    deadline = time.monotonic() + 10
    while True:
        try:
            with locked(tmp_path):
                break
        except Locked:
            assert time.monotonic() < deadline
