"""`kbtool review mark` clears an article from the list, until its tickets rise again."""

from __future__ import annotations

from kbtool.errors import Exit
from tests.conftest import Kb

DAY = ("--today", "2026-11-15")


def test_a_review_of_every_version_or_of_one(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\nreviewed: 2025-01-02\n---\n# A\n").write("articles/hi/a.md", "# अ\n")
    one = kb.run("review", "mark", "a", "--lang", "hi", *DAY)
    assert one.exit == Exit.CLEAN, one.err
    assert one.out == "articles/hi/a.md: reviewed 2026-11-15\n"
    assert (kb.root / "articles/en/a.md").read_text() == "---\nreviewed: 2025-01-02\n---\n# A\n"
    both = kb.run("review", "mark", "a", *DAY)
    assert both.out.splitlines() == [
        "articles/en/a.md: reviewed 2026-11-15, before 2025-01-02",
        "articles/hi/a.md: reviewed 2026-11-15, before 2026-11-15",
    ]
    assert (kb.root / "articles/hi/a.md").read_text() == "---\nreviewed: 2026-11-15\n---\n# अ\n"


def test_it_leaves_the_list(kb: Kb, own_site: Kb) -> None:
    for path in ("examples/tickets.csv", "articles/en/publishing/hosting.md"):
        kb.write(path, (own_site.root / path).read_text(encoding="utf-8"))
    stale = ("stale", "--tickets", "examples/tickets.csv", *DAY)
    assert "Look at these articles first" in kb.run(*stale).out
    kb.run("review", "mark", "publishing/hosting", "--today", "2026-11-08")
    assert "Look at these articles first" not in kb.run(*stale).out


def test_what_is_not_there(kb: Kb) -> None:
    kb.write("articles/en/a.md", "# A\n")
    for arguments, message in ((("b",), "no article with the id 'b'"), (("a", "--lang", "hi"), "it has en")):
        done = kb.run("review", "mark", *arguments)
        assert done.exit == Exit.USAGE
        assert message in done.err
