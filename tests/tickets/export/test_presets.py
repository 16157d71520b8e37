"""Every preset, on an export of the shape that its system writes."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kbtool.errors import UsageError
from kbtool.tickets.export.importing import Imported, Knowledge, Matched, import_tickets
from kbtool.tickets.export.preset import load_preset, preset_names
from kbtool.tickets.export.topics import TopicFinder, TopicRule

RULES = [TopicRule("refunds", values=("Money back",), tags=("refund",), words=("धनवापसी",))]


def imported(
    path: Path, preset: str, fields: dict[str, tuple[str, ...]] | None = None, order: str = ""
) -> Imported:
    finder = TopicFinder(RULES, ["delivery"], {"en/delivery/late/": "delivery"}, "https://help.example/")
    knowledge = Knowledge(finder, lambda texts: [Matched()] * len(texts), lambda _: "en")
    return import_tickets([path], load_preset(preset), fields or {}, knowledge, ZoneInfo("UTC"), order)


def counts(found: Imported) -> dict[str, int]:
    totals: dict[str, int] = {}
    for (_, topic, _), cell in found.cells.items():
        totals[topic] = totals.get(topic, 0) + cell.count
    return totals


def table(rows: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


DAY = "2026-03-04T10:00:00Z"
ZENDESK: list[dict[str, object]] = [
    {"id": 1, "created_at": DAY, "updated_at": "2026-03-05T10:00:00Z", "status": "solved",
     "raw_subject": "Where is it", "tags": ["refund"], "via": {"channel": "email"},
     "satisfaction_rating": {"score": "good"}, "custom_fields": [{"id": 77, "value": None}],
     "metric_set": {"replies": 1, "reopens": 0, "reply_time_in_minutes": {"calendar": 90}}, "brand_id": 3},
    {"id": 1, "created_at": DAY, "updated_at": "2026-03-04T11:00:00Z", "status": "open",
     "raw_subject": "Where is it", "tags": [], "via": {"channel": "email"}},
    {"id": 2, "created_at": DAY, "status": "closed", "subject": "x", "tags": ["spam"]},
    {"id": 3, "created_at": DAY, "status": "closed", "subject": "x", "tags": ["closed_by_merge"]},
    {"id": 4, "created_at": DAY, "status": "deleted", "subject": "x", "tags": []},
    {"id": 5, "created_at": DAY, "status": "closed", "subject": "?", "tags": [],
     "comments": [{"body": "see https://help.example/en/delivery/late/#when"}]},
    {"id": 6, "created_at": DAY, "status": "closed", "subject": "मेरी धनवापसी कब", "tags": []},
    {"id": 7, "created_at": DAY, "status": "closed", "subject": "?",
     "custom_fields": [{"id": 77, "value": "Money Back"}]},
]  # fmt: skip
FRESHDESK: list[dict[str, object]] = [
    {"id": 1, "created_at": DAY, "subject": "a", "tags": ["refund"], "source": 3, "status": 5,
     "spam": False, "deleted": False, "custom_fields": {"cf_topic": None}},
    {"id": 2, "created_at": DAY, "subject": "a", "tags": [], "source": 1, "status": 2,
     "spam": True, "deleted": False, "custom_fields": {"cf_topic": "delivery"}},
    {"id": 3, "created_at": DAY, "subject": "a", "tags": [], "source": 7, "status": 2,
     "spam": False, "deleted": False, "custom_fields": {"cf_topic": "Delivery"}},
]  # fmt: skip
INTERCOM = {
    "type": "conversation.list",
    "conversations": [
        {"id": "9", "created_at": 1772618400, "updated_at": 1772618500, "title": None, "state": "closed",
         "source": {"type": "conversation", "subject": "", "body": "<p>refund?</p>"},
         "tags": {"type": "tag.list", "tags": [{"id": "1", "name": "Refund"}]},
         "conversation_rating": {"rating": 5}, "statistics": {"time_to_admin_reply": 1800}},
    ],
}  # fmt: skip
JSM = [
    ["Summary", "Issue key", "Created", "Status", "Resolution", "Labels", "Labels", "Assignee"],
    ["a", "S-1", "04/Mar/26 10:20 PM", "Done", "Done", "vip", "refund", "Kim"],
    ["a", "S-2", "14/Mar/26 10:20 PM", "Done", "Duplicate", "refund", "", "Kim"],
    ["a, b", "S-3", "5/Mar/26 9:20 AM", "Open", "", "", "delivery", "Kim"],
]
SALESFORCE = [
    [
        "Case Number",
        "Subject",
        "Date/Time Opened",
        "Case Origin",
        "Status",
        "Language",
        "Case Reason",
        "Account Name",
    ],
    ["001", "a", "13/3/2026 10:20", "Phone", "Closed", "hi", "Refund", "X"],
    ["002", "a", "3/3/2026 10:20", "Web", "Duplicate", "en_US", "Refund", "X"],
]
HUBSPOT = [
    ["Ticket ID", "Ticket name", "Create date", "Source", "Ticket status", "Category", "Associated contact"],
    ["1", "a", "2026-03-04 10:20", "Chat", "Closed", "Refund", "Ravi (ravi@mail.example)"],
]


def test_zendesk(tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(map(json.dumps, ZENDESK)) + "\n", encoding="utf-8")
    found = imported(path, "zendesk", {"topic": ("custom_fields.77",)})
    assert counts(found) == {"refunds": 3, "delivery": 1}
    assert found.ways == {"field": 1, "tags": 1, "links": 1, "words": 1}
    assert found.left_out == {"deleted": 1, "merged": 1, "repeated": 1, "spam": 1}
    assert found.tickets == 8
    assert "brand_id" in found.unused
    assert found.used["topic"] == "custom_fields.77"
    (rated,) = [cell for cell in found.cells.values() if cell.count == 3]
    assert (rated.sums, rated.numbers) == ([100.0, 0.0, 100.0, 1.5], [1, 0, 1, 1])
    pages = tmp_path / "pages.jsonl.gz"
    text = "\n".join(
        json.dumps({"tickets": ZENDESK[n : n + 3], "end_of_stream": n > 5}) for n in (0, 2, 4, 6)
    )
    pages.write_bytes(gzip.compress(text.encode()))
    assert counts(imported(pages, "zendesk", {"topic": ("custom_fields.77",)})) == counts(found)


def test_a_view_of_zendesk_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "view.csv"
    rows = [["Id", "Subject", "Created at", "Tags"], ["1", "a", "2026-03-04 10:20", "vip refund"]]
    path.write_text("\ufeff" + table(rows).replace(",", ";"), encoding="utf-8")
    assert counts(imported(path, "zendesk")) == {"refunds": 1}


@pytest.mark.parametrize("as_lines", [True, False])
def test_freshdesk(tmp_path: Path, as_lines: bool) -> None:
    path = tmp_path / "export.json"
    path.write_text("\n".join(map(json.dumps, FRESHDESK)) if as_lines else json.dumps(FRESHDESK, indent=1))
    found = imported(path, "freshdesk", {"topic": ("custom_fields.cf_topic",)})
    assert counts(found) == {"refunds": 1, "delivery": 1}
    assert found.channels == {"phone": 1, "chat": 1}
    assert found.left_out == {"spam": 1}


def test_intercom(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(INTERCOM))
    found = imported(path, "intercom")
    assert counts(found) == {"refunds": 1}
    ((cell, value),) = found.cells.items()
    assert (value.sums[0], value.sums[3]) == (100.0, 0.5)
    assert found.days
    assert found.days[0].isoformat() == "2026-03-04"
    assert cell[2] == "en"


def test_jira_repeats_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(table(JSM))
    found = imported(path, "jsm")
    assert counts(found) == {"refunds": 1, "delivery": 1}
    assert found.left_out == {"merged": 1}
    assert found.unused == ["Assignee"]


def test_salesforce_and_the_order_of_its_dates(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(table(SALESFORCE))
    found = imported(path, "salesforce")
    assert (counts(found), found.order, found.locales) == ({"refunds": 1}, "dmy", {"hi": 1})
    path.write_text(table([SALESFORCE[0], SALESFORCE[2]]))
    unclear = imported(path, "salesforce")
    assert not unclear.counted
    assert "can be read in two ways" in unclear.findings[0].message
    assert imported(path, "salesforce", order="mdy").left_out == {"merged": 1}


def test_hubspot(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(table(HUBSPOT))
    found = imported(path, "hubspot")
    assert counts(found) == {"refunds": 1}
    assert found.unused == ["Associated contact"]


def test_a_help_desk_that_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    header = ["id", "created", "subject", "tags", "status", "csat", "nps", "first_contact", "answer_hours"]
    path.write_text(table([header, ["1", "2026-03-04", "a", "refund", "open", "good", "10", "yes", "2"]]))
    ((_, cell),) = imported(path, "generic").cells.items()
    assert (cell.sums, cell.numbers) == ([100.0, 100.0, 100.0, 2.0], [1, 1, 1, 1])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ('{"id": 1, "created_at": "2026-03-04"}\n{"id": 2,\n', "no JSON"),
        ("[1, 2]", "no ticket"),
        ('{\n"tickets": [\n', "no JSON"),
        ('{"id": 1}\n', "time"),
        ('{"created_at": "2026-03-04"}\n', "number of a ticket"),
        ("Id,Subject\n", "no ticket in it"),
        ('"Id,Subject\n', "never closed"),
        ('Id,Created at\n1\n"2,3\n', "cells where"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "export"
    path.write_text(text)
    found = imported(path, "zendesk")
    assert any(message in finding.message for finding in found.findings), found.findings
    assert all(finding.help for finding in found.findings)


def test_every_preset_can_be_used_and_says_what_it_is_made_from() -> None:
    names = preset_names()
    assert names == ["freshdesk", "generic", "hubspot", "intercom", "jsm", "salesforce", "zendesk"]
    presets: dict[str, Any] = {name: load_preset(name) for name in names}
    assert {name for name in names if not presets[name].verified} == {"hubspot", "salesforce"}
    for preset in presets.values():
        assert {"id", "created", "subject"} <= set(preset.fields)


def test_a_preset_of_ones_own_and_what_is_wrong_with_one(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("name: Own\nfields: {id: [nr], created: [wann]}\n")
    assert load_preset(str(own)).fields["created"] == ("wann",)
    own.write_text("name: Own\nfields: {idd: [nr]}\ncsat: {good: [x]}\n")
    with pytest.raises(
        UsageError, match=r"line 2: unknown key 'idd' below fields; line 3: unknown key 'good'"
    ):
        load_preset(str(own))
    with pytest.raises(UsageError) as caught:
        load_preset("zendsk")
    assert "zendesk" in caught.value.help
