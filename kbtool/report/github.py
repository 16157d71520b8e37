"""Findings as workflow commands: GitHub shows each as an annotation at its line of a pull request."""

from __future__ import annotations

from kbtool.model import Finding
from kbtool.report.checked import Checked

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def github_text(checked: Checked, *, verbose: bool = False) -> str:
    """One command a line, the errors first: GitHub shows a few of each step only. Info with `verbose`."""
    shown = [finding for finding in checked.findings if verbose or finding.severity != "info"]
    order = list(LEVELS)
    shown.sort(key=lambda finding: order.index(finding.severity))
    return "\n".join(map(annotation, shown))


def annotation(finding: Finding) -> str:
    """A finding as a workflow command."""
    where = finding.where
    properties = {"file": where.path, "line": where.line, "col": where.column, "title": finding.rule}
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value)
    message = f"{finding.message}\nhelp: {finding.help}" if finding.help else finding.message
    return f"::{LEVELS[finding.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
