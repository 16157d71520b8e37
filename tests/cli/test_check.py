"""`kbtool check`: what it lists, for whom, and with which exit code."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kbtool.checks.registry import rules
from kbtool.errors import Exit
from tests.conftest import ROOT, Kb

HEAD = "---\ntitle: {0}\ndescription: About {0}.\n---\n\n"
LINKS = {"broken-link", "missing-image", "missing-file", "remote-image"}
CORPUS = ROOT.parent / "shared" / "corpora" / "arduino-help-center"


def article(kb: Kb, path: str, body: str = "Text.\n") -> None:
    kb.write(f"articles/{path}.md", HEAD.format(path.rpartition("/")[2] + " " + path[:2]) + body)


def pair(kb: Kb, rel: str, body: str = "Text.\n") -> None:
    for locale in ("en", "hi"):
        article(kb, f"{locale}/{rel}", body)


def found(kb: Kb, *arguments: str) -> list[tuple[str, str, int | None]]:
    """Rule, path and line of all findings."""
    done = kb.run("check", "--format", "json", *arguments)
    assert done.exit in (Exit.CLEAN, Exit.FINDINGS), done.err
    return [(one["rule"], one["path"], one["line"]) for one in json.loads(done.out)["findings"]]


@pytest.fixture
def broken(kb: Kb) -> Kb:
    """A warning in each language, and one error."""
    pair(kb, "a", "See [x](gone.md).\n")
    article(kb, "hi/bad")
    kb.write("articles/en/bad.md", "---\ntitle: [Bad\n---\nText.\n")
    return kb


def test_a_clean_help_center_ends_with_no_findings(kb: Kb) -> None:
    article(kb, "en/a", "See [b](b.md#part) and ![A picture](p.svg).\n")
    article(kb, "hi/a", "[ख](b.md#part) और ![एक चित्र](p.svg) देखें।\n")
    pair(kb, "b", "## Part { #part }\n")
    kb.write("articles/_assets/p.svg", "<svg/>")
    done = kb.run("check")
    assert (done.exit, done.out, done.err) == (Exit.CLEAN, "No findings\n", "")
    assert not (kb.root / "site").exists()
    assert not (kb.root / ".kbtool").exists()


def test_findings_are_printed_in_full_on_stdout(broken: Kb) -> None:
    done = broken.run("check")
    assert done.exit == Exit.FINDINGS
    assert (
        "articles/en/a.md:6:9: warning[broken-link]: this links to gone.md, which is not published\n"
        "    6 | See [x](gone.md).\n"
        "      |         ^\n"
        "help: "
    ) in done.out
    assert "error[bad-metadata]" in done.out
    assert done.out.endswith("1 error, 2 warnings. What a rule means: kbtool explain broken-link\n")
    assert done.err == ""


@pytest.mark.parametrize(
    ("fail_on", "rule", "exit"),
    [
        ("error", "missing-description", Exit.CLEAN),
        ("warning", "missing-description", Exit.FINDINGS),
        ("info", "missing-description", Exit.FINDINGS),
        ("never", "bad-metadata", Exit.CLEAN),
        ("error", "bad-metadata", Exit.FINDINGS),
        ("warning", "long-title", Exit.CLEAN),
        ("info", "long-title", Exit.FINDINGS),
    ],
)
def test_the_exit_code_follows_fail_on(kb: Kb, fail_on: str, rule: str, exit: Exit) -> None:
    kb.settings("locales: {en: English}\narticles: {defaults: {audience: public}}")
    for path, content in rules()[rule].bad.items():
        assert isinstance(content, str)
        kb.write(path, content)
    assert rule in {one[0] for one in found(kb)}
    assert kb.run("check", "--fail-on", fail_on).exit == exit


def test_quiet_prints_errors_and_verbose_prints_info(broken: Kb) -> None:
    broken.write("articles/en/l.md", HEAD.format("long " * 20))
    broken.write("articles/hi/l.md", HEAD.format("लंबा"))
    quiet, verbose = broken.run("check", "-q").out, broken.run("check", "-v").out
    assert "bad-metadata" in quiet
    assert "broken-link" not in quiet
    assert "long-title" in verbose
    assert "long-title" not in broken.run("check").out


def test_paths_narrow_what_is_listed_not_what_is_read(broken: Kb) -> None:
    pair(broken, "s/b", "[x](../a.md) [y](../gone.md)\n")
    assert [one[1] for one in found(broken, "articles/hi/s")] == ["articles/hi/s/b.md"]
    assert found(broken, "articles/en/a.md", "articles/en/bad.md") == [
        ("broken-link", "articles/en/a.md", 6),
        ("bad-metadata", "articles/en/bad.md", 2),
    ]
    assert broken.run("check", "articles/hi").exit == Exit.CLEAN
    assert broken.run("check", "articles/no-such-file.md").exit == Exit.USAGE


def test_a_quick_run_leaves_out_headings_and_finds_the_same_links(kb: Kb) -> None:
    pair(kb, "a", "[x](gone.md) [y](#gone) ![z](gone.png) ![w](https://img.example/x.png)\n")
    quick, full = found(kb, "--quick"), found(kb)
    assert [one for one in full if one[0] in LINKS] == [one for one in quick if one[0] in LINKS]
    assert {one[0] for one in full} - {one[0] for one in quick} == {"broken-anchor"}


@pytest.mark.parametrize("corpus", ["own", "arduino"])
def test_quick_and_full_runs_find_the_same_links(corpus: str, tmp_path: Path) -> None:
    settings = ROOT / "mkdocs.yml" if corpus == "own" else ROOT / "bench" / "sites" / "arduino.yml"
    if corpus == "arduino" and not CORPUS.is_dir():
        pytest.skip("the corpus is not beside the checkout")
    kb = Kb(tmp_path)
    quick, full = found(kb, "-f", str(settings), "--quick"), found(kb, "-f", str(settings))
    assert [one for one in full if one[0] in LINKS] == [one for one in quick if one[0] in LINKS]
    assert len(full) >= len(quick)


def test_our_own_help_center_has_no_error() -> None:
    done = Kb(ROOT).run("check", "--format", "json")
    assert json.loads(done.out)["counts"]["error"] == 0


def test_what_init_writes_is_clean(tmp_path: Path) -> None:
    assert Kb(tmp_path).run("init", "help").exit == Exit.CLEAN
    done = Kb(tmp_path / "help").run("check", "--fail-on", "warning")
    assert (done.exit, done.out.partition(" (")[0].strip()) == (Exit.CLEAN, "No findings")


def test_on_github_paths_start_at_the_top_of_the_checkout(broken: Kb) -> None:
    done = broken.run("check", "--format", "github", GITHUB_WORKSPACE=str(broken.root.parent))
    lines = done.out.splitlines()
    assert done.exit == Exit.FINDINGS
    assert lines[0].startswith(
        f"::error file={broken.root.name}/articles/en/bad.md,line=2,col=8,title=bad-metadata::"
    )
    assert len(lines) == 3
    assert done.err == "1 error, 2 warnings\n"
    assert "file=articles/en/bad.md" in broken.run("check", "--format", "github", GITHUB_WORKSPACE="").out


def test_sarif_is_clean_whatever_is_found(broken: Kb) -> None:
    done = broken.run("check", "--format", "sarif", "--fail-on", "info")
    assert done.exit == Exit.CLEAN
    assert len(json.loads(done.out)["runs"][0]["results"]) == 3


@pytest.mark.parametrize("format", ["text", "json", "github", "sarif"])
def test_settings_that_cannot_be_used_are_findings_and_exit_2(kb: Kb, format: str) -> None:
    kb.settings("locales: {en: English}\nidentity: {color: teal}")
    article(kb, "en/a")
    done = kb.run("check", "--format", format)
    assert done.exit == Exit.USAGE
    assert "did you mean 'colour'?" in done.out
    assert "cannot be used" in done.err


def test_no_article_is_nothing_to_do(kb: Kb) -> None:
    (kb.root / "articles").mkdir()
    done = kb.run("check")
    assert (done.exit, done.out) == (Exit.NOTHING, "")


def test_the_ticket_counts_of_the_settings_are_checked(kb: Kb) -> None:
    kb.settings(
        "locales: {en: English}\narticles: {defaults: {audience: public}}\ntickets: {path: counts.csv}"
    )
    article(kb, "en/a")
    assert found(kb) == []
    kb.write("counts.csv", "topic,date,count\na,2026-01-02,x\n")
    assert found(kb) == [("bad-ticket-row", "counts.csv", 2)]


def test_a_baseline_takes_out_what_was_there_even_when_lines_move(broken: Kb) -> None:
    written = broken.run("check", "--write-baseline", "base.json")
    assert (written.exit, written.out) == (
        Exit.CLEAN,
        "base.json: 3 findings are left out from now on, with --baseline\n",
    )
    known = ["--baseline", "base.json", "--fail-on", "info"]
    assert broken.run("check", *known).out == "No findings (3 suppressed)\n"
    article(broken, "en/a", "\n\nSee [x](gone.md) and [y](gone.md), [z](other.md).\n")
    done = broken.run("check", *known)
    assert done.exit == Exit.FINDINGS
    assert "articles/en/a.md:8:26: warning[broken-link]: this links to gone.md" in done.out
    assert "other.md" in done.out
    assert "2 warnings (3 suppressed)" in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--baseline", "gone.json"],
        ["--baseline", "mkdocs.yml"],
        ["--write-baseline", "b.json", "articles"],
        ["--write-baseline", "b.json", "--changed-since", "HEAD"],
        ["--changed-since", "HEAD"],
        ["--fail-on", "all"],
        ["--format", "xml"],
    ],
)
def test_what_does_not_fit_is_a_usage_error(broken: Kb, arguments: list[str]) -> None:
    assert broken.run("check", *arguments).exit == Exit.USAGE


def git(kb: Kb, *arguments: str) -> None:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "core.hooksPath=/dev/null"]
    subprocess.run(["git", *who, *arguments], cwd=kb.root, check=True, capture_output=True)


@pytest.fixture
def repository(kb: Kb) -> Kb:
    """Committed: three pairs of articles; each of the English ones has a broken link."""
    for name in ("a", "b", "c"):
        pair(kb, name, "Text.\n")
        article(kb, f"en/{name}", f"See [x](gone-{name}.md).\n")
    git(kb, "init", "-q", "-b", "main")
    git(kb, "add", ".")
    git(kb, "commit", "-q", "-m", "first")
    return kb


def concerned(kb: Kb, ref: str = "HEAD") -> list[str]:
    return [path for _, path, _ in found(kb, "--changed-since", ref)]


def test_only_what_changed_is_listed(repository: Kb) -> None:
    assert concerned(repository) == []
    article(repository, "en/a", "Now [y](gone-a.md).\n")
    assert concerned(repository) == ["articles/en/a.md"]
    git(repository, "commit", "-q", "-a", "-m", "second")
    assert concerned(repository) == []
    assert concerned(repository, "HEAD~1") == ["articles/en/a.md"]


def test_new_files_count_before_they_are_added(repository: Kb) -> None:
    article(repository, "en/नया", "[x](gone.md)\n")
    assert set(concerned(repository)) == {"articles/en/नया.md"}


def test_translations_of_what_changed_are_listed_too(repository: Kb) -> None:
    article(repository, "hi/b", "बदला\n")
    assert concerned(repository) == ["articles/en/b.md"]


def test_links_that_a_removed_or_changed_file_breaks_are_listed(repository: Kb) -> None:
    article(repository, "en/c", "See [x](b.md#part).\n")
    pair(repository, "b", "## Part { #part }\n")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "second")
    pair(repository, "b", "## Other { #other }\n")
    assert concerned(repository) == ["articles/en/c.md"]
    for locale in ("en", "hi"):
        (repository.root / f"articles/{locale}/b.md").unlink()
    assert found(repository, "--changed-since", "HEAD") == [("broken-link", "articles/en/c.md", 6)]


def test_a_change_of_the_settings_concerns_everything(repository: Kb) -> None:
    repository.settings(
        "locales: {en: English, hi: हिन्दी}\narticles: {defaults: {audience: public}}\nstale: {queue: 3}"
    )
    assert len(concerned(repository)) == 3


def test_what_others_changed_on_the_branch_since_does_not_count(repository: Kb) -> None:
    git(repository, "checkout", "-q", "-b", "mine")
    git(repository, "checkout", "-q", "main")
    article(repository, "en/a", "[others](gone.md)\n")
    git(repository, "commit", "-q", "-a", "-m", "others")
    git(repository, "checkout", "-q", "mine")
    article(repository, "en/b", "[mine](gone.md)\n")
    assert concerned(repository, "main") == ["articles/en/b.md"]


def test_it_works_below_the_top_of_a_repository(repository: Kb) -> None:
    below = Kb(repository.root / "help")
    below.root.mkdir()
    for name in ("articles", "mkdocs.yml"):
        shutil.move(repository.root / name, below.root / name)
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "moved")
    article(below, "en/a", "[y](gone.md)\n")
    assert concerned(below) == ["articles/en/a.md"]


@pytest.mark.parametrize("ref", ["no-such-branch", "--output=x", ""])
def test_a_wrong_commit_is_a_usage_error(repository: Kb, ref: str) -> None:
    done = repository.run("check", f"--changed-since={ref}")
    assert done.exit == Exit.USAGE
    assert f"git knows no commit '{ref}'" in done.err
    assert not (repository.root / "x").exists()


def test_check_loads_neither_mkdocs_nor_whoosh() -> None:
    from tests.test_architecture import loaded_by

    assert not loaded_by("import kbtool.cli.check") & {"mkdocs", "whoosh", "material"}
