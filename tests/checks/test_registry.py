"""Every rule has a file, two examples that are true, and a place in the documents."""

from __future__ import annotations

import pytest

from kbtool.checks.base import Rule
from kbtool.checks.registry import names, rules
from kbtool.model import SEVERITIES
from tests.conftest import ROOT
from tests.test_docs import generator, reported_rules, text_of

RULES = rules()
HELPERS = {"base", "registry", "ticket-example", "views"}
# A build reports them as well.
ALSO = {
    "missing-image",
    "missing-file",
    "broken-link",
    "remote-image",
    "protected-target",
    "unclear-address",
    "unsafe-file",
}
REPORTED = {
    rule
    for path in (ROOT / "kbtool").rglob("*.py")
    if "checks" not in path.parts
    for rule in reported_rules(text_of(path))
}
FOUND_IN = generator().found_in


def test_a_rule_is_the_file_of_its_name() -> None:
    assert {name.replace("_", "-") for name in names()} - HELPERS == set(RULES)


def test_every_id_that_is_reported_while_reading_has_a_rule() -> None:
    assert {"bad-metadata", "near-miss-key", "duplicate-ticket-row", "broken-link"} <= REPORTED
    assert set(RULES) >= REPORTED


def test_every_rule_is_checked_here_or_reported_while_reading() -> None:
    unchecked = {rule.id for rule in RULES.values() if rule.check is None}
    assert unchecked == REPORTED - ALSO
    assert all(RULES[id].check for id in ALSO)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_wrong_example_is_found_and_the_right_one_is_not(rule: Rule) -> None:
    found = [finding for finding in FOUND_IN(rule.bad) if finding.rule == rule.id]
    assert found
    assert found[0].message
    assert found[0].help
    assert found[0].severity in (rule.severity, "error", "warning")
    assert [finding for finding in FOUND_IN(rule.good) if finding.rule == rule.id] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_says_what_why_and_the_mend(rule: Rule) -> None:
    assert rule.severity in SEVERITIES
    for text in (rule.summary, rule.why, rule.mend):
        assert text[0].isupper() or text.startswith(("kbtool ", "`"))
        assert text[-1] in ".)`"
        assert "  " not in text


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_has_an_anchor_in_the_documents(rule: Rule) -> None:
    assert f"\n## `{rule.id}`\n" in text_of(ROOT / "docs" / "reference" / "findings.md")


def test_rules_do_not_know_each_other() -> None:
    own = {id.replace("-", "_") for id in RULES}
    for name in own:
        text = text_of(ROOT / "kbtool" / "checks" / f"{name}.py")
        assert not [other for other in own if f"kbtool.checks.{other}" in text]
