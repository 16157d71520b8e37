"""`kbtool eval`: how good the search is, on documents and queries of your own."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import click

from kbtool.cli.common import progress_line
from kbtool.errors import Exit, KbError, UsageError
from kbtool.model import Article, Location, Rendered
from kbtool.render.pool import NotRendered, Pool
from kbtool.render.wire import Dialect
from kbtool.search.chromium import ask_browser
from kbtool.search.evaluate import Figures, Run, ask_python, figures, index_all
from kbtool.search.tasks import Problem, Query, Task, TaskDocument, read_task
from kbtool.search.texts import Document

SURFACES = {"python": ask_python, "browser": ask_browser}
DIGITS = 4
MOST = 50  # problems that are printed; the rest are counted


@click.command()
@click.argument("folder", metavar="TASKDIR", type=click.Path(path_type=Path))
@click.option(
    "--surface",
    type=click.Choice(list(SURFACES)),
    default="python",
    show_default=True,
    help="`python` is the ranking of `kbtool search`, `browser` the search box of a site in a real Chromium.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write what every query found here."
)
def command(folder: Path, surface: Literal["python", "browser"], out: Path | None) -> int:
    """Measure the search: index the documents in TASKDIR, ask its queries, print how many are answered.

    TASKDIR holds docs.jsonl (id, lang, title, body) and queries.jsonl (id, lang, text, rel, kind).
    """
    if not folder.is_dir():
        raise UsageError(
            f"there is no task folder {folder}", "name a folder with docs.jsonl and queries.jsonl"
        )
    if out and not out.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {out.parent} to write {out.name} to", "make the folder first")
    task = _sound(read_task(folder))
    indexes = index_all(_documents(task.documents))
    _tell_unanswerable(task.queries, indexes)
    run = SURFACES[surface](indexes, task.queries, progress_line("asking"))
    if out:
        out.write_text(_run_text(task.queries, run), encoding="utf-8")
    for figured in figures(task.queries, run):
        click.echo(_line(task.name, surface, figured))
    return Exit.CLEAN


class BadTask(KbError):
    """The files of a task have mistakes, so that figures would rest on a part of it."""

    exit_code = Exit.FINDINGS

    def __init__(self, folder: str, count: int) -> None:
        counted = f"{count} mistake{'s' if count > 1 else ''}"
        super().__init__(f"the task {folder} has {counted}; nothing was measured", "correct the lines above")


def _sound(task: Task) -> Task:
    """The task, if nothing is wrong with it; else all its problems go to stderr and the command ends."""
    if not task.problems:
        return task
    for problem in task.problems[:MOST]:
        click.echo(_problem_text(problem), err=True)
    if len(task.problems) > MOST:
        click.echo(f"and {len(task.problems) - MOST} more\n", err=True)
    raise BadTask(task.name, len(task.problems))


def _problem_text(problem: Problem) -> str:
    return f"{problem.where}: error: {problem.message}\nhelp: {problem.help}\n"


def _documents(listed: Sequence[TaskDocument]) -> dict[str, list[Document]]:
    """What the search knows of the documents, by locale, their Markdown rendered as a build does."""
    articles = [Article(one.id, one.lang, one.title, one.body, Location("")) for one in listed]
    with Pool() as pool:
        pages = pool.render(Dialect(), articles, _counting("reading", len(articles)))
    documents: dict[str, list[Document]] = {}
    for one, page in zip(listed, pages, strict=True):
        if isinstance(page, NotRendered):
            click.echo(f"note: {one.id}: {page.message}; it is taken as plain text", err=True)
        fields = {
            "title": one.title,
            "headings": "\n".join(heading.title for heading in page.headings),
            "body": _body(one.body, page),
            "aliases": "\n".join(one.aliases),
            "tags": "",
        }
        document = Document(one.id, f"{one.lang}/{one.id}/", one.title, "", "", "public", fields)
        documents.setdefault(one.lang, []).append(document)
    return documents


def _body(written: str, page: Rendered) -> str:
    """The words of a page; a body without Markdown stays as it was written, its spaces and lines as well."""
    plain = isinstance(page, NotRendered) or _letters(written) == _letters(page.text)
    return written if plain else page.text


def _letters(text: str) -> str:
    """A text without what no reader sees: spaces, and how a character is kept from being Markdown."""
    return "".join(html.unescape(text).replace("\\", "").split())


def _counting(what: str, total: int) -> Callable[[], None]:
    """A progress line that is told of one more each time."""
    tell = progress_line(what)
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        if tell:
            tell(done, total)

    return one_more


def _tell_unanswerable(queries: Sequence[Query], locales: Iterable[str]) -> None:
    """Say which languages are asked in and have no document: a slip of a tag looks just like that."""
    counted = Counter(query.lang for query in queries)
    for lang in sorted(counted.keys() - set(locales)):
        share = f"{counted[lang]} of {len(queries)} queries"
        click.echo(f"note: no document is in '{lang}', so that {share} cannot find one", err=True)


def _run_text(queries: Sequence[Query], run: Run) -> str:
    """What every query found, one JSON object a line."""
    lines = (json.dumps({"id": one.id, "ids": run[one.id]}, ensure_ascii=False) for one in queries)
    return "".join(line + "\n" for line in lines)


def _line(task: str, surface: str, figured: Figures) -> str:
    rounded = {
        name: round(value, DIGITS) if isinstance(value, float) else value
        for name, value in asdict(figured).items()
    }
    return json.dumps({"task": task, "surface": surface, **rounded}, ensure_ascii=False)
