from __future__ import annotations

from dataclasses import replace
from datetime import date

from kbtool.model import Article, Audience, Location
from kbtool.report.changes import Release, changes, live_on, release

DAY = date(2026, 11, 20)
BOTH: tuple[Audience, ...] = ("public", "agents")
PUBLIC, AGENTS = BOTH[:1], BOTH[1:]


def article(id: str, **facts: object) -> Article:
    base = Article(id=id, locale="en", title=id, body="", where=Location(f"{id}.md"))
    return replace(base, **facts)  # type: ignore[arg-type]


def last(*public: str, agents: tuple[str, ...] = ()) -> Release:
    return Release(date(2026, 11, 1), {"public": frozenset(public), "agents": frozenset(agents)})


def test_new_expired_and_withdrawn_are_told_apart() -> None:
    articles = [
        article("new"),
        article("kept"),
        article("over", expires_at=DAY),
        article("pulled", status="draft"),
        article("shelved", status="archived", expires_at=DAY),
    ]
    before = last("en/kept", "en/over", "en/pulled", "en/shelved", "en/deleted")
    assert changes(articles, BOTH, DAY, before) == (
        "since 2026-11-01: newly published: en/new; expired: en/over; "
        "withdrawn: en/deleted, en/pulled, en/shelved"
    )


def test_nothing_new_is_no_line() -> None:
    assert changes([article("kept")], BOTH, DAY, last("en/kept")) == ""
    assert changes([article("kept")], BOTH, DAY, None) == ""


def test_without_a_last_build_only_dates_count() -> None:
    articles = [
        article("old"),
        article("due", publish_at=DAY),
        article("over", expires_at=DAY),
        article("earlier", publish_at=date(2026, 11, 19)),
    ]
    expected = "since 2026-11-19: newly published: en/due; expired: en/over"
    assert changes(articles, BOTH, DAY, None) == expected


def test_an_article_that_becomes_public_is_published_not_withdrawn() -> None:
    said = changes([article("a")], BOTH, DAY, last(agents=("en/a",)))
    assert said == "since 2026-11-01: newly published: en/a"
    back = changes([article("a", audience="agents")], BOTH, DAY, last("en/a"))
    assert back == "since 2026-11-01: newly published: en/a (agents); withdrawn: en/a"
    secret = [article("a", audience="agents"), article("b", audience="agents"), article("c", status="draft")]
    assert changes(secret, PUBLIC, DAY, last("en/a")) == "since 2026-11-01: withdrawn: en/a"


def test_long_lists_are_cut() -> None:
    said = changes([article(f"a{number}") for number in range(9)], BOTH, DAY, last())
    assert said.endswith("newly published: en/a0, en/a1, en/a2, en/a3, en/a4, 4 more")


def test_a_tree_that_was_not_built_keeps_what_it_had() -> None:
    articles = [article("a"), article("b", audience="agents")]
    before = last(agents=("en/old",))
    done = release(articles, PUBLIC, DAY, before)
    assert done == Release(DAY, {"public": frozenset({"en/a"}), "agents": frozenset({"en/old"})})
    assert changes(articles, PUBLIC, DAY, before) == "since 2026-11-01: newly published: en/a"
    assert live_on(articles, AGENTS, DAY) == {"agents": frozenset({"en/b"})}
