"""The workflow of `kbtool init`: its rights and pins, when which job runs, and what its commands do."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kbtool.cli.init import CI_FILES
from tests.ci.forge import Forge, load, runs, started, three_mistakes, true, with_tickets
from tests.conftest import ROOT

TEMPLATE = ROOT / "kbtool" / "starter" / "ci" / "github.yml"
WORKFLOW = load(TEMPLATE)
PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
NIGHT, WEEK = (entry["cron"] for entry in WORKFLOW[True]["schedule"])
PULL = {"github.event_name": "pull_request"}
PUSH = {"github.event_name": "push"}
NIGHTLY = {"github.event_name": "schedule", "github.event.schedule": NIGHT}
WEEKLY = {"github.event_name": "schedule", "github.event.schedule": WEEK}
ANNOTATION = re.compile(r"^::(error|warning) file=([^,]+),line=(\d+),.*?::(.+)$", re.MULTILINE)


def workflow(forge: Forge) -> dict[Any, Any]:
    """The workflow as it lies in the repository."""
    return load(forge.repository / CI_FILES["github"])


@pytest.mark.parametrize("path", [TEMPLATE, ROOT / "action.yml"], ids=lambda path: path.name)
def test_actions_are_pinned_by_digest(path: Path) -> None:
    used = re.findall(r"uses: *(.+)", path.read_text(encoding="utf-8"))
    assert [line for line in used if not PINNED.fullmatch(line)] == []
    assert bool(used) is (path == TEMPLATE)


def test_every_job_has_the_least_rights() -> None:
    assert WORKFLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in WORKFLOW["jobs"].items()} == {
        "check": {"contents": "read"},
        "build": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "stale": {"contents": "read", "issues": "write"},
    }
    steps = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"] for step in checkouts] == [{"persist-credentials": False}] * 3
    holders = [step["name"] for step in steps if "GH_TOKEN" in step.get("env", {})]
    assert holders == ["Write the list into the one issue"]


def test_every_job_ends_and_no_two_deploy_at_once() -> None:
    assert all(job["timeout-minutes"] <= 10 for job in WORKFLOW["jobs"].values())
    assert WORKFLOW["jobs"]["deploy"]["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert "github.ref" in WORKFLOW["concurrency"]["group"]


def test_nothing_that_others_can_write_gets_into_a_shell() -> None:
    assert set(WORKFLOW[True]) == {"pull_request", "push", "schedule", "workflow_dispatch"}
    for path in (TEMPLATE, ROOT / "action.yml"):
        assert [text for text in runs(load(path)) if "${{" in text] == []
    assert WORKFLOW["defaults"]["run"]["shell"] == "bash", "without it, a pipe hides a failure"


@pytest.mark.parametrize(
    ("event", "jobs"),
    [
        (PULL, {"check"}),
        (PUSH, {"build", "deploy"}),
        (NIGHTLY, {"build", "deploy"}),
        (WEEKLY, {"stale"}),
        ({"github.event_name": "workflow_dispatch"}, {"build", "deploy", "stale"}),
    ],
    ids=["pull request", "push", "night", "week", "by hand"],
)
def test_which_event_starts_which_jobs(event: dict[str, str], jobs: set[str]) -> None:
    assert started(WORKFLOW, event) == jobs


def test_the_night_begins_a_new_day_where_the_center_lives() -> None:
    minute, hour = map(int, NIGHT.split()[:2])
    there = datetime(2026, 11, 20, hour, minute, tzinfo=UTC).astimezone(ZoneInfo(WORKFLOW["env"]["TZ"]))
    assert (there.day, there.hour) == (21, 0)


def test_a_pull_request_with_three_mistakes_reads_three_annotations(forge: Forge) -> None:
    assert forge.github(workflow(forge), "check", PULL).exit == 0
    three_mistakes(forge.repository)
    ran = forge.github(workflow(forge), "check", PULL)
    assert ran.exit == 1, ran.out
    found = {(match[2], int(match[3])): match[4] for match in ANNOTATION.finditer(ran.out)}
    assert set(found) == {
        ("articles/en/account/reset-password.md", 20),
        ("articles/en/orders/questions.md", 6),
        ("articles/en/orders/refund.md", 4),
    }, ran.out
    assert all("%0Ahelp: " in text for text in found.values()), "the mend is part of the annotation"
    assert "topics" in found["articles/en/orders/refund.md", 4]
    assert "did you mean ../orders/refund.md?" in found["articles/en/account/reset-password.md", 20]
    assert "2026-03-04" in found["articles/en/orders/questions.md", 6]


def test_kbtool_is_installed_from_where_the_team_says(forge: Forge) -> None:
    ran = forge.github(workflow(forge), "check", PULL)
    assert ran.exit == 0, ran.out
    (call,) = forge.calls()
    assert call == [
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        workflow(forge)["env"]["KBTOOL"],
    ]
    assert call[-1] == "kbtool @ git+https://git.team.example/kbtool@0123456"


def test_a_workflow_without_a_source_of_kbtool_says_so(forge: Forge) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert text.count("{kbtool}") == 1
    origin = "kbtool @ git+https://git.example.com/your-team/kbtool@COMMIT"
    for job in ("check", "build", "stale"):
        ran = forge.github(WORKFLOW, job, PULL, KBTOOL=origin)
        assert (ran.exit, forge.calls()) == (2, [])
        assert ran.out.startswith("::error title=KBTOOL is not set::")


def test_a_push_builds_the_public_site_and_hands_it_on(forge: Forge) -> None:
    ran = forge.github(workflow(forge), "build", PUSH)
    assert ran.exit == 0, ran.out
    assert ran.used == ["actions/checkout", "actions/upload-pages-artifact"]
    assert {"index.html", "en/orders/refund/index.html", "hi/404.html"} <= set(ran.handed_on["site"])
    assert "site: 6 articles on " in ran.summary
    assert not any("escalation" in path for path in ran.handed_on["site"])
    assert not (forge.repository / ".kbtool" / "mkdocs" / "agents").exists()


def test_a_mistake_on_main_publishes_nothing(forge: Forge) -> None:
    three_mistakes(forge.repository)
    ran = forge.github(workflow(forge), "build", PUSH)
    assert (ran.exit, ran.used, ran.handed_on) == (1, ["actions/checkout"], {})
    assert "Nothing was published" in ran.out


def test_a_night_publishes_what_is_due_and_says_so(forge: Forge) -> None:
    article = forge.repository / "articles" / "en" / "orders" / "refund.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("title:", "publish_at: 2026-11-23\ntitle:", 1), encoding="utf-8")
    day = {"SOURCE_DATE_EPOCH": "1795392000"}  # 2026-11-23
    before = forge.github(workflow(forge), "build", NIGHTLY)
    assert "refund" not in before.summary
    ran = forge.github(workflow(forge), "build", NIGHTLY, **day)
    assert "since 2026-11-22: newly published: en/orders/refund" in ran.summary


def test_a_center_without_ticket_counts_writes_no_issue(forge: Forge) -> None:
    ran = forge.github(workflow(forge), "stale", WEEKLY)
    assert ran.exit == 0, ran.out
    assert "names no ticket counts" in ran.out
    assert [call for call in forge.calls() if call[0] == "gh"] == []


def test_the_stale_list_is_one_issue_that_is_kept_up_to_date(forge: Forge) -> None:
    with_tickets(forge.repository)
    ways = {
        "": [["label", "create"], ["issue", "list"], ["issue", "create"]],
        "7 OPEN": [["label", "create"], ["issue", "list"], ["issue", "edit", "7"]],
        "7 CLOSED": [
            ["label", "create"],
            ["issue", "list"],
            ["issue", "reopen", "7"],
            ["issue", "edit", "7"],
        ],
    }
    for answer, expected in ways.items():
        forge.answer = answer
        ran = forge.github(workflow(forge), "stale", WEEKLY)
        assert ran.exit == 0, ran.out
        calls = [call[1:] for call in forge.calls() if call[0] == "gh"]
        assert [call[: len(want)] for call, want in zip(calls, expected, strict=True)] == expected
        listed, last = calls[1], calls[-1]
        assert listed[listed.index("--label") + 1] == "stale-articles"
        assert "all" in listed, "a closed issue would be written anew each week"
        assert ("create" in last) is ("--title" in last) is ("--label" in last)
        body = forge.body().splitlines()
        assert (body[0], body[-1]) == ("~~~~~~text", "~~~~~~")
        assert body[1].startswith("counts.csv: ")


def test_a_broken_ticket_file_writes_no_issue(forge: Forge) -> None:
    with_tickets(forge.repository)
    (forge.repository / "counts.csv").write_text("topic,date,count\na,2026-11-02,many\n", encoding="utf-8")
    ran = forge.github(workflow(forge), "stale", WEEKLY)
    assert ran.exit == 1
    assert [call for call in forge.calls() if call[0] == "gh"] == []


def test_conditions_are_understood() -> None:
    known = {"github.event_name": "push", "github.event.schedule": ""}
    assert true("github.event_name == 'push'", known)
    assert not true("github.event_name == 'push' && github.event.schedule == '1 2 * * *'", known)
    assert true("github.event_name == 'pull' || github.event.schedule != '1 2 * * *'", known)
