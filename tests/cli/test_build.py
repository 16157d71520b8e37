from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from kbtool.errors import Exit
from tests.conftest import Kb

GOOD = "---\ntitle: Refunds\n---\n\nMoney comes back.\n"


def test_a_build_writes_both_trees_and_one_summary_line(kb: Kb) -> None:
    kb.write("articles/en/refund.md", GOOD).write(
        "articles/en/secret.md", "---\naudience: agents\n---\n# Secret\n\nHush.\n"
    )
    done = kb.run("build")
    assert done.exit == Exit.CLEAN
    assert done.out.splitlines()[0].startswith("site: 1 articles on ")
    assert "2 locales" in done.out
    assert "held back from the public: 1 for agents" in done.out
    assert "Refunds" in kb.page("en/refund")
    assert "Hush" in kb.page("en/secret", ".kbtool/mkdocs/agents")
    assert not any(b"Hush" in data or b"secret" in data for data in kb.tree().values())


def test_the_public_site_alone(kb: Kb) -> None:
    kb.write("articles/en/refund.md", GOOD)
    assert kb.run("build", "--audience", "public", "--site-dir", "out").exit == Exit.CLEAN
    assert (kb.root / "out" / "en" / "refund" / "index.html").is_file()
    assert not (kb.root / ".kbtool" / "mkdocs" / "agents").exists()
    assert not (kb.root / "site").exists()


def test_errors_of_all_files_are_shown_and_the_last_good_site_stays(kb: Kb) -> None:
    kb.write("articles/en/refund.md", GOOD)
    assert kb.run("build").exit == Exit.CLEAN
    before, private = kb.tree(), kb.private()
    kb.write("articles/en/one.md", "---\ntitle: [open\n---\n").write(
        "articles/en/two.md", "---\naudiense: agents\n---\n# Two\n"
    )
    kb.write("articles/en/refund.md", GOOD.replace("Money", "Gold"))
    done = kb.run("build")
    assert done.exit == Exit.FINDINGS
    assert "articles/en/one.md:2:8: error[bad-metadata]" in done.err
    assert "articles/en/two.md:2:1: error[near-miss-key]" in done.err
    assert "did you mean 'audience'?" in done.err
    assert "2 errors" in done.err
    assert kb.tree() == before
    assert kb.private() == private


def test_warnings_are_one_line_each_and_publish(kb: Kb) -> None:
    kb.write("articles/en/refund.md", GOOD + "\n![a](img/a.png) ![b](img/b.png) [c](gone.md)\n")
    done = kb.run("build")
    assert done.exit == Exit.CLEAN
    assert done.err.count("warning[missing-image]") == 2
    assert "articles/en/refund.md:7:1: warning" not in done.err
    assert "articles/en/refund.md:7:6: warning[missing-image]: the image img/a.png does not exist" in done.err
    assert done.err.count("warning[broken-link]") == 1
    assert "3 warnings" in done.out
    assert kb.run("build", "-q").err == ""


def test_no_articles_is_nothing_to_do(kb: Kb) -> None:
    (kb.root / "articles").mkdir()
    done = kb.run("build")
    assert done.exit == Exit.NOTHING
    assert "kbtool new" in done.err


def test_unusable_settings_are_all_reported(kb: Kb) -> None:
    kb.settings("langauges: [en]\nidentity: {colour: teel}").write("articles/en/a.md", GOOD)
    done = kb.run("build")
    assert done.exit == Exit.USAGE
    assert "langauges" in done.err
    assert "did you mean 'teal'?" in done.err
    assert not (kb.root / "site").exists()


def test_a_folder_with_other_files_is_never_replaced(kb: Kb) -> None:
    kb.write("articles/en/a.md", GOOD).write("site/thesis.txt", "precious")
    done = kb.run("build")
    assert done.exit == Exit.USAGE
    assert (kb.root / "site" / "thesis.txt").read_text(encoding="utf-8") == "precious"
    assert kb.run("build", "--site-dir", "articles").exit == Exit.USAGE
    assert kb.run("build", "--site-dir", ".").exit == Exit.USAGE
    assert (kb.root / "articles" / "en" / "a.md").is_file()


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may write anywhere")
def test_no_right_to_write_is_one_line(kb: Kb) -> None:
    kb.write("articles/en/a.md", GOOD)
    kb.root.chmod(0o500)
    done = kb.run("build")
    kb.root.chmod(0o700)
    assert done.exit == Exit.ENVIRONMENT
    assert "cannot be written" in done.err


def test_a_file_in_the_way_is_one_line(kb: Kb) -> None:
    kb.write("articles/en/a.md", GOOD).write("out", "a file")
    done = kb.run("build", "--site-dir", "out/site")
    assert done.exit == Exit.ENVIRONMENT
    assert "cannot be written" in done.err
    assert "Traceback" not in done.err


def test_scheduled_articles_follow_the_day(kb: Kb) -> None:
    kb.write("articles/en/a.md", GOOD).write(
        "articles/en/sale.md",
        "---\ntitle: Sale\npublish_at: 2026-12-01\nexpires_at: 2026-12-24\n---\n\nCheap.\n",
    )
    for day, out in (
        ("2026-11-30", False),
        ("2026-12-01", True),
        ("2026-12-23", True),
        ("2026-12-24", False),
    ):
        assert kb.run("build", "--today", day, "-q").exit == Exit.CLEAN
        assert (kb.root / "site" / "en" / "sale").exists() is out, day


def test_another_plugin_is_named(kb: Kb) -> None:
    kb.write("articles/en/a.md", GOOD)
    settings = (kb.root / "mkdocs.yml").read_text(encoding="utf-8")
    kb.write("mkdocs.yml", settings + "  - macros\n")
    done = kb.run("build")
    assert done.exit == Exit.CLEAN
    assert "'macros'" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="no second file system is known elsewhere")
def test_a_site_on_another_file_system_is_published_and_rolled_back(kb: Kb, tmp_path: Path) -> None:
    place = Path("/dev/shm") / f"kbtool-{tmp_path.name}-{os.getpid()}"  # noqa: S108 - a real second file system
    if Path("/dev/shm").stat().st_dev == kb.root.stat().st_dev:  # noqa: S108
        pytest.skip("there is only one file system here")
    kb.write("articles/en/inside.md", "---\ntitle: I\naudience: agents\n---\n\nSecret.\n")
    try:
        for text in ("First.", "Second."):
            kb.write("articles/en/a.md", f"---\ntitle: A\n---\n\n{text}\n")
            ran = kb.run("build", "--site-dir", str(place / "site"))
            assert ran.exit == 0, ran.err
            assert text in (place / "site/en/a/index.html").read_text(encoding="utf-8")
            assert text in kb.page("en/a", ".kbtool/mkdocs/agents")
        assert kb.run("rollback", "--site-dir", str(place / "site")).exit == 0
        assert "First." in (place / "site/en/a/index.html").read_text(encoding="utf-8")
        assert sorted(path.name for path in place.iterdir()) == [".site.kbtool", "site"]
        assert (place / ".site.kbtool").stat().st_mode & 0o777 == 0o700
    finally:
        shutil.rmtree(place, ignore_errors=True)
