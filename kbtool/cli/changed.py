"""What git says has changed since a commit, and which findings that concerns."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from kbtool.config import Config
from kbtool.content.files import shown
from kbtool.content.sections import FILE
from kbtool.errors import KbError, UsageError
from kbtool.model import Finding, Library
from kbtool.search.fallen import RULE as FALLEN


def changed_files(folder: Path, ref: str) -> set[str]:
    """The files that differ from the commit, committed or not, removed or new; paths as findings name them.

    Compared is with the commit where this branch left that of `ref`, so that what others changed there
    since does not count.
    """
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        raise UsageError(f"{folder} is in no git repository", "leave out --changed-since, or run git init")
    if _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}") is None:
        raise UsageError(
            f"git knows no commit '{ref}'", "name a branch, a tag or a commit, such as origin/main"
        )
    root = Path(top.rstrip("\n"))
    base = (_git(root, "merge-base", "--end-of-options", ref, "HEAD") or ref).strip()
    differing = _git(root, "diff", "--name-only", "--no-renames", "-z", base, "--") or ""
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z") or ""
    return {shown(root / name) for name in (differing + untracked).split("\0") if name}


def _git(folder: Path, *arguments: str) -> str | None:
    """What git prints; None when it fails."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except OSError as error:
        raise KbError("git cannot be run here", "install git, or leave out --changed-since") from error
    return os.fsdecode(done.stdout) if done.returncode == 0 else None


def concerned(
    findings: Iterable[Finding], changed: set[str], library: Library, config: Config
) -> list[Finding]:
    """The findings in changed files and in the translations of changed articles.

    Also those elsewhere that hang on a changed file, such as a link to an article that was removed. A
    change of the settings or of `sections.yml` concerns everything, and one of any article or list of
    synonyms all judged queries: it may have come before their answer.
    """
    if changed & {shown(config.path), shown(config.docs_dir / FILE)}:
        return list(findings)
    ids = {article.id for article in library.articles if article.where.path in changed}
    paths = changed | {article.where.path for article in library.articles if article.id in ids}
    names = {path.rpartition("/")[2] for path in changed}
    synonyms = config.settings.search.synonyms
    folders = [config.docs_dir, *([config.root / synonyms] if synonyms else [])]
    ranked = any(Path(path).absolute().is_relative_to(folder) for path in changed for folder in folders)
    return [
        f
        for f in findings
        if f.where.path in paths
        or (f.about and f.about.rpartition("/")[2] in names)
        or (f.rule == FALLEN and ranked)
    ]
