"""A forge in a folder: runs the jobs of our CI files with bash, as GitHub and GitLab would.

What is not real: `python3 -m venv` gives a folder with a `pip` that only records its arguments and a
`kbtool` that runs this checkout; `gh` and `curl` record their calls and give a prepared answer; of
actions (`uses:`), only the effect that the next step needs is played.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

DAY = "1795305600"  # 2026-11-22, as in all tests
OPERAND = re.compile(r"'([^']*)'|([\w.-]+)")
VARIABLE = re.compile(r"\$(\w+)")
EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")

PYTHON = """\
if [ "$1 $2" = "-m venv" ]; then
  mkdir -p "$3/bin"
  cp {stubs}/pip {stubs}/kbtool "$3/bin/"
else
  exec {python} "$@"
fi
"""
KBTOOL = """\
export PYTHONPATH={root}
exec {python} -c "from kbtool.cli import main; main()" "$@"
"""
RECORD = """\
{python} -c 'import json, sys; print(json.dumps(sys.argv[1:]))' {name} "$@" >> {calls}
for word in "$@"; do
  file="${{word#description@}}"
  if [ -n "$last" ] || [ "$file" != "$word" ]; then cp "$file" {calls}.body; fi
  if [ "$word" = --body-file ]; then last=yes; else last=; fi
done
"""


@dataclass
class Ran:
    """What a job gave: its exit code, all that it printed, its outputs, and what it handed on."""

    exit: int = 0
    out: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)
    handed_on: dict[str, list[str]] = field(default_factory=dict)


class Forge:
    """Runs jobs in a repository; `answer` is what `gh issue list` or the API gives."""

    def __init__(self, repository: Path, work: Path) -> None:
        self.repository = repository
        self.work = work
        self.stubs = work / "stubs"
        self.calls_file = work / "calls"
        self.answer = ""
        self.stubs.mkdir(parents=True)
        names = {"python": shlex.quote(sys.executable), "root": shlex.quote(str(ROOT)), "stubs": self.stubs}
        self._stub("python3", PYTHON.format(**names))
        self._stub("kbtool", KBTOOL.format(**names))
        self.record("pip")
        self.record("gh", 'if [ "$2" = list ]; then printf "%s" "$ANSWER"; fi\n')
        self.record("curl", 'printf "%s" "$ANSWER"\n')

    def record(self, name: str, answer: str = "") -> None:
        """Put a command in place that only writes down how it was called, and then answers."""
        python = shlex.quote(sys.executable)
        self._stub(name, RECORD.format(name=name, calls=self.calls_file, python=python) + answer)

    def _stub(self, name: str, text: str) -> None:
        file = self.stubs / name
        file.write_text("#!/usr/bin/env bash\n" + text, encoding="utf-8")
        file.chmod(0o755)

    def calls(self) -> list[list[str]]:
        """What the recording commands were called with since the last look."""
        text = self.calls_file.read_text(encoding="utf-8") if self.calls_file.exists() else ""
        self.calls_file.unlink(missing_ok=True)
        return [json.loads(line) for line in text.splitlines()]

    def body(self) -> str:
        """The text of the issue that was sent last."""
        return Path(f"{self.calls_file}.body").read_text(encoding="utf-8")

    def bash(self, script: str, environment: Mapping[str, str], *, path: str = "") -> tuple[int, str]:
        """Run a script as the runners do; exit code and all output."""
        file = self.work / "script.sh"
        file.write_text(script, encoding="utf-8")
        system = f"{path}{self.stubs}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", file],
            cwd=self.repository,
            env={
                "PATH": system,
                "HOME": str(self.work),
                "SOURCE_DATE_EPOCH": DAY,
                "ANSWER": self.answer,
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout

    def github_steps(
        self, steps: list[dict[str, Any]], known: Mapping[str, str], env: Mapping[str, str]
    ) -> Ran:
        """Run the steps of a job, or of a composite action; `known` are the values of expressions."""
        ran, known = Ran(), dict(known)
        temp = self.work / "temp"
        temp.mkdir(exist_ok=True)
        files = {name: self.work / name for name in ("GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        for step in steps:
            if not true(step.get("if", "''=='' "), known):
                continue
            if "uses" in step:
                ran.used.append(step["uses"].partition("@")[0])
                folder = step.get("with", {}).get("path")
                if folder:
                    ran.handed_on[folder] = files_in(self.repository / folder)
                continue
            own = {name: filled(str(value), known) for name, value in {**env, **step.get("env", {})}.items()}
            own |= {name: str(file) for name, file in files.items()} | {"RUNNER_TEMP": str(temp)}
            first = "".join(line + os.pathsep for line in lines(files["GITHUB_PATH"]))
            ran.exit, printed = self.bash(filled(step["run"], {}), own, path=first)
            ran.out += printed
            for line in lines(files["GITHUB_OUTPUT"]):
                name, _, value = line.partition("=")
                ran.outputs[name] = known[f"steps.{step.get('id')}.outputs.{name}"] = value
            if ran.exit:
                break
        ran.summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        return ran

    def github(self, workflow: Mapping[str, Any], job: str, event: Mapping[str, str], **env: str) -> Ran:
        """Run a job of a workflow."""
        known = {**event, "github.token": "a-token", "github.repository": "team/help"}
        return self.github_steps(workflow["jobs"][job]["steps"], known, {**workflow["env"], **env})

    def gitlab(self, pipeline: Mapping[str, Any], job: str, **variables: str) -> Ran:
        """Run a job of a pipeline."""
        script = [*pipeline["default"]["before_script"], *pipeline[job]["script"]]
        own = {
            "STALE_TOKEN": "",
            **{name: str(value) for name, value in pipeline["variables"].items()},
            **variables,
        }
        code, printed = self.bash("\n".join(script), own)
        paths = pipeline[job].get("artifacts", {}).get("paths", [])
        return Ran(code, printed, handed_on={path: files_in(self.repository / path) for path in paths})


def load(path: Path) -> dict[Any, Any]:
    """A CI file as values; `on:` is the key `True`, as YAML reads it."""
    loaded: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def lines(file: Path) -> list[str]:
    """The lines of a text file."""
    return file.read_text(encoding="utf-8").splitlines()


def files_in(path: Path) -> list[str]:
    """All files below a folder, or the file itself."""
    if path.is_file():
        return [path.name]
    return sorted(file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file())


def filled(text: str, known: Mapping[str, str]) -> str:
    """A text with its `${{ … }}` replaced; one that is not known is a mistake."""
    return EXPRESSION.sub(lambda match: known[match[1]], text)


def true(condition: str, known: Mapping[str, str]) -> bool:
    """Whether a condition of GitHub holds; of its language, what our files use: ==, !=, && and ||."""

    def value(operand: str) -> str:
        match = OPERAND.fullmatch(operand.strip())
        assert match, operand
        return match[1] if match[1] is not None else known.get(match[2], "")

    def holds(comparison: str) -> bool:
        left, operator, right = re.split(r"(==|!=)", comparison)
        return (value(left) == value(right)) is (operator == "==")

    return any(all(holds(part) for part in way.split("&&")) for way in condition.split("||"))


def started(workflow: Mapping[Any, Any], event: Mapping[str, str]) -> set[str]:
    """The jobs of a workflow that an event starts, those that need others included."""
    jobs = workflow["jobs"]
    names = {name for name, job in jobs.items() if true(job.get("if", "''==''"), event)}
    return {name for name in names if jobs[name].get("needs", name) in names}


def matches(rules: list[dict[str, str]], variables: Mapping[str, str]) -> bool:
    """Whether any rule of GitLab holds: the same language with `$` before names and double quotes."""
    return any(true(VARIABLE.sub(r"\1", rule["if"]).replace('"', "'"), variables) for rule in rules)


def runs(node: Any) -> Iterator[str]:
    """Every shell text of a CI file."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in ("run", "script", "before_script"):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from runs(value)
    elif isinstance(node, list):
        for value in node:
            yield from runs(value)


