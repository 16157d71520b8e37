"""What is wrong, as the panel in the page shows it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from kbtool.errors import KbError
from kbtool.model import Finding


@dataclass(frozen=True)
class Problem:
    """One mistake: where it is, what, and the mend.

    `before`, `at` and `after` are the line of the file, parted at the place of the mistake; all three are ''
    where there is no line to show.
    """

    where: str
    message: str
    help: str = ""
    rule: str = ""
    line: int = 0
    before: str = ""
    at: str = ""
    after: str = ""


def of_finding(finding: Finding) -> Problem:
    """The problem that a finding tells of."""
    before, at, after = (
        _parted(finding.source_line, finding.where.column) if finding.where.line else ("",) * 3
    )
    return Problem(
        where=str(finding.where),
        message=finding.message,
        help=finding.help,
        rule=finding.rule,
        line=finding.where.line,
        before=before,
        at=at,
        after=after,
    )


def of_error(error: Exception) -> Problem:
    """The problem that ended a build: a message of kbtool's, else the error's name and words."""
    if isinstance(error, KbError):
        return Problem("", error.message, error.help)
    help = "this is a mistake in kbtool: please report it, with what `kbtool serve -v` prints"
    return Problem("", f"{type(error).__name__}: {error}", help)


def _parted(line: str, column: int) -> tuple[str, str, str]:
    """The line before a column (from 1), the character there with the marks that sit on it, and the rest."""
    start = max(0, column - 1)
    end = min(start + 1, len(line))
    while 0 < end < len(line) and unicodedata.category(line[end]).startswith("M"):
        end += 1
    return line[:start], line[start:end], line[end:]
