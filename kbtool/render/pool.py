"""The render workers: processes that are started when there is something to render, and end with their pool.

Every article is rendered under a limit of CPU time and of memory. One that takes more, or that Markdown
fails on, costs nothing but its own page: the others are rendered all the same.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from kbtool.errors import Exit, KbError, UsageError
from kbtool.model import Article, Rendered
from kbtool.render.process import Answer, Limits, Worker
from kbtool.render.wire import Dialect, article_message, rendered_of

MANY = 200  # articles; from here on a second process saves more time than its start takes
SPLIT = "split it into several articles"
SIMPLER = "nest its lists and quotes less deeply, or leave out the Markdown extension that fails on it"


@dataclass(frozen=True)
class NotRendered(Rendered):
    """The empty page of an article that could not be rendered: why, and the mend."""

    message: str = ""
    help: str = ""


class Pool:
    """Renders articles in processes of their own. They stay for the next call; `close` ends them."""

    def __init__(self, limits: Limits | None = None, most: int | None = None) -> None:
        self._limits = limits or Limits()
        self._most = most or min(4, _cpus())
        self._dialect = Dialect()
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        weakref.finalize(self, _end_all, self._all)  # a pool that was forgotten leaves nothing behind

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes; the next call starts others."""
        _end_all(self._all)
        self._idle.clear()
        self._answers = queue.SimpleQueue()

    def render(
        self, dialect: Dialect, articles: Sequence[Article], done: Callable[[], None] = lambda: None
    ) -> list[Rendered]:
        """Every article rendered, in their order; one that fails is a `NotRendered`.

        `done` is called after each. Raises UsageError where the settings name a wrong extension.
        """
        if dialect != self._dialect:
            self.close()
            self._dialect = dialect
        try:
            return self._render(articles, done)
        except BaseException:
            self.close()  # some are at work on what nobody waits for any more
            raise

    def _render(self, articles: Sequence[Article], done: Callable[[], None]) -> list[Rendered]:
        results: dict[int, Rendered] = {}
        waiting = deque(enumerate(articles))
        busy: dict[Worker, tuple[int, float]] = {}
        most = self._most if len(articles) > MANY else 1
        while waiting or busy:
            while waiting and len(busy) < most:
                worker = self._idle.pop() if self._idle else self._started()
                number, article = waiting.popleft()
                busy[worker] = (number, time.monotonic() + self._limits.wall)
                worker.send(article_message(article))
            worker, answer = self._next({worker: until for worker, (_, until) in busy.items()})
            results[busy.pop(worker)[0]] = self._result(worker, answer)
            done()
        return [results[number] for number in range(len(articles))]

    def _started(self) -> Worker:
        worker = Worker(self._dialect, self._limits, self._answers)
        self._all.add(worker)
        return worker

    def _next(self, deadlines: Mapping[Worker, float]) -> Answer:
        """The next answer of any worker; that of one which is late is that it is."""
        late, until = min(deadlines.items(), key=lambda item: item[1])
        with contextlib.suppress(queue.Empty):
            while True:
                answer = self._answers.get(timeout=max(0.0, until - time.monotonic()))
                if answer[0] in deadlines:  # else it is the last word of one that was ended
                    return answer
        return late, {"late": True}

    def _result(self, worker: Worker, answer: dict[str, Any] | None) -> Rendered:
        if answer is not None and "html" in answer:
            self._idle.append(worker)
            return rendered_of(answer)
        if answer is not None and "failed" in answer:
            self._idle.append(worker)
            return _failed(answer["failed"], SIMPLER)
        if answer is not None and "stop" in answer:
            message, help, code = answer["stop"]
            raise UsageError(message, help) if code == Exit.USAGE else KbError(message, help)
        self._all.discard(worker)
        if answer is None:
            return self._ended(worker.ended())
        worker.end()
        if "late" in answer:
            return _failed(f"it takes more than {self._limits.wall:g} seconds", SPLIT)
        return self._too_much_memory()

    def _ended(self, code: int) -> Rendered:
        """What to say of an article whose process ended with that code."""
        if hasattr(signal, "SIGPROF") and code == -signal.SIGPROF:
            return _failed(
                f"it takes more than {self._limits.cpu:g} seconds of CPU time",
                f"{SPLIT}, and look for brackets, quotes or lists that are opened again and again",
            )
        if hasattr(signal, "SIGKILL") and code in (-signal.SIGKILL, -signal.SIGABRT):
            return _failed(
                "the process that renders it was ended from outside, as systems do that run out of memory",
                "build again; if it happens again, split the article or give the machine more memory",
            )
        if code >= 0:
            raise KbError(
                f"the process that renders articles ends with the code {code}",
                "look at what it said above; a Markdown extension of the settings may be broken",
            )
        return _failed(f"the process that renders it ends with the signal {-code}", SIMPLER)

    def _too_much_memory(self) -> Rendered:
        return _failed(f"it takes more than {self._limits.memory // 1024**2} MiB of memory", SPLIT)


def _failed(why: str, help: str) -> Rendered:
    return NotRendered("", (), "", (), f"this cannot be made into a page: {why}", help)


def _end_all(workers: set[Worker]) -> None:
    while workers:
        workers.pop().end()


@contextlib.contextmanager
def opened(pool: Pool | None) -> Iterator[Pool]:
    """That pool, or one for the time being."""
    if pool is not None:
        yield pool
        return
    with Pool() as own:
        yield own


def _cpus() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
