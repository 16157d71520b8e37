"""A month, day by day: what is due is out, what is not is nowhere, and the build says what changed.

What must be visible is worked out here from the dates as text, not by the code under test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from kbtool.cli import run
from tests.conftest import Kb

FIRST, DAYS = date(2026, 11, 1), 30
NEVER = "9999-12-31"
LOCALES = ("en", "hi")


class Planned(NamedTuple):
    """One version of an article: visible from `start` on, and no longer on `end`, if it is published."""

    id: str
    locale: str
    start: str = ""
    end: str = NEVER
    status: str = "published"
    audience: str = "public"

    @property
    def name(self) -> str:
        """As the build names it."""
        return f"{self.locale}/orders/{self.id}"

    @property
    def word(self) -> str:
        """A word that stands in this version alone."""
        return f"zz{self.id}{self.locale}"

    def visible(self, day: str) -> bool:
        """Whether it is out on that day."""
        return self.status == "published" and self.start <= day < self.end

    def write(self, kb: Kb) -> None:
        """Its file."""
        lines = [f"title: {self.word} title", f"audience: {self.audience}", f"status: {self.status}"]
        lines += [f"publish_at: {self.start}"] if self.start else []
        lines += [f"expires_at: {self.end}"] if self.end != NEVER else []
        text = "\n".join(["---", *lines, "---", "", f"{self.word} body."])
        kb.write(f"articles/{self.locale}/orders/{self.id}.md", text + "\n")


PLAN = (
    Planned("always", "en"),
    Planned("always", "hi"),
    Planned("sale", "en", "2026-11-05", "2026-11-20"),  # the source is due before its translation
    Planned("sale", "hi", "2026-11-10", "2026-11-20"),
    Planned("offer", "en", "2026-11-15", "2026-11-25"),  # the translation is due before its source
    Planned("offer", "hi", "2026-11-08", "2026-11-28"),
    Planned("alone", "hi", "2026-11-22"),  # no source at all
    Planned("draft", "en", "2026-11-03", status="draft"),
    Planned("old", "en", "2026-11-03", "2026-11-09", status="archived"),
    Planned("old", "hi", "2026-11-03", status="archived"),
    Planned("inside", "en", "2026-11-12", "2026-11-18", audience="agents"),
)


def days() -> Iterator[str]:
    """Every day of the month."""
    return ((FIRST + timedelta(days=number)).isoformat() for number in range(DAYS))


def shown(id: str, locale: str, day: str) -> Planned | None:
    """The version that the public page of an article in a locale shows that day; None: no page."""
    out = {
        plan.locale: plan
        for plan in PLAN
        if plan.id == id and plan.visible(day) and plan.audience == "public"
    }
    return out.get(locale) or next((out[other] for other in LOCALES if other in out), None)


def news(before: str, day: str) -> str:
    """The line in which a build says what changed between two days."""

    def names(plans: Iterable[Planned]) -> str:
        marked = sorted(p.name + (" (agents)" if p.audience == "agents" else "") for p in plans)
        return ", ".join(marked)

    new = names(p for p in PLAN if p.visible(day) and not p.visible(before))
    gone = names(p for p in PLAN if p.visible(before) and not p.visible(day))
    parts = [f"newly published: {new}"] * bool(new) + [f"expired: {gone}"] * bool(gone)
    return f"since {before}: {'; '.join(parts)}" if parts else ""


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """The planned articles, not built yet."""
    kb = Kb(tmp_path_factory.mktemp("month")).settings(top="site_url: https://help.example.com/support/")
    for plan in PLAN:
        plan.write(kb)
    return kb


def build(day: str, *more: str) -> None:
    """Build in this process: a month of processes would take half a minute."""
    assert run(["build", "--today", day, *more]) == 0


def said(printed: str) -> str:
    """The line on changes among a build's closing lines."""
    return next((line for line in printed.splitlines() if line.startswith("since ")), "")


def words_in(tree: Iterable[bytes]) -> set[str]:
    """The planned versions of which any word stands anywhere in these files."""
    text = b"\n".join(tree)
    return {plan.word for plan in PLAN if plan.word.encode() in text}


