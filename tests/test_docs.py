"""The documents say what the program does: every name is there, links resolve, examples run."""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from kbtool.checks.registry import rules
from kbtool.config import Settings, SiteKeys, load
from kbtool.content.metadata import Metadata
from kbtool.content.sections import SectionKeys
from kbtool.errors import Exit
from kbtool.typed import keys_of
from tests.conftest import ROOT, Kb

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = sorted(
    [*DOCS.rglob("*.md"), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))]
)
ARTICLES = sorted((ROOT / "articles").rglob("*.md"))
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=indent)```$", re.DOTALL | re.MULTILINE
)
LINK = re.compile(r"\]\(<?(?P<link>[^)\s>]+)|(?:src|href)=\"(?P<html>[^\"]+)\"")
HEADING = re.compile(r"^#{1,6} +(?P<title>.+?)\s*#*$", re.MULTILINE)
REMOTE = re.compile(r"[a-z]+:")
NAME = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def text_of(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf-8")


def generator() -> ModuleType:
    """`docs/generate.py`, which stands outside of every package."""
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reported_rules(source: str) -> set[str]:
    """The ids of all rules that a module can put into a finding, by its syntax tree.

    A rule is the first argument of `Finding(...)` or `_add(...)`, a `rule=` argument, or what a name
    `rule` or `RULE` is set to.
    """
    tree = ast.parse(source)
    return {rule for node in ast.walk(tree) for value in _rule_values(node) for rule in _texts(value, tree)}


def _rule_values(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in ("Finding", "_add"):
            yield from node.args[:1]
        yield from (word.value for word in node.keywords if word.arg == "rule")
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id in ("rule", "RULE"):
                yield node.value
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
                yield from (value for name, value in pairs if getattr(name, "id", "") == "rule")


def _texts(value: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The texts that an expression can be; a name inside an f-string stands for all it is set to."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from (text for part in (value.body, value.orelse) for text in _texts(part, tree))
    elif isinstance(value, ast.JoinedStr):
        first, second = value.values
        assert isinstance(first, ast.Constant)
        assert isinstance(first.value, str)
        assert isinstance(second, ast.FormattedValue)
        assert isinstance(second.value, ast.Name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == second.value.id:
                ends = [n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant)]
                yield from (first.value + end for end in ends if isinstance(end, str))


def all_rules() -> set[str]:
    """The rules of the whole package."""
    return set(rules())


def anchors(text: str) -> set[str]:
    """The ids that headings get where Markdown is shown in a repository."""
    titles = (match["title"] for match in HEADING.finditer(FENCE.sub("", text)))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def settings_files(path: Path) -> list[str]:
    """The examples of a document that are whole settings files, marked by their title."""
    return [
        "\n".join(line.removeprefix(fence["indent"]) for line in fence["text"].split("\n"))
        for fence in FENCE.finditer(text_of(path))
        if fence["info"] == 'yaml title="mkdocs.yml"'
    ]


def dotted(table: str) -> set[str]:
    """The names in the first column of a generated table."""
    return set(re.findall(r"^\| `([\w.]+)` \|", table, re.MULTILINE))


def test_the_generated_regions_are_up_to_date() -> None:
    generate = generator()
    stale = [path for path in generate.documents() if generate.regenerated(text_of(path)) != text_of(path)]
    assert not stale, "run: python docs/generate.py"


def test_a_region_that_is_not_up_to_date_is_seen() -> None:
    written = "<!-- generated: sections -->\nold\n<!-- end: sections -->"
    assert "`icon`" in generator().regenerated(written)


@pytest.mark.parametrize("verb", generator().verbs())
def test_every_option_of_every_verb_is_documented(verb: str) -> None:
    part = text_of(REFERENCE / "commands.md").partition(f"## `kbtool {verb}`\n")[2].partition("\n## ")[0]
    documented = {
        name for cell in re.findall(r"^\| `(-[^`]+)`", part, re.MULTILINE) for name in NAME.findall(cell)
    }
    context = generator().verbs()[verb]
    options = [param for param in context.command.params if isinstance(param, click.Option)]
    assert options or verb in ("explain", "schema", "translate", "review", "tickets")
    assert documented == {name for option in options for name in option.opts}


def test_every_setting_is_documented() -> None:
    text = text_of(REFERENCE / "settings.md")
    generate = generator()
    names = dotted(generate.settings_table()) | dotted(generate.site_table())
    assert {name.partition(".")[0] for name in names} == {*keys_of(Settings), *keys_of(SiteKeys)}
    assert {"identity.colour", "contact.phone.hours", "site_url"} <= names
    assert [name for name in names if f"`{name}`" not in text] == []


@pytest.mark.parametrize(("page", "record"), [("front-matter.md", Metadata), ("sections.md", SectionKeys)])
def test_every_key_is_documented(page: str, record: type) -> None:
    assert dotted(text_of(REFERENCE / page)) == {*keys_of(record)}


def test_every_exit_code_is_documented() -> None:
    rows = re.findall(r"^\| `(\d+)` \| (?:`(\w+)`)?", text_of(REFERENCE / "exit-codes.md"), re.MULTILINE)
    assert rows == [*((str(code.value), code.name) for code in Exit), ("130", ""), ("143", "")]


def test_the_rules_are_found_in_the_source() -> None:
    source = """
RULE = "by-constant"
found = Finding("by-argument", "error", where, message)
reader.problem(1, 1, message, rule="by-keyword")
rule = "by-choice" if match else "by-other-choice"
message, rule = "text", "by-tuple"
kind = "image" if target else "file"
message, rule = "text", f"missing-{kind}"
"""
    assert reported_rules(source) == {
        "by-constant",
        "by-argument",
        "by-choice",
        "by-other-choice",
        "by-keyword",
        "by-tuple",
        "missing-image",
        "missing-file",
    }
    assert {"bad-metadata", "near-miss-key", "missing-image", "duplicate-ticket-row"} <= all_rules()


def test_every_rule_is_documented_and_no_other() -> None:
    assert (
        set(re.findall(r"^## `([\w-]+)`$", text_of(REFERENCE / "findings.md"), re.MULTILINE)) == all_rules()
    )


@pytest.mark.parametrize("rule", sorted(all_rules()))
def test_every_rule_has_an_example_and_a_mend(rule: str) -> None:
    part = text_of(REFERENCE / "findings.md").partition(f"## `{rule}`\n")[2].partition("\n## ")[0]
    assert re.search(rf": (error|warning|info)\[{rule}\]: .+\n(?:.*\n)*?help: .+\n", part)
    assert re.search(r"^(Error|Warning|Info)\b[^`]*", part, re.MULTILINE)
    assert "\nMend: " in part


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_resolve(path: Path) -> None:
    text = FENCE.sub("", text_of(path))
    wrong = []
    for match in LINK.finditer(text):
        link = match["link"] or match["html"]
        if REMOTE.match(link):
            continue
        name, _, fragment = link.partition("#")
        target = path.parent / name if name else path
        if not target.exists() or (fragment and fragment not in anchors(text_of(target))):
            wrong.append(link)
    assert wrong == []


def test_anchors_are_those_of_the_repository_browser() -> None:
    assert anchors("# `kbtool build`\n\n## Settings: a whole file\n") == {
        "kbtool-build",
        "settings-a-whole-file",
    }


@pytest.mark.parametrize(
    "path",
    [path for path in [*PAGES, *ARTICLES] if settings_files(path)],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_whole_settings_files_load_without_a_finding(path: Path, tmp_path: Path) -> None:
    for example in settings_files(path):
        file = tmp_path / "mkdocs.yml"
        file.write_text(example, encoding="utf-8")
        config, findings = load(file, {})
        assert (findings, config is not None) == ([], True)


def run_commands(text: str, folder: Path) -> tuple[list[str], str]:
    """Run the kbtool commands of the shell blocks in a text, `cd` obeyed: verbs and what they printed."""
    ran, printed = [], ""
    blocks = (fence["text"] for fence in FENCE.finditer(text) if fence["info"] == "sh")
    for line in "".join(blocks).replace(" && ", "\n").splitlines():
        verb, *arguments = shlex.split(line, comments=True)
        if verb == "cd":
            folder = folder / arguments[0]
        elif verb == "kbtool":
            done = Kb(folder).run(*arguments)
            assert (done.exit, line) == (Exit.CLEAN, line), done.err
            assert done.out
            ran.append(arguments[0])
            printed += done.out
    return ran, printed


def test_the_first_use_of_the_readme_runs(tmp_path: Path) -> None:
    checkout = tmp_path / "kbtool"
    shutil.copytree(ROOT / "examples", checkout / "examples")
    part = text_of(ROOT / "README.md").partition("\n## First use\n")[2].partition("\n## ")[0]
    assert run_commands(part, checkout)[0] == ["init", "build", "search", "stale"]


def test_the_tutorial_runs_and_prints_what_it_says(tmp_path: Path) -> None:
    text = text_of(DOCS / "tutorial" / "first-help-center.md")
    shown = [fence["text"] for fence in FENCE.finditer(text) if fence["info"] == "text"]
    steps, _, tickets = text.partition("\n## 6. ")
    ran, printed = run_commands(steps, tmp_path)
    kb = Kb(tmp_path / "my-help")
    article = text_of(kb.root / "articles/en/orders/track-your-parcel.md")
    mistaken = article.replace("status: draft\n", "audiance: agents\n")
    failed = kb.write("articles/en/orders/track-your-parcel.md", mistaken).run("build")
    kb.write("articles/en/orders/track-your-parcel.md", article)
    kb.write("counts.csv", next(fence["text"] for fence in FENCE.finditer(text) if fence["info"] == "csv"))
    more, last = run_commands(tickets, kb.root)
    assert [*ran, *more] == ["init", "build", "search", "search", "new", "build", "new", "stale"]
    outputs = without_seconds(printed + failed.err + last)
    assert [block for block in shown if without_seconds(block) not in outputs] == []


def without_seconds(text: str) -> str:
    """A build's closing lines without the time that it took."""
    return re.sub(r"\d+\.\d s", "0 s", text)
