"""One render worker, as the pool sees it: a process that is told and answers, and can be ended."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kbtool.render.wire import Dialect, receive, send

PATIENCE = 2.0  # seconds
PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from kbtool.render.worker import main; main()"


@dataclass(frozen=True)
class Limits:
    """What one article may take. `wall` is seconds on the clock, for what waits without working."""

    cpu: float = 1.8
    memory: int = 1024 * 1024 * 1024
    wall: float = 60.0 if hasattr(signal, "setitimer") else 10.0


class Worker:
    """One process; what it answers comes into the queue of its pool, None when it has ended."""

    def __init__(self, dialect: Dialect, limits: Limits, answers: queue.SimpleQueue[Answer]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM, *search_path()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._stdin = cast(IO[bytes], self._process.stdin)
        self._stdout = cast(IO[bytes], self._process.stdout)
        self._thread = threading.Thread(target=self._listen, args=(answers,), daemon=True)
        self._thread.start()
        setup = {"extensions": dialect.extensions, "labels": dialect.labels or {}}
        self.send({**setup, "seconds": limits.cpu, "bytes": limits.memory})

    def send(self, message: Mapping[str, Any]) -> None:
        """Hand it something; where it has ended already, its answer is that it has."""
        with contextlib.suppress(BrokenPipeError):
            send(self._stdin, message)

    def _listen(self, answers: queue.SimpleQueue[Answer]) -> None:
        try:
            while (message := receive(self._stdout)) is not None:
                answers.put((self, message))
        except (ValueError, RecursionError, OSError):  # an extension wrote into the conversation
            self._process.kill()
        answers.put((self, None))

    def end(self) -> int:
        """End the process, if it still runs; how it ended."""
        self._process.kill()
        code = self._process.wait()
        self._thread.join(PATIENCE)  # what an extension started may hold the other end for ever
        if self._thread.is_alive():
            return code
        for stream in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):  # what it never read
                stream.close()
        return code

    def ended(self) -> int:
        """How the process ended that closed its side."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        return self.end()


Answer = tuple[Worker, dict[str, Any] | None]


def search_path() -> list[str]:
    """Where the workers find modules: as this process does, but never in the folder where it was started."""
    home = str(Path(__file__).parents[2])
    wanted = {home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))}
    here = {"", os.getcwd()} - wanted  # noqa: PTH109
    return [*(entry for entry in sys.path if entry not in here), home]
