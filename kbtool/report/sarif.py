"""Findings as SARIF 2.1.0, the form in which code hosts and editors take the results of checks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

from kbtool import __version__
from kbtool.checks.base import Rule
from kbtool.report.checked import Checked, Reported

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
PAGE = "https://kbtool.example/docs/reference/findings/"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
PRINT = "kbtool/v1"


def sarif_text(checked: Checked, rules: Mapping[str, Rule]) -> str:
    """The findings with the rules that they break; paths are relative to where the command runs."""
    ids = sorted({one.finding.rule for one in checked.reported})
    driver = {
        "name": "kbtool",
        "version": __version__,
        "informationUri": PAGE,
        "rules": [_rule(rules[id]) for id in ids],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, ids) for one in checked.reported],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.summary} {rule.why}\n\n{rule.mend}"},
        "helpUri": f"{PAGE}#{rule.id}",
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(one: Reported, ids: list[str]) -> dict[str, object]:
    finding = one.finding
    place: dict[str, object] = {"artifactLocation": {"uri": quote(finding.where.path)}}
    if finding.where.line:
        region = {"startLine": finding.where.line}
        if finding.where.column:
            region["startColumn"] = finding.where.column
        place["region"] = region
    text = f"{finding.message}\nhelp: {finding.help}" if finding.help else finding.message
    return {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        "level": LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {PRINT: one.fingerprint},
    }
