"""Findings in words: place, what, the line with a caret, and the mend."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from kbtool.model import SEVERITIES, Finding
from kbtool.report.checked import Checked

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


def check_text(checked: Checked, *, verbose: bool = False, quiet: bool = False) -> str:
    """Every finding in full, those of severity info with `verbose`, and a line that counts them.

    With `quiet` the errors alone.
    """
    hidden = ("warning", "info") if quiet else () if verbose else ("info",)
    findings = [finding for finding in checked.findings if finding.severity not in hidden]
    blocks = [finding_text(finding) for finding in findings]
    if not quiet:
        more = f". What a rule means: kbtool explain {findings[0].rule}" if findings else ""
        blocks.append(counted(checked, verbose=verbose) + more)
    return "\n\n".join(blocks)


def counted(checked: Checked, *, verbose: bool = False) -> str:
    """`2 errors, 1 warning (3 info, listed with -v; 2 suppressed)`, or `No findings`."""
    findings = [finding for finding in checked.findings if verbose or finding.severity != "info"]
    silent = len(checked.reported) - len(findings)
    notes = [f"{silent} info, listed with -v"] if silent else []
    notes += [f"{checked.suppressed} suppressed"] if checked.suppressed else []
    words = summary(findings)
    return words[:1].upper() + words[1:] + (f" ({'; '.join(notes)})" if notes else "")
