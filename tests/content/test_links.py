"""What a target of an article means."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.content.links import Resolver
from kbtool.content.protected import AGENTS, Hidden, Why
from kbtool.model import Location, Target
from tests.samples import article

LOCALES = ("en", "hi")
ONE = article("orders/returns")
ONE_HI = article("orders/returns", "hi")
TWO = article("money/refund")
WHERE = Location("x.md", 1, 2)


def resolver(*, hidden: Hidden | None = None, base: str = "", layout: str = "{locale}/{path}") -> Resolver:
    assets = {"en/orders/label.svg": Path("/a.svg"), "_assets/logo.svg": Path("/b.svg")}
    return Resolver((ONE, ONE_HI, TWO), LOCALES, assets, layout, hidden=hidden, base=base)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("returns.md", ("orders/returns", "en")),
        ("../money/refund.md#x", ("money/refund", "en")),
        ("../../hi/orders/returns.md", ("orders/returns", "hi")),
        ("../../hi/money/refund.md", ("money/refund", "en")),
        ("gone.md", None),
        ("returns", None),
        ("#x", None),
        ("", None),
    ],
)
def test_the_article_and_the_locale_that_a_link_asks_for(written: str, found: tuple[str, str] | None) -> None:
    assert resolver().article(written, ONE) == found


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("label.svg", "/a.svg"),
        ("logo.svg", "/b.svg"),
        ("label.svg?x#y", "/a.svg"),
        ("/label.svg", None),
        ("../../../etc/x", None),
        ("", None),
    ],
)
def test_files_of_the_source_and_of_the_folder_for_all(written: str, file: str | None) -> None:
    found = resolver().asset(written, ONE_HI)
    assert found == (Path(file) if file else None)


@pytest.mark.parametrize(
    ("kind", "written", "rule"),
    [
        ("link", "returns.md", ""),
        ("link", "label.svg", ""),
        ("link", "gone.md", "broken-link"),
        ("link", "", "broken-link"),
        ("image", "", "broken-link"),
        ("image", "label.svg", ""),
        ("image", "gone.svg", "missing-image"),
        ("image", "returns.md", "missing-image"),
        ("image", "https://img.example/a.png", "remote-image"),
        ("file", "gone.mp4", "missing-file"),
        ("file", "//img.example/a.mp4", "remote-image"),
    ],
)
def test_what_is_wrong_with_a_target(kind: str, written: str, rule: str) -> None:
    found = resolver().problem(Target(kind, written), ONE, WHERE, "the line")  # type: ignore[arg-type]
    assert (found.rule if found else "") == rule
    if found:
        assert (found.where, found.source_line, found.severity) == (WHERE, "the line", "warning")


def test_the_reason_why_an_article_cannot_be_reached() -> None:
    known = resolver(hidden=Hidden({"en/orders/draft": Why("a draft"), "en/orders/inside": Why(AGENTS)}))
    draft = known.problem(Target("link", "draft.md"), ONE, WHERE)
    inside = known.problem(Target("link", "inside.md"), ONE, WHERE)
    assert draft is not None
    assert inside is not None
    assert "which is a draft" in draft.message
    assert "!!! agents" in inside.help


def test_what_a_target_meant_is_named_below_the_folder_of_articles() -> None:
    known = resolver(base="docs")
    link = known.problem(Target("link", "../money/refnd.md#x"), ONE, WHERE)
    image = known.problem(Target("image", "gone.svg?v=1"), ONE_HI, WHERE)
    assert link is not None
    assert image is not None
    assert (link.about, link.help) == ("docs/en/money/refnd.md", "did you mean ../money/refund.md?")
    assert image.about == "docs/hi/orders/gone.svg"
    without = resolver().problem(Target("link", "gone.md"), ONE, WHERE)
    assert without is not None
    assert without.about == ""
