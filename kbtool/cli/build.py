"""`kbtool build`: articles to the public site and the agents' tree."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from kbtool import pipeline
from kbtool.cli.common import config_file, progress_line, settings_of, show, this_day, today_option, verbosity
from kbtool.config import Config
from kbtool.content.files import shown
from kbtool.content.protected import told_once
from kbtool.errors import Exit, NoArticles
from kbtool.gate.scan import Gate
from kbtool.model import Article, Audience, Finding
from kbtool.pipeline import Content, Memory, Tree
from kbtool.render.pool import Pool
from kbtool.report.changes import Release, changes, release
from kbtool.report.discreet import discreet
from kbtool.report.text import summary
from kbtool.targets.directory import check_target
from kbtool.targets.disk import remove
from kbtool.targets.gatekeeper import leaks, open_gate, remember
from kbtool.targets.records import keep_release, last_release, note_release
from kbtool.targets.releases import staging
from kbtool.targets.swap import AGENTS, SITE, Workshop
from kbtool.targets.texts import keep_texts
from kbtool.targets.tree import tree_files
from kbtool.targets.workshop import open_workshop


@click.command()
@config_file
@click.option(
    "--site-dir", type=click.Path(path_type=Path, file_okay=False), help="Write the public site here."
)
@click.option(
    "--audience",
    type=click.Choice(["public", "all"]),
    default="all",
    show_default=True,
    help="`public` builds the public site alone, without the agents' tree.",
)
@today_option
@verbosity
def command(
    settings: Path, site_dir: Path | None, audience: str, today: date | None, verbose: bool, quiet: bool
) -> int:
    """Build the help center: the public site, and the tree for agents.

    If any article has an error, nothing is written and the last good site stays as it is.
    """
    config = settings_of(settings)
    target = site_dir or config.site_dir
    check_target(target, config.docs_dir, config.own_paths)
    audiences: tuple[Audience, ...] = ("public",) if audience == "public" else ("public", "agents")
    with open_workshop(config, target) as workshop:
        return _build(config, target, workshop, audiences, this_day(today), Talk(verbose, quiet))


@dataclass(frozen=True)
class Talk:
    """How much is said."""

    verbose: bool
    quiet: bool


def _build(
    config: Config, target: Path, workshop: Workshop, audiences: tuple[Audience, ...], day: date, talk: Talk
) -> int:
    """Read, compile, write, exchange; the exit code."""
    started = time.monotonic()
    verbose, quiet = talk.verbose, talk.quiet
    for name in config.other_plugins:
        click.echo(
            f"note: kbtool renders the pages itself; the plugin '{name}' has no effect on them", err=True
        )
    content = pipeline.read(config)
    if not content.library.articles and not content.findings:
        raise NoArticles(str(config.docs_dir))
    memory = Memory()
    trees = _compile(config, content, audiences, day, memory)
    findings = [*content.findings, *(finding for tree in trees for finding in tree.findings)]
    findings = told_once(findings)
    if len(trees) == 1:  # of CI, whose log may be public
        findings = discreet(findings, config, content.library, trees[0].plan)
    if any(finding.severity == "error" for finding in findings):
        show(finding for finding in findings if finding.severity == "error" or verbose)
        if not verbose and not quiet:
            show((finding for finding in findings if finding.severity == "warning"), brief=True)
        click.echo(f"{summary(findings)}. Nothing was published; the last good site is untouched.", err=True)
        return Exit.FINDINGS
    articles, last = content.library.articles, last_release(config, target)
    gate = open_gate(config, content, day)
    if not _publish(config, trees, workshop, last, gate, memory):
        show(leaks(gate, target, quoted=len(trees) > 1))
        click.echo("Nothing was published; the last good site is untouched.", err=True)
        return Exit.FINDINGS
    keep_release(config, target, release(articles, audiences, day, last))
    if not quiet:
        told = [f for f in findings if verbose or f.severity != "info"]
        show(told, brief=not verbose)
        if told and not verbose:
            click.echo("How to mend them: kbtool build -v", err=True)
        seconds = time.monotonic() - started
        _report(config, content, trees, target, day, findings, seconds)
        if news := changes(articles, audiences, day, last):
            click.echo(news)
    return Exit.CLEAN


def _compile(
    config: Config, content: Content, audiences: tuple[Audience, ...], day: date, memory: Memory
) -> list[Tree]:
    with Pool() as pool:
        return [
            pipeline.compile(
                config,
                content,
                audience,
                today=day,
                memory=memory,
                progress=progress_line(f"reading articles ({audience})"),
                pool=pool,
            )
            for audience in audiences
        ]


def _publish(
    config: Config, trees: list[Tree], workshop: Workshop, last: Release | None, gate: Gate, memory: Memory
) -> bool:
    """Write all trees, then put them in place, the private one first: the public site never runs ahead.

    False, and nothing is published, where the gate found something protected.
    """
    with staging(workshop) as stage:
        for tree in reversed(trees):
            name = tree.plan.audience
            files = tree_files(config, tree, memory.search, progress_line(f"writing pages ({name})"))
            if name == "public":
                stage.write(SITE, gate.watched(files))
            else:
                stage.write(AGENTS, files, private=True)
        if gate.leaks:
            return False
        with ExitStack() as undo:
            for tree in trees:
                for path in keep_texts(tree.documents, config.private_dir / "texts" / tree.plan.audience):
                    undo.callback(remove, path)
            note_release(stage.folder, last)
            # Meanwhile somebody may have put something else there.
            check_target(workshop.targets[SITE], config.docs_dir, config.own_paths)
            stage.commit(SITE if tree.plan.audience == "public" else AGENTS for tree in trees)
            undo.pop_all()
    remember(config, gate)
    return True


def _report(
    config: Config,
    content: Content,
    trees: list[Tree],
    target: Path,
    day: date,
    findings: list[Finding],
    seconds: float,
) -> None:
    """The closing lines: what is out, what is held back, how long it took."""
    public = trees[0]
    pages, locales = len(public.plan.pages), len(config.locales)
    published = len(public.rendered)
    held = Counter(reason for article in content.library.articles if (reason := _held_back(article, day)))
    click.echo(
        f"{shown(target)}: {published} articles on {pages} pages "
        f"in {locales} locale{'s' if locales > 1 else ''}, "
        f"{seconds:.1f} s, {summary(f for f in findings if f.severity != 'info')}"
    )
    if held and len(trees) > 1:
        words = ", ".join(f"{number} {reason}" for reason, number in sorted(held.items()))
        click.echo(f"held back from the public: {words}")
    if len(trees) > 1:
        click.echo(f"for agents: {shown(config.private_dir / 'agents')}")


def _held_back(article: Article, day: date) -> str:
    """Why an article is not in the public site; '' when it is."""
    if article.status != "published":
        return {"draft": "draft", "archived": "archived"}[article.status]
    if not article.is_live(day):
        return "not yet due" if article.publish_at and article.publish_at > day else "expired"
    return "" if article.audience == "public" else "for agents"
