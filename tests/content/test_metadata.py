"""Front matter keys: what each gives, and how a slip in one is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from kbtool.config import FieldRule
from kbtool.content.metadata import GUARDING_KEYS, MATERIAL_KEYS, Metadata, read_metadata
from kbtool.model import Finding, Question, TranslatedFrom
from kbtool.typed import keys_of
from kbtool.yamlfile import YamlReader

COMPLETE = """
title: "  Refunds:\\n how long "
description: >
  Two lines
  as one.
id: refunds/how-long
type: faq
audience: agents
status: draft
publish_at: 2026-11-23
expires_at: 2027-01-01
topics: [refunds, money]
tags: refund
product: [app]
aliases: [paisa wapas, पैसे]
questions:
  - {question: "Q\\n?", answer: "A\\n\\nB"}
owner: Billing
reviewed: 2026-01-02
review_every: 90d
significance: typo
source: {locale: en, sections: {title: abc}}
redirect_from: [/old]
related: [a, b]
"""


def read(text: str, fields: Mapping[str, FieldRule] | None = None) -> tuple[Metadata, list[Finding]]:
    reader = YamlReader("a.md", text, "bad-metadata", 2)
    node = reader.read()
    assert node is not None or not text, reader.findings
    return read_metadata(node, fields or {}, reader), reader.findings


def test_every_key_is_read() -> None:
    data, findings = read(COMPLETE)
    assert findings == []
    assert data == Metadata(
        title="Refunds: how long",
        description="Two lines as one.",
        id="refunds/how-long",
        type="faq",
        audience="agents",
        status="draft",
        publish_at=date(2026, 11, 23),
        expires_at=date(2027, 1, 1),
        topics=("refunds", "money"),
        tags=("refund",),
        product=("app",),
        aliases=("paisa wapas", "पैसे"),
        questions=(Question("Q ?", "A\n\nB"),),
        owner="Billing",
        reviewed=date(2026, 1, 2),
        review_every=90,
        significance="typo",
        source=TranslatedFrom("en", {"title": "abc"}),
        redirect_from=("/old",),
        related=("a", "b"),
    )
    for name in keys_of(Metadata):
        assert getattr(data, name) != getattr(Metadata(), name), f"the example leaves {name} at its default"


@pytest.mark.parametrize("text", ["", "~", "title:\ntags:\nreviewed: ~\nquestions:"])
def test_what_is_empty_is_unset(text: str) -> None:
    assert read(text) == (Metadata(), [])


@pytest.mark.parametrize("name", sorted(MATERIAL_KEYS))
def test_keys_of_material_pass(name: str) -> None:
    assert read(f"{name}: [x]") == (Metadata(), [])


@pytest.mark.parametrize(
    ("text", "severity", "rule", "help"),
    [
        ("audiense: agents", "error", "near-miss-key", "did you mean 'audience'?"),
        ("Audience: agents", "error", "near-miss-key", "did you mean 'audience'?"),
        ("audience : agents\naudince: agents", "error", "near-miss-key", "did you mean 'audience'?"),
        ("'audience ': agents", "error", "near-miss-key", "did you mean 'audience'?"),
        ("staus: draft", "error", "near-miss-key", "did you mean 'status'?"),
        ("publish-at: 2027-01-01", "error", "near-miss-key", "did you mean 'publish_at'?"),
        ("publish_on: 2027-01-01", "error", "near-miss-key", "did you mean 'publish_at'?"),
        ("expire_at: 2027-01-01", "error", "near-miss-key", "did you mean 'expires_at'?"),
        ("visiblity: x", "error", "near-miss-key", "did you mean 'visibility'?"),
        ("owmer: Me", "warning", "near-miss-key", "did you mean 'owner'?"),
        ("tag: [a]", "warning", "near-miss-key", "did you mean 'tags'?"),
        ("realted: [a]", "warning", "near-miss-key", "did you mean 'related'?"),
        ("author: Me", "warning", "unknown-key", "remove it, or name it under articles.fields"),
        ("on: yes", "warning", "unknown-key", "articles.fields"),
        ("1: x", "warning", "unknown-key", "articles.fields"),
    ],
)
def test_unknown_keys(text: str, severity: str, rule: str, help: str) -> None:
    _, findings = read(text)
    name = text.rsplit("\n", maxsplit=1)[-1].partition(":")[0].strip("'")
    (found,) = findings
    assert (found.severity, found.rule) == (severity, rule)
    assert found.message == f"unknown key '{name}'"
    assert help in found.help
    assert found.where.line == 2 + text.count("\n")


@pytest.mark.parametrize("key", GUARDING_KEYS)
@pytest.mark.parametrize("hidden", ["\xa0", "\u200b", "\u2060", "\u200e"])
def test_an_invisible_character_in_a_key_that_guards_is_named(key: str, hidden: str) -> None:
    for written in (hidden + key, key + hidden, key[:3] + hidden + key[3:]):
        _, (found,) = read(f"{written}: x")
        assert found.severity == "error"
        assert found.message == f"the key '{key}' holds the invisible character U+{ord(hidden):04X}"


@pytest.mark.parametrize(
    ("text", "column", "message", "help"),
    [
        ("- a", 1, "the front matter is not a mapping", "write it as key: value, one a line"),
        ("title:नमस्ते", 1, "the front matter is not a mapping", "with a space behind the colon"),
        ("audience:", 1, "'audience' is empty", "write `public` · `agents`, or remove the line"),
        ("status: ~", 1, "'status' is empty", "write `draft` · `published` · `archived`"),
        ("publish_at:", 1, "'publish_at' is empty", "write a day, such as 2026-03-04, or remove the line"),
        ("expires_at: ~", 1, "'expires_at' is empty", "write a day"),
        ("<<: {audience: agents}", 1, "nothing is merged", "write its keys out"),
        ("audience: agent", 11, "'agent' is not one of public, agents", "did you mean 'agents'?"),
        ("status: live", 9, "'live' is not one of draft, published, archived", "write one of: draft"),
        ("publish_at: 2026-13-45", 13, "there is no day 2026-13-45 in the calendar", "check year, month"),
        ("reviewed: 03/04/2024", 11, "'03/04/2024' is not a date", "year-month-day, such as 2026-03-04"),
        ("review_every: 90", 15, "'90' is not a length of time", "90d, 12w, 6m or 1y"),
        ("id: धन", 5, "'धन' cannot be an id", "use the letters a to z"),
        ("id: ../x", 5, "'../x' cannot be an id", "use the letters a to z"),
        ("id: a b", 5, "'a b' cannot be an id", "use the letters a to z"),
        ("title: [a]", 8, "one text is wanted here", "in quotes"),
        ("questions: [{question: Q}]", 13, "needs `question:` and `answer:`", "write both below one '- '"),
        ("questions: [{question: Q, answer: }]", 13, "needs `question:` and `answer:`", "write both"),
        ("questions: [{question: Q, answer: A, draft: true}]", 38, "has no key 'draft'", "only `question:`"),
        ("questions: [Q]", 13, "needs `question:` and `answer:`", "write both"),
    ],
)
def test_bad_values(text: str, column: int, message: str, help: str) -> None:
    _, (found,) = read(text)
    assert (found.severity, found.rule) == ("error", "bad-metadata")
    assert (found.where.line, found.where.column) == (2, column)
    assert message in found.message
    assert help in found.help
    assert found.source_line == text


def test_all_problems_of_a_file_at_once() -> None:
    data, findings = read("audiense: agents\nreviewed: soon\nowmer: x\nstatus: live\ntitle: T")
    assert [f.where.line for f in findings] == [2, 3, 4, 5]
    assert data == Metadata(title="T")


FIELDS = {
    "updated": FieldRule("reviewed"),
    "draft": FieldRule("status", {"true": "draft", "false": "published"}),
    "section": FieldRule(),
    "odd": FieldRule("audiense"),
}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("updated: 2026-01-02", Metadata(reviewed=date(2026, 1, 2))),
        ("draft: true", Metadata(status="draft")),
        ("draft: False", Metadata(status="published")),
        ("section: {any: [thing]}", Metadata()),
    ],
)
def test_keys_of_another_system(text: str, data: Metadata) -> None:
    assert read(text, FIELDS) == (data, [])


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("draft: maybe", "articles.fields has no word for 'draft: maybe'", "articles.fields.draft.status"),
        ("draft: [true]", "articles.fields has no word for 'draft: …'", "articles.fields.draft.status"),
        ("draft: true\nstatus: published", "'status' and 'draft' both say the status", "keep one of them"),
        ("status: published\ndraft: true", "'draft' and 'status' both say the status", "keep one of them"),
        ("odd: agents", "unknown key 'audiense'", "did you mean 'audience'?"),
        ("updated: soon", "'soon' is not a date", "2026-03-04"),
    ],
)
def test_what_cannot_be_mapped_is_an_error(text: str, message: str, help: str) -> None:
    _, (found,) = read(text, FIELDS)
    assert found.severity == "error"
    assert message in found.message
    assert help in found.help


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"{key}: true"
            for key in ("draft", "published", "visibility", "hidden", "private", "publish_date")
        ),
        *(f"{key}: x" for key in ("Draft", "isDraft", "is_draft", "kb_audience", "audienceType")),
        *(f"{key}: x" for key in ("not_before", "pubDate", "publication_date", "valid_until", "visible_to")),
        *(
            f"{key}: x"
            for key in ("agents_only", "agents", "acl", "noindex", "embargoed", "go-live", "ｄraft")
        ),
        "for: agents",
        "who: [Agents]",
        "condition: Draft",
        "metadata: {audience: agents}",
        "extra: [{a: {isDraft: true}}]",
        "hide: true",
        "search: {exclude: true}",
    ],
)
def test_keys_with_which_other_systems_hold_a_page_back_are_errors(text: str) -> None:
    _, (found,) = read(text)
    assert (found.severity, found.rule, found.where.line) == ("error", "near-miss-key", 2)
    assert "articles.fields" in found.help
    name = text.partition(":")[0]
    assert read(text, {name: FieldRule()}) == (Metadata(), [])


@pytest.mark.parametrize(
    "text",
    [
        "weight: 3",
        "accessibility: x",
        "agenda: x",
        "condition: open",
        "a: {b: x}",
        "republic: x",
    ],
)
def test_keys_that_guard_nothing_are_warnings(text: str) -> None:
    _, (found,) = read(text)
    assert found.severity == "warning"


@pytest.mark.parametrize("text", ["search: {exclude: false}", "search: {boost: 2}", "hide:", "hide: [toc]"])
def test_keys_of_material_that_hide_nothing_pass(text: str) -> None:
    assert read(text) == (Metadata(), [])