def index_of(kb: Kb, locale: str) -> bytes:
    """The passages of the documents that the search of a locale knows."""
    files = sorted((kb.root / "site" / "search" / locale).glob("passages-*.json"))
    return b"\n".join(file.read_bytes() for file in files)


def check_public(kb: Kb, day: str) -> None:
    """Pages, sitemap and search of the public site are those of the day."""
    tree = kb.tree()
    sitemap = tree["sitemap.xml"].decode()
    for id in {plan.id for plan in PLAN}:
        for locale in LOCALES:
            plan, place = shown(id, locale, day), f"{locale}/orders/{id}/"
            assert (f"{place}index.html" in tree) is (plan is not None), (day, place)
            real = plan is not None and plan.locale == locale
            assert (f"/support/{place}</loc>" in sitemap) is real, (day, place)
            assert (f"zz{id}{locale} title".encode() in index_of(kb, locale)) is real, (day, place)
            if plan:
                assert f"{plan.word} body." in kb.page(place), (day, place)
    expected = {plan.word for plan in PLAN if plan.visible(day) and plan.audience == "public"}
    assert words_in(tree.values()) == expected, day


def test_a_month_day_by_day(
    center: Kb, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(center.root)
    before, lines = "", []
    for day in days():
        build(day)
        printed = said(capsys.readouterr().out)
        assert printed == (news(before, day) if before else ""), day
        lines += [printed] if printed else []
        check_public(center, day)
        agents = words_in(center.tree(".kbtool/mkdocs/agents").values())
        assert agents == {plan.word for plan in PLAN if plan.visible(day)}, day
        before = day
    assert "since 2026-11-04: newly published: en/orders/sale" in lines
    assert "since 2026-11-11: newly published: en/orders/inside (agents)" in lines
    assert "since 2026-11-19: expired: en/orders/sale, hi/orders/sale" in lines
    assert len(lines) == 10


def test_days_that_were_skipped_are_summed_up(
    center: Kb, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(center.root)
    build("2026-11-07", "-q")
    capsys.readouterr()
    build("2026-11-21")
    forth = said(capsys.readouterr().out)
    assert (
        forth
        == "since 2026-11-07: newly published: en/orders/offer, hi/orders/offer; expired: en/orders/sale"
    )
    build("2026-11-07")
    back = said(capsys.readouterr().out)
    assert (
        back
        == "since 2026-11-21: newly published: en/orders/sale; withdrawn: en/orders/offer, hi/orders/offer"
    )


def test_a_machine_that_starts_empty_says_what_the_day_brought(
    center: Kb, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(center.root)
    build("2026-11-20", "--audience", "public", "--site-dir", str(tmp_path / "fresh"))
    assert said(capsys.readouterr().out) == "since 2026-11-19: expired: en/orders/sale, hi/orders/sale"
    build("2026-11-12", "--audience", "public", "--site-dir", str(tmp_path / "other"))
    assert said(capsys.readouterr().out) == ""


def test_a_rehearsal_elsewhere_is_not_taken_for_the_last_release(
    center: Kb, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(center.root)
    build("2026-11-04", "-q")
    build("2026-11-30", "-q", "--site-dir", str(tmp_path / "rehearsal"))
    capsys.readouterr()
    build("2026-11-05")
    assert said(capsys.readouterr().out) == "since 2026-11-04: newly published: en/orders/sale"


def test_the_record_is_private_and_never_in_the_site(center: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(center.root)
    build("2026-11-12", "-q")
    record = center.root / ".kbtool" / "mkdocs"
    assert "en/orders/inside" in (record / "builds.json").read_text(encoding="utf-8")
    assert record.stat().st_mode & 0o077 == 0
    assert not [path for path in center.tree() if "release" in path or path.endswith("builds.json")]


def test_a_failed_build_leaves_the_record(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kb.root)
    for plan in PLAN[:4]:
        plan.write(kb)
    build("2026-11-04", "-q")
    kb.write("articles/en/orders/broken.md", "---\ntitle: [open\n---\n")
    assert run(["build", "--today", "2026-11-06", "-q"]) == 1
    kb.write("articles/en/orders/broken.md", "# Mended\n\nText.\n")
    done = kb.run("build", "--today", "2026-11-07")
    expected = "since 2026-11-04: newly published: en/orders/broken, en/orders/sale"
    assert said(done.out) == expected
