"""Findings as JSON, for programs."""

from __future__ import annotations

import json

from kbtool.model import SEVERITIES
from kbtool.report.checked import Checked, Reported

VERSION = 1


def findings_json(checked: Checked) -> str:
    """`{version, articles, suppressed, counts, findings}`; every severity is listed."""
    findings = checked.findings
    value = {
        "version": VERSION,
        "articles": checked.articles,
        "suppressed": checked.suppressed,
        "counts": {severity: sum(f.severity == severity for f in findings) for severity in SEVERITIES},
        "findings": [_record(one) for one in checked.reported],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _record(one: Reported) -> dict[str, object]:
    """One finding; `line` and `column` are null where it is of the whole file."""
    finding = one.finding
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "path": finding.where.path,
        "line": finding.where.line or None,
        "column": finding.where.column or None,
        "message": finding.message,
        "help": finding.help,
        "fingerprint": one.fingerprint,
    }
