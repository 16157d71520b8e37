"""Findings as JSON."""

from __future__ import annotations

import json

from kbtool.report.json import findings_json
from tests.report.findings import HINDI, checked


def test_everything_is_there() -> None:
    value = json.loads(findings_json(checked(suppressed=2)))
    assert (value["version"], value["articles"], value["suppressed"]) == (1, 3, 2)
    assert value["counts"] == {"error": 1, "warning": 1, "info": 1}
    assert [one["rule"] for one in value["findings"]] == ["broken-link", "bad-metadata", "long-title"]
    assert value["findings"][1] | {"fingerprint": ""} == {
        "rule": "bad-metadata",
        "severity": "error",
        "path": HINDI,
        "line": 2,
        "column": 8,
        "message": "the list is 100%: open",
        "help": "close it\nwith ]",
        "fingerprint": "",
    }
    assert len(value["findings"][1]["fingerprint"]) == 32


def test_a_finding_of_a_whole_file_has_no_line() -> None:
    last = json.loads(findings_json(checked()))["findings"][2]
    assert (last["line"], last["column"]) == (None, None)


def test_letters_stay_letters() -> None:
    assert "धनवापसी" in findings_json(checked())
