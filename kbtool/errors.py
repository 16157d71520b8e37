"""What can end a command: one small class per mistake, each building its own text."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every verb; documented in `docs/reference/exit-codes.md`."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    NOTHING = 3
    INTERNAL = 4
    ENVIRONMENT = 5


class KbError(Exception):
    """A mistake that ends the command: what happened, and what to do about it.

    `exit_code` is the exit code of the command. Mistakes in articles are not
    errors of this kind: they are findings, and all of them are reported in one run.
    """

    exit_code = Exit.ENVIRONMENT

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class UsageError(KbError):
    """The command line or the settings do not fit together."""

    exit_code = Exit.USAGE


class NoArticles(KbError):
    """There is nothing to publish."""

    exit_code = Exit.NOTHING

    def __init__(self, directory: str) -> None:
        super().__init__(
            f"no articles in {directory}",
            "write one with: kbtool new article --title 'Your first article'",
        )


class NoIndex(KbError):
    """A search was asked for, but nothing was built yet."""

    exit_code = Exit.NOTHING

    def __init__(self, directory: str) -> None:
        super().__init__(f"no search index in {directory}", "build the site first: kbtool build")


class QueryError(UsageError):
    """A query that cannot be answered."""
