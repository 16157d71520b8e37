"""What several benchmarks of the search share: a help center of many articles, and CPU time."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
TASKS = SHARED / "bench" / "search" / "tasks"
FILL = SHARED / "bench" / "search" / "make_distractors.py"
CALL = [sys.executable, "-c", "from kbtool.cli import main; main()"]
SETTINGS = """\
site_name: Help
plugins:
  - kbtool:
      locales: {%s: %s}
      articles: {defaults: {audience: public}}
"""
MARKUP = re.compile(r"[\[\]<>`*_#{}|\\!&~^=+$:/]|(?i:\bagents?\b)")  # what could mean something to a build


def fill(task: str, folder: Path, count: int) -> None:
    """A copy of a task of the benchmark with so many documents."""
    command = [sys.executable, str(FILL), str(SHARED / "corpora"), str(TASKS / task), str(folder), str(count)]
    subprocess.run(command, check=True)


def write_settings(folder: Path, locale: str) -> None:
    """The settings of a help center in one language."""
    (folder / "mkdocs.yml").write_text(SETTINGS % (locale, locale), encoding="utf-8")


def write_article(path: Path, title: str, body: str, head: str = "") -> None:
    """An article without anything that Markdown would read; `head` are more lines of its front matter."""
    path.parent.mkdir(parents=True, exist_ok=True)
    named = json.dumps(MARKUP.sub(" ", title), ensure_ascii=False)
    path.write_text(f"---\ntitle: {named}\n{head}---\n\n{MARKUP.sub(' ', body)}\n", encoding="utf-8")


def cpu(command: list[str], folder: Path, **environment: str) -> float:
    """CPU seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    base = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    subprocess.run(command, cwd=folder, env=base | environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def at(values: list[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
