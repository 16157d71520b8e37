"""Collects what is wrong with a file of counts, without flooding who reads it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kbtool.model import Finding, Location

LISTED = 50
SHOWN = 200


@dataclass
class Problems:
    """Collects findings: at most LISTED of a kind are listed, the others are counted."""

    path: str
    found: list[Finding] = field(default_factory=list)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def row(self, kind: str, where: tuple[int, int], text: str, message: str, help: str) -> None:
        """A mistake of that kind in a row; `where` is (line, column)."""
        self._add("bad-ticket-row", kind, where, text, message, help)

    def duplicate(self, where: tuple[int, int], text: str, message: str, help: str) -> None:
        """A row whose key came before."""
        self._add("duplicate-ticket-row", "repeated rows", where, text, message, help)

    def more_duplicates(self, number: int) -> None:
        """So many more of them, which need not be listed."""
        if number > 0:
            self.kinds["duplicate-ticket-row", "repeated rows"] += number

    def file(self, message: str, help: str, line: int = 0) -> None:
        """A mistake of the file as a whole."""
        self.found.append(Finding("bad-ticket-file", "error", Location(self.path, line), message, help))

    def unused(self, columns: list[str], line: int) -> None:
        """Columns that are there and that nothing reads: said once, never dropped silently."""
        message = f"columns that are not used: {', '.join(columns)}"
        help = "the guide on ticket counts lists the ones that are; rows that differ in others are added up"
        self.found.append(Finding("unused-ticket-column", "info", Location(self.path, line), message, help))

    def delimiter(self, name: str, line: int) -> None:
        """What stands between the cells, where it is no comma: a wrong guess would explain much."""
        message = f"the cells are read as divided by {'tabs' if name == 'tab' else repr(name)}"
        help = "none is needed if that is right; a comma is the usual one"
        self.found.append(Finding("ticket-delimiter", "info", Location(self.path, line), message, help))

    def _add(self, rule: str, kind: str, where: tuple[int, int], text: str, message: str, help: str) -> None:
        self.kinds[rule, kind] += 1
        if self.kinds[rule, kind] <= LISTED:
            place = Location(self.path, *where)
            self.found.append(Finding(rule, "error", place, message, help, text[:SHOWN]))

    def all(self) -> list[Finding]:
        """Everything found, in the order of the file, then one line for each kind that was cut."""
        more = [
            Finding(
                rule,
                "error",
                Location(self.path),
                f"{number - LISTED:,} more {kind} are not listed",
                "mend the listed ones first; they often share one cause",
            )
            for (rule, kind), number in sorted(self.kinds.items())
            if number > LISTED
        ]
        return [*sorted(self.found, key=lambda finding: finding.order), *more]
