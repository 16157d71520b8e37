"""What the builder tells the server: the edition to serve, what is wrong, and that there is news."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.serve.edition import Edition
from kbtool.serve.problems import Problem


@dataclass(frozen=True)
class Notice:
    """How things stand. `number` counts the notices; `problems` are those of the last save."""

    number: int
    edition: Edition
    problems: tuple[Problem, ...] = ()


class Board:
    """Holds the latest notice; any thread may read it, or wait for the next."""

    def __init__(self, edition: Edition, problems: Sequence[Problem] = ()) -> None:
        self._news = threading.Condition()
        self._notice = Notice(1, edition, tuple(problems))
        self._closed = False

    @property
    def notice(self) -> Notice:
        """The latest notice."""
        return self._notice

    @property
    def closed(self) -> bool:
        """Whether there will be no more."""
        return self._closed

    def post(self, edition: Edition | None, problems: Sequence[Problem]) -> None:
        """Put up a new notice; without an edition, the old one is served further."""
        with self._news:
            old = self._notice
            self._notice = Notice(old.number + 1, edition or old.edition, tuple(problems))
            self._news.notify_all()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._news:
            self._closed = True
            self._news.notify_all()

    def wait(self, seen: int, seconds: float) -> bool:
        """Wait until there is another notice than the one of that number, the board closes or time is up.

        Gives whether there is one.
        """
        with self._news:
            return self._news.wait_for(lambda: self._closed or self._notice.number != seen, seconds) and (
                not self._closed
            )
