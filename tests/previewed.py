"""A preview of a help center, run in a thread, for tests that save files and look at the answers."""

from __future__ import annotations

import http.client
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from kbtool.serve.builder import Builder, Built
from kbtool.serve.run import run
from kbtool.serve.server import PreviewServer

TODAY = date(2026, 11, 22)
PATIENCE = 20  # seconds until a build that does not come fails the test


@dataclass(frozen=True)
class Got:
    """An answer of the server."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Preview:
    """`with Preview(folder) as preview:` serves it; `built()` gives the next build, `get(path)` an answer."""

    def __init__(self, root: Path) -> None:
        self.server = PreviewServer("127.0.0.1", 0)
        self.url = self.server.url
        self.builder = Builder(root / "mkdocs.yml", {}, lambda: TODAY)
        self.saved: Sequence[Path] = ()
        self._builds: queue.Queue[tuple[Built, Sequence[Path]]] = queue.Queue()
        self._stop = threading.Event()
        self._raised: list[BaseException] = []
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        self.first = self.built()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        assert self._raised == []

    def _run(self) -> None:
        try:
            run(
                self.builder,
                self.server,
                lambda built, saved, _: self._builds.put((built, saved)),
                self._stop,
            )
        except BaseException as error:  # noqa: BLE001 - shown by the test's own thread
            self._raised.append(error)

    def built(self) -> Built:
        """The next build; its files are in `saved`."""
        built, self.saved = self._builds.get(timeout=PATIENCE)
        return built

    def quiet(self, seconds: float) -> bool:
        """Whether nothing is built in that time."""
        try:
            self._builds.get(timeout=seconds)
        except queue.Empty:
            return True
        return False

    def get(self, path: str, method: str = "GET", host: str | None = None) -> Got:
        """What the server answers; the path is sent as it is."""
        address, port = self.server.server_address[:2]
        connection = http.client.HTTPConnection(str(address), int(port), timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", f"localhost:{port}" if host is None else host)
        connection.endheaders()
        answer = connection.getresponse()
        got = Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return got
