"""The pipeline of `kbtool init`: when which job runs, and what its commands do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kbtool.cli.init import CI_FILES
from tests.ci.forge import Forge, load, matches, three_mistakes, with_tickets
from tests.conftest import ROOT

PIPELINE = load(ROOT / "kbtool" / "starter" / "ci" / "gitlab.yml")
JOBS = {name: job for name, job in PIPELINE.items() if "script" in job}
MAIN = {"CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main"}
API = {"CI_API_V4_URL": "https://gitlab.example.com/api/v4", "CI_PROJECT_ID": "42"}


def pipeline(forge: Forge) -> dict[Any, Any]:
    """The pipeline as it lies in the repository."""
    return load(forge.repository / CI_FILES["gitlab"])


@pytest.mark.parametrize(
    ("variables", "jobs"),
    [
        ({"CI_PIPELINE_SOURCE": "merge_request_event", "CI_DEFAULT_BRANCH": "main"}, {"check"}),
        ({"CI_PIPELINE_SOURCE": "push", **MAIN}, {"pages"}),
        ({"CI_PIPELINE_SOURCE": "schedule", **MAIN}, {"pages"}),
        ({"CI_PIPELINE_SOURCE": "schedule", "STALE": "1", **MAIN}, {"stale"}),
        ({"CI_PIPELINE_SOURCE": "push", **MAIN, "CI_COMMIT_BRANCH": "idea"}, set()),
    ],
    ids=["merge request", "push", "night", "week", "other branch"],
)
def test_which_pipeline_has_which_jobs(variables: dict[str, str], jobs: set[str]) -> None:
    runs = matches(PIPELINE["workflow"]["rules"], variables)
    assert {name for name, job in JOBS.items() if runs and matches(job["rules"], variables)} == jobs


def test_jobs_end_and_no_two_deploy_at_once() -> None:
    assert set(JOBS) == {"check", "pages", "stale"}
    assert PIPELINE["default"]["timeout"] == "10 minutes"
    assert JOBS["pages"]["resource_group"] == "pages"


def test_a_merge_request_with_three_mistakes_reads_them_in_the_log_and_as_json(forge: Forge) -> None:
    assert forge.gitlab(pipeline(forge), "check").exit == 0
    three_mistakes(forge.repository)
    ran = forge.gitlab(pipeline(forge), "check")
    assert ran.exit == 1
    for place in ("orders/refund.md:4:1", "account/reset-password.md:20:", "orders/questions.md:6:"):
        assert f"articles/en/{place}" in ran.out
    assert ran.out.count("help: ") == 3
    assert ran.handed_on == {"kbtool-check.json": ["kbtool-check.json"]}
    assert load(forge.repository / "kbtool-check.json")["version"] == 1
    notes = json.loads((forge.repository / "code-quality.json").read_text(encoding="utf-8"))
    assert PIPELINE["check"]["artifacts"]["reports"] == {"codequality": "code-quality.json"}
    assert {(note["location"]["path"], note["location"]["lines"]["begin"]) for note in notes} == {
        ("articles/en/account/reset-password.md", 20),
        ("articles/en/orders/questions.md", 6),
        ("articles/en/orders/refund.md", 4),
    }
    assert len({note["fingerprint"] for note in notes}) == 3
    assert {note["severity"] for note in notes} <= {"critical", "minor"}
    assert any("did you mean" in note["description"] for note in notes)


def test_kbtool_is_installed_from_where_the_team_says(forge: Forge) -> None:
    assert forge.gitlab(pipeline(forge), "pages").exit == 0
    assert forge.calls()[0][-1] == "kbtool @ git+https://git.team.example/kbtool@0123456"
    origin = "kbtool @ git+https://git.example.com/your-team/kbtool@COMMIT"
    ran = forge.gitlab(pipeline(forge), "pages", KBTOOL=origin)
    assert (ran.exit, forge.calls()) == (2, [])
    assert "KBTOOL is not set" in ran.out


def test_pages_get_the_public_site_alone(forge: Forge) -> None:
    ran = forge.gitlab(pipeline(forge), "pages")
    assert ran.exit == 0, ran.out
    assert {"index.html", "en/orders/refund/index.html"} <= set(ran.handed_on["public"])
    assert not any("escalation" in path for path in ran.handed_on["public"])
    assert not (forge.repository / ".kbtool" / "mkdocs" / "agents").exists()


def test_a_mistake_on_the_default_branch_publishes_nothing(forge: Forge) -> None:
    three_mistakes(forge.repository)
    ran = forge.gitlab(pipeline(forge), "pages")
    assert ran.exit == 1
    assert ran.handed_on["public"] == []


def test_without_counts_or_token_no_issue_is_written(forge: Forge) -> None:
    ran = forge.gitlab(pipeline(forge), "stale", **API)
    assert (ran.exit, "names no ticket counts" in ran.out) == (0, True), ran.out
    with_tickets(forge.repository)
    ran = forge.gitlab(pipeline(forge), "stale", **API)
    assert (ran.exit, "STALE_TOKEN is not set" in ran.out) == (0, True), ran.out
    assert "counts.csv: " in ran.out
    assert [call for call in forge.calls() if call[0] == "curl"] == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("[]", [("GET", ""), ("POST", "")]),
        ('[{"iid": 7, "state": "opened"}]', [("GET", ""), ("PUT", "/7")]),
        ('[{"iid": 7, "state": "closed"}]', [("GET", ""), ("PUT", "/7"), ("PUT", "/7")]),
    ],
)
def test_the_stale_list_is_one_issue_that_is_kept_up_to_date(
    forge: Forge, answer: str, expected: list[tuple[str, str]]
) -> None:
    with_tickets(forge.repository)
    forge.answer = answer
    variables = {**API, "STALE_TOKEN": "a-token"}
    ran = forge.gitlab(pipeline(forge), "stale", **variables)
    assert ran.exit == 0, ran.out
    calls = [call[1:] for call in forge.calls() if call[0] == "curl"]
    issues = f"{API['CI_API_V4_URL']}/projects/42/issues"
    asked = [
        (call[call.index("--request") + 1] if "--request" in call else "GET", call[-1]) for call in calls
    ]
    assert [(how, url.partition("?")[0]) for how, url in asked] == [
        (how, issues + end) for how, end in expected
    ]
    assert all("PRIVATE-TOKEN: a-token" in call and "--fail" in call for call in calls)
    assert "a-token" not in ran.out
    assert ("state_event=reopen" in calls[1]) is ("closed" in answer)
    assert forge.body().startswith("~~~~~~text\ncounts.csv: ")
