"""SARIF 2.1.0: what the standard requires, and what code hosts want beyond it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote, urlparse

from kbtool.checks.registry import rules
from kbtool.report.checked import Checked
from kbtool.report.sarif import sarif_text
from tests.report.findings import HINDI, checked


def run_of(result: Checked) -> dict[str, Any]:
    log = json.loads(sarif_text(result, rules()))
    assert log["version"] == "2.1.0"
    assert urlparse(log["$schema"]).scheme == "https"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_the_tool_and_its_rules() -> None:
    run = run_of(checked())
    driver = run["tool"]["driver"]
    assert (driver["name"], run["columnKind"]) == ("kbtool", "unicodeCodePoints")
    assert driver["version"]
    assert [rule["id"] for rule in driver["rules"]] == ["bad-metadata", "broken-link", "long-title"]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] == rules()[rule["id"]].summary
        assert rule["help"]["text"].endswith(rules()[rule["id"]].mend)
        assert urlparse(rule["helpUri"]).scheme == "https"
        assert urlparse(rule["helpUri"]).fragment == rule["id"]
    levels = [rule["defaultConfiguration"]["level"] for rule in driver["rules"]]
    assert levels == ["error", "warning", "note"]


def test_every_result_has_rule_level_message_place_and_fingerprint() -> None:
    result = checked()
    run = run_of(result)
    for one, found in zip(result.reported, run["results"], strict=True):
        assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"] == one.finding.rule
        assert found["level"] in ("error", "warning", "note")
        assert found["message"]["text"].startswith(one.finding.message)
        assert list(found["partialFingerprints"].values()) == [one.fingerprint]
        (location,) = found["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        parsed = urlparse(uri)
        assert (parsed.scheme, parsed.netloc, uri.startswith("/")) == ("", "", False)
        assert uri.isascii()
        assert " " not in uri
        assert unquote(uri) == one.finding.where.path


def test_regions_count_from_one_and_are_absent_for_whole_files() -> None:
    warning, error, info = run_of(checked())["results"]
    assert warning["locations"][0]["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 3}
    assert "region" not in info["locations"][0]["physicalLocation"]
    assert unquote(error["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == HINDI


def test_a_clean_run_is_a_log_with_no_results() -> None:
    run = run_of(Checked(()))
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
