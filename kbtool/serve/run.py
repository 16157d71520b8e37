"""The preview at work: build, serve, wait for a save, and again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kbtool.errors import UsageError
from kbtool.serve.board import Board
from kbtool.serve.builder import Builder, Built
from kbtool.serve.server import PreviewServer
from kbtool.serve.watch import Look, look, wait_for_save

Tell = Callable[[Built, Sequence[Path], float], None]


def run(builder: Builder, server: PreviewServer, tell: Tell, stop: threading.Event) -> None:
    """Serve the preview until `stop` is set or the caller is interrupted; then the server has ended.

    `tell` is told of every build: what it gave, the files that were saved (none at the start), and how
    many seconds it took. Raises what ends the first build; later ones only keep the pages as they are.
    """
    try:
        builder.read_settings()
        at = builder.places()
        before = look(at)
        built, seconds = _timed(builder)
        if built.edition is None:
            tell(built, (), seconds)
            raise built.error or UsageError(
                f"{builder.settings} cannot be used", "correct the settings above"
            )
        board = Board(built.edition, built.problems)
        server.start(board)
        tell(built, (), seconds)
        while save := wait_for_save(at, before, stop):
            before, saved = save
            built, seconds = _timed(builder)
            if at != (at := builder.places()):  # the settings now name other folders
                before = _seen_in(at, before)
            board.post(built.edition, built.problems)
            tell(built, saved, seconds)
    finally:
        builder.close()
        server.end()


def _seen_in(paths: Sequence[Path], before: Look) -> Look:
    """How all files in other places looked: as they were seen before, else as they are now."""
    return {name: before.get(name, now) for name, now in look(paths).items()}


def _timed(builder: Builder) -> tuple[Built, float]:
    started = time.monotonic()
    return builder.build(), time.monotonic() - started
