"""Sections: their order, their keys, and what is wrong with the file that describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.content.sections import FILE, read_sections, readable
from kbtool.model import Finding, Section

USED = ["billing", "start/first/steps", "", "billing/refunds", "accounts"]


def read(
    folder: Path, text: str | bytes | None, used: list[str] = USED
) -> tuple[tuple[Section, ...], list[Finding]]:
    if text is not None:
        (folder / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_sections(folder, used)


def test_without_a_file_folders_are_sections_by_name_parents_too(tmp_path: Path) -> None:
    sections, findings = read(tmp_path, None)
    assert findings == []
    assert [s.path for s in sections] == [
        "accounts",
        "billing",
        "billing/refunds",
        "start",
        "start/first",
        "start/first/steps",
    ]
    assert sections[0] == Section("accounts", {"": "Accounts"})


def test_listed_sections_come_first_and_keep_their_children(tmp_path: Path) -> None:
    sections, findings = read(
        tmp_path,
        """
start/first/steps: {}
start: {title: {en: Start, hi: शुरू}, description: One, icon: material/rocket, articles: [b, a]}
billing/refunds:
billing: {title: Money, audience: agents, owner: Billing, topics: [refunds]}
""",
    )
    assert findings == []
    assert [s.path for s in sections] == [
        "start",
        "start/first",
        "start/first/steps",
        "billing",
        "billing/refunds",
        "accounts",
    ]
    assert sections[0] == Section(
        "start",
        {"": "Start", "en": "Start", "hi": "शुरू"},
        {"": "One"},
        "material/rocket",
        order=("b", "a"),
    )
    assert sections[3] == Section(
        "billing", {"": "Money"}, audience="agents", owner="Billing", topics=("refunds",)
    )


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("getting-started", "Getting started"),
        ("two_words", "Two words"),
        ("FAQ", "FAQ"),
        ("As written", "As written"),
        ("धनवापसी-नीति", "धनवापसी नीति"),
    ],
)
def test_titles_from_names(name: str, title: str) -> None:
    assert readable(name) == title


@pytest.mark.parametrize(
    ("text", "severity", "line", "message", "help"),
    [
        (
            "biling: {title: B}",
            "warning",
            1,
            "the section 'biling' has no article",
            "did you mean 'billing'?",
        ),
        ("biling: {audience: agents}", "error", 1, "the section 'biling' has no article", "'billing'?"),
        ("/billing: {audience: agents}", "error", 1, "the section '/billing' has no article", "'billing'?"),
        ("en/billing/: {audience: agents}", "error", 1, "'en/billing/' has no article", "'billing'?"),
        ("Billing: {audience: agents}", "error", 1, "'Billing' has no article", "'billing'?"),
        ("a: 1\nbilling: {audience: }", "error", 2, "'billing.audience' is empty", "remove the line"),
        ("planned: {owner: x}", "warning", 1, "'planned' has no article", "write its first article"),
        ("bil: {audience: agents}", "error", 1, "'bil' has no article", "write its first article"),
        ("billing:\naudience: agents", "error", 2, "'audience' has no article", "remove it"),
        ("sections:\n  billing: {audience: agents}", "error", 1, "'sections' has no article", "remove it"),
        ("<<: {billing: {owner: x}}", "error", 1, "'<<' has no article", "remove it"),
        (
            "a: 1\nbilling:\n  audiense: agents",
            "error",
            3,
            "unknown setting 'billing.audiense'",
            "'audience'?",
        ),
        ("a: 1\nbilling: {audience: agent}", "error", 2, "'agent' is not one of public, agents", "'agents'?"),
        ("a: 1\nbilling: x", "error", 2, "billing holds settings of its own", "key: value"),
        ("- a", "error", 1, "this does not say anything of sections", "write each as its folder"),
        ("a: [", "error", 1, "can only be read in quotes", 'a: "["'),
        (b"a: 1\n\xff", "error", 2, "the byte 0xff here is not UTF-8", "save the file as UTF-8"),
    ],
)
def test_problems(
    tmp_path: Path, text: str | bytes, severity: str, line: int, message: str, help: str
) -> None:
    sections, findings = read(tmp_path, text)
    found = findings[-1]
    assert (found.severity, found.where.line) == (severity, line)
    assert found.where.path.endswith(FILE)
    assert message in found.message
    assert help in found.help
    assert "billing" in [s.path for s in sections]


def test_a_protected_folder_beside_one_in_other_capitals_is_an_error(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("intern: {audience: agents}\n")
    _, (found,) = read_sections(tmp_path, ["intern", "Intern"])
    assert (found.severity, found.where.line) == ("error", 1)
    assert "'Intern'" in found.message
    (tmp_path / FILE).write_text("intern: {audience: agents}\nIntern: {audience: public}\n")
    assert read_sections(tmp_path, ["intern", "Intern"])[1] == []


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "# nothing yet\n") == read(tmp_path, None)