def three_mistakes(repository: Path) -> None:
    """What a newcomer may get wrong in one pull request: a key, a link, and a date."""
    articles = repository / "articles" / "en"
    first = articles / "orders" / "refund.md"
    first.write_text(first.read_text(encoding="utf-8").replace("topics:", "topcis:", 1), encoding="utf-8")
    second = articles / "account" / "reset-password.md"
    text = second.read_text(encoding="utf-8")
    second.write_text(text.rstrip() + "\n\nSee [refunds](../orders/refnd.md).\n", encoding="utf-8")
    third = articles / "orders" / "questions.md"
    text = re.sub(r"reviewed: .*", "reviewed: last week", third.read_text(encoding="utf-8"), count=1)
    third.write_text(text, encoding="utf-8")


def with_tickets(repository: Path) -> None:
    """Ticket counts, and the setting that names them."""
    settings = repository / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text.rstrip()}\n      tickets:\n        path: counts.csv\n", encoding="utf-8")
    weeks = [date(2026, 6, 1) + timedelta(weeks=number) for number in range(24)]
    rows = [f"{topic},{week.isoformat()},{9 + number}" for week in weeks for number, topic in enumerate("ab")]
    (repository / "counts.csv").write_text("\n".join(["topic,date,count", *rows]) + "\n", encoding="utf-8")
