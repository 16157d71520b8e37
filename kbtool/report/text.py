"""Findings in words: place, what, the line with a caret, and the mend."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from kbtool.model import SEVERITIES, Finding

TAB = 4


def finding_text(finding: Finding) -> str:
    """One finding, several lines; the caret stands under the place as it is displayed."""
    lines = [f"{finding.where}: {finding.severity}[{finding.rule}]: {finding.message}"]
    if finding.source_line and finding.where.line:
        number = f"{finding.where.line:>5} | "
        shown = finding.source_line.expandtabs(TAB)
        before = finding.source_line[: max(0, finding.where.column - 1)].expandtabs(TAB)
        lines.append(number + shown)
        lines.append(" " * (len(number) - 2) + "| " + " " * display_width(before) + "^")
    if finding.help:
        lines.append(f"help: {finding.help}")
    return "\n".join(lines)


def display_width(text: str) -> int:
    """How many columns of a terminal the text takes: marks above and below none, wide characters two."""
    width = 0
    for char in text:
        if unicodedata.category(char) in ("Mn", "Me", "Cf"):
            continue
        width += 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
    return width


def summary(findings: Iterable[Finding]) -> str:
    """`2 errors, 1 warning`; 'no findings' for none."""
    listed = list(findings)
    counts = [(sum(f.severity == severity for f in listed), severity) for severity in SEVERITIES]
    words = [f"{n} {severity}{'s' if n > 1 and severity != 'info' else ''}" for n, severity in counts if n]
    return ", ".join(words) or "no findings"
